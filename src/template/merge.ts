/** Merging: a channel's texts, compiled once, filled in for each communication. The hot path of the press. */
import {
  type Brand,
  type Communication,
  done,
  type Escape,
  type Fault,
  failed,
  lookup,
  type MergeText,
  partialFor,
  type Result,
  type RunView,
  type ShownFact,
  settle,
  type Template,
} from '../model/index.ts'
import { addressLines } from './address.ts'
import { type Merged, openPress, type Press } from './compile.ts'
import type { Printing } from './escape.ts'
import { currencyOf, defaultDateStyle, formatFact, readFacts } from './facts.ts'
import { formatsOf, Unshowable } from './formats.ts'
import type { Voice } from './helpers.ts'
import { inlineName, nameInline, withoutLineEnd } from './inline.ts'
import { oneStop, withStop } from './onestop.ts'
import { type Origins, openOrigins } from './origins.ts'
import { parseTemplate } from './parse.ts'
import { partialsIn } from './tree.ts'
import { viewBrand, viewCommunication } from './view.ts'
import { indexWording, openSpeakers } from './wording.ts'

export interface Merge {
  /** The texts of one communication, by the names they were compiled under. A value that cannot be shown is a fault. */
  readonly merge: (communication: Communication) => Result<Readonly<Record<string, string>>>
  /** The same, with the names of the facts that each text asks for with `{{fact}}`, in the branches that this communication takes. */
  readonly fill: (communication: Communication) => Result<Filled>
  /** Its facts, as this channel shows them. */
  readonly facts: (communication: Communication) => Result<Readonly<Record<string, ShownFact>>>
  /** Whether the channel is bare text (no text of it is escaped), and so has the plain flavour of formats. */
  readonly plain: boolean
}

/** Merged texts, and the facts that they show, by the names that the texts were compiled under. */
export interface Filled {
  readonly texts: Readonly<Record<string, string>>
  readonly facts: Readonly<Record<string, readonly string[]>>
}

export interface MergeRequest {
  readonly template: Template
  readonly brand: Brand
  /** What the channel's `prepare` gave. */
  readonly texts: Readonly<Record<string, MergeText>>
  /** The channel's name: `legal.<channel>.hbs` goes before `legal.hbs`. */
  readonly channel: string
  readonly run: RunView
}

/** Compiles a channel's texts. Faults are those that a channel's `prepare` can cause; the sources themselves are audited before. */
export function compileMerge(request: MergeRequest): Result<Merge> {
  const { template, brand, texts, run } = request
  const plain = Object.values(texts).every(text => text.escape === 'none')
  // The post reads the sender's language, whoever the letter is for; on a screen only the recipient does.
  const paper = Object.values(texts).some(text => text.escape === 'markup')
  const origins = openOrigins(template)
  const speakers = openSpeakers(indexWording(template, brand))
  const brandView = viewBrand(brand)

  // Merging is synchronous: the voice is set for one communication and taken away after it.
  let voice: Voice | undefined
  const compiled = compileTexts(request, origins, () => voice as Voice)
  if (!compiled.ok) return compiled

  const fillTexts = (communication: Communication): Result<Filled> => {
    let asked: string[] = []
    voice = giveVoice(template, brand, communication, {
      plain,
      paper,
      say: speakers(formatsOf(communication.locale, { plain })),
      ask: name => {
        if (!asked.includes(name)) asked.push(name)
      },
    })
    const root = viewCommunication(communication, brandView, run)
    const merged: Record<string, string> = {}
    const facts: Record<string, readonly string[]> = {}
    let running: Press | undefined
    try {
      for (const { name, press, fill } of compiled.value) {
        running = press
        asked = []
        merged[name] = oneStop(fill(root))
        facts[name] = asked
      }
      return done({ texts: merged, facts })
    } catch (error) {
      if (!(error instanceof Unshowable)) throw error
      return failed(origins.fault(error, running?.at()))
    } finally {
      voice = undefined
    }
  }

  return done({
    plain,
    facts: communication => readFacts(template, brand, communication, { plain }),
    fill: fillTexts,
    merge(communication) {
      const filled = fillTexts(communication)
      return filled.ok ? done(filled.value.texts) : filled
    },
  })
}

function giveVoice(
  template: Template,
  brand: Brand,
  { data, locale }: Communication,
  {
    plain,
    paper,
    say,
    ask,
  }: {
    readonly plain: boolean
    readonly paper: boolean
    readonly say: Voice['say']
    readonly ask: (fact: string) => void
  },
): Voice {
  const formats = formatsOf(locale, { plain })
  const currency = (): string => currencyOf(template, brand, data)
  const dateStyle = defaultDateStyle(plain)
  return {
    formats,
    say,
    currency,
    address: (value, country) => addressLines(value, { country, brand, ...(paper ? {} : { locale }) }),
    dateStyle,
    fact: name => {
      const rule = template.facts.find(fact => fact.name === name)
      if (rule === undefined) throw new Unshowable('is not a fact of this template')
      ask(name)
      const code = rule.as === 'money' ? currency() : ''
      const shown = formatFact(rule, lookup(data, rule.value), { formats, currency: code, dateStyle })
      return rule.as === 'date' ? withStop(shown) : shown
    },
  }
}

interface CompiledText {
  readonly name: string
  readonly press: Press
  readonly fill: Merged
}

/** A press, and the partials that it knows by now. */
interface Opened {
  readonly press: Press
  readonly partials: Set<string>
  readonly escaping: Escape
}

/** Texts and the partials they call, each press holding what is printed alike. */
function compileTexts(
  { brand, texts, channel }: MergeRequest,
  origins: Origins,
  voice: () => Voice,
): Result<readonly CompiledText[]> {
  const presses = new Map<Printing, Opened>()
  const faults: Fault[] = []
  const compiled: CompiledText[] = []

  const include = (opened: Opened, names: readonly string[]): void => {
    const { press, partials, escaping } = opened
    for (const name of names) {
      if (partials.has(name)) continue
      partials.add(name)
      const { partial: file, inLine } = inlineName(name)
      const partial = partialFor(brand, file, channel)
      if (partial === undefined) {
        faults.push({
          code: 'template.partial',
          message: `there is no partial "${file}"`,
          hint: 'partials are files of assets/partials',
        })
        continue
      }
      const { program, faults: found } = parseTemplate(partial, {
        name: origins.add(partial, { verbatim: true }),
        escape: escaping,
      })
      faults.push(...found)
      if (program === undefined || found.length > 0) continue
      if (escaping === 'none') nameInline(program)
      include(opened, partialsIn(program))
      press.addPartial(name, program, inLine ? withoutLineEnd : undefined)
    }
  }

  for (const [name, text] of Object.entries(texts)) {
    const escaping = text.escape
    const id = origins.add(text)
    const { program, faults: found } = parseTemplate(text, { name: id, escape: escaping })
    faults.push(...found.map(fault => origins.placed(fault, id)))
    if (program === undefined || found.length > 0) continue
    if (escaping === 'none') nameInline(program)
    const printing = text.laidOut ? 'laidOut' : escaping
    const opened = presses.get(printing) ?? { press: openPress(printing, voice), partials: new Set(), escaping }
    presses.set(printing, opened)
    include(opened, partialsIn(program))
    const { press } = opened
    compiled.push({ name, press, fill: press.compile(program) })
  }
  return settle(compiled, faults)
}
