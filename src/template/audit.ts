/** The audit: every source of a template held against the schema, the helpers and the wording, before the first row is read. */
import type { Brand, Channel, Fault, RunView, Source, Template } from '../model/index.ts'
import { brandCurrencyFault } from './brandcurrency.ts'
import { Choices } from './choices.ts'
import { parseTemplate } from './parse.ts'
import type { Reading } from './reading.ts'
import { rootShape } from './rootshape.ts'
import type { Scope, Spot } from './scope.ts'
import { auditProgram } from './statements.ts'
import type { Program } from './tree.ts'
import { blocksOf, withoutCommented } from './visible.ts'
import { emptyTexts, indexWording, inspectWording, markedTexts } from './wording.ts'

export interface AuditRequest {
  /** Channels whose sources are read; files that the template does not have are passed over. */
  readonly channels: readonly Pick<Channel, 'name' | 'files' | 'escape' | 'addresses'>[]
  /** If given, whether there is a period, and which settings; else both must be guarded. */
  readonly run?: Pick<RunView, 'period' | 'set'>
}

export interface Audited {
  readonly faults: readonly Fault[]
  /** What is most likely not meant, and could be. */
  readonly warnings: readonly Fault[]
  /** By source file: dotted schema paths (lists without brackets) whose values it prints, itself or in its partials, sorted. */
  readonly uses: Readonly<Record<string, readonly string[]>>
  /** The same without comments; `seen`: what readers see of a file or partial, by its name in faults, where its channel knows. */
  readonly shows: (file: string, seen?: Readonly<Record<string, string>>) => readonly string[]
}

/** Reads all sources of a template. What passes can only meet missing or odd values where the data does not fit its schema. */
export function auditTemplate(template: Template, brand: Brand, { channels, run }: AuditRequest): Audited {
  const wording = indexWording(template, brand)
  const faults = new Map<string, Fault>()
  const warnings = new Map<string, Fault>()
  const report = noteIn(faults)
  const warn = noteIn(warnings)
  const choices = new Choices()
  inspectWording([template.wording, brand.wording]).forEach(report)
  emptyTexts([template.wording, brand.wording]).forEach(warn)
  markedTexts([template.wording, brand.wording]).forEach(warn)

  const root: Spot = { shape: rootShape(template, brand, run), key: '', path: '', optional: false }
  const scope: Scope = { contexts: [root], names: new Map(), root, loops: [], present: new Set() }
  const uses: Record<string, readonly string[]> = {}
  const shown = new Map<string, (seen: Readonly<Record<string, string>>) => readonly string[]>()
  let speaks = false
  let inBrands = false
  let frames = 0
  for (const channel of channels) {
    for (const file of channel.files) {
      const source = template.sources[file]
      if (source === undefined) continue
      const { escape: escaping, name } = channel
      const written = escaping === 'html' ? { ...source, text: withoutCommented(source.text) } : source
      const met: Source[] = []
      const parse = rememberParsed(text => {
        met.push(text)
        const address = text === written && channel.addresses?.includes(file) === true
        const { program, faults: found } = parseTemplate(text, { escape: escaping, address })
        found.forEach(report)
        return program
      })
      const read = (told: Pick<Reading, 'parse' | 'report' | 'warn'>): readonly string[] => {
        const used = new Set<string>()
        const reading: Reading = {
          ...told,
          template,
          brand,
          channel: name,
          wording,
          choices,
          use: path => used.add(path),
          speaks: () => {
            speaks = true
          },
          inBrandCurrency: () => {
            inBrands = true
          },
          frame: () => {
            frames += 1
            return `#${frames}`
          },
          file: source.file,
          trail: [],
        }
        const program = told.parse(written)
        if (program !== undefined) auditProgram(reading, program, scope)
        return [...used].sort()
      }
      uses[file] = read({ parse, report, warn })
      if (escaping === 'none') continue
      // One look for each channel that knows of none, and all facts ask about the same few.
      const byLook = new Map<Readonly<Record<string, string>>, readonly string[]>()
      shown.set(file, seen => {
        const known = byLook.get(seen)
        if (known !== undefined) return known
        const parseSeen = rememberParsed(text => {
          const other = seenOf(text, seen)
          return (other === text ? undefined : parseTemplate(other, { escape: escaping }).program) ?? parse(text)
        })
        const asRead = met.every(text => seenOf(text, seen) === text)
        const found = asRead ? (uses[file] ?? []) : read({ parse: parseSeen, report: () => {}, warn: () => {} })
        byLook.set(seen, found)
        return found
      })
    }
  }
  if (speaks && wording.locales.length > 0 && !wording.serves(brand.locale)) {
    report({
      code: 'template.wording',
      message: `no wording serves the brand's own locale ${brand.locale}`,
      place: { file: template.file },
      hint: `write text/${new Intl.Locale(brand.locale).language}.json beside the template`,
    })
  }
  const unasked = inBrands ? brandCurrencyFault(template, brand, new Set(Object.values(uses).flat())) : undefined
  if (unasked !== undefined) report(unasked)
  choices.warnings(wording).forEach(warn)
  const shows: Audited['shows'] = (file, seen = asWritten) => shown.get(file)?.(seen) ?? uses[file] ?? []
  return { faults: inOrder([...faults.values()]), warnings: inOrder([...warnings.values()]), uses, shows }
}

/** A look that nothing is known of. */
const asWritten: Readonly<Record<string, string>> = {}

/** What is seen of a text: itself, where that is all of it. */
function seenOf(source: Source, seen: Readonly<Record<string, string>>): Source {
  const text = seen[source.file] ?? source.text.replace(/<!--.*?-->/gs, blocksOf)
  return text === source.text ? source : { ...source, text }
}

/** Each once, however often it is met. */
function noteIn(noted: Map<string, Fault>): (fault: Fault) => void {
  return fault => {
    const key = JSON.stringify([fault.code, fault.message, fault.place])
    if (!noted.has(key)) noted.set(key, fault)
  }
}

function rememberParsed(parse: (source: Source) => Program | undefined): (source: Source) => Program | undefined {
  const parsed = new Map<Source, Program | undefined>()
  return source => {
    if (!parsed.has(source)) parsed.set(source, parse(source))
    return parsed.get(source)
  }
}

/** By place inside each file; files in the order in which they were first complained of. */
function inOrder(faults: readonly Fault[]): readonly Fault[] {
  const files = [...new Set(faults.map(fault => fault.place?.file))]
  const rank = ({ place }: Fault): readonly number[] => [
    files.indexOf(place?.file),
    place?.line ?? 0,
    place?.column ?? 0,
  ]
  return [...faults].sort((one, other) => {
    const [first, second] = [rank(one), rank(other)]
    return first.map((figure, at) => figure - (second[at] as number)).find(difference => difference !== 0) ?? 0
  })
}
