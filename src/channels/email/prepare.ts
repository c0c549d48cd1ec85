/** MJML is pressed once per template: what merging gives is HTML and a plain part. */
import {
  type Brand,
  done,
  type Fault,
  failed,
  type Prepared,
  type PrepareRequest,
  type Result,
  type Source,
} from '../../model/index.ts'
import { ownText, page, unsubscribeFile } from './files.ts'
import { contrastRemarks } from './html/contrast.ts'
import { inlineImages, lookOf } from './look/look.ts'
import { address, flawOf } from './message/address.ts'
import { unsubscribeRemarks, unsubscribeText } from './message/unsubscribe.ts'
import { derivePlain, ownPlain } from './plain/alternative.ts'
import { press } from './press/press.ts'
import { inlineRules } from './press/taken.ts'
import { unreachedPartials } from './press/unreached.ts'
import { guessedIn } from './read/guessed.ts'
import { looksOf } from './read/looks.ts'
import { seenParts } from './read/seenpart.ts'
import { withoutMarks } from './tags/marks.ts'
import { inspectPartials } from './weave/partials.ts'
import { weave } from './weave/weave.ts'

/**
 * Texts to merge: `subject` and `text` as they are, `html` escaped, and in a mail that sells `unsubscribe`, an address. Faults:
 * `email.markup` and `email.tag` with the place in the template, `email.class`, `email.image`, `email.link`, `email.subject`,
 * `email.sender`, `email.text`, `email.unsubscribe`.
 */
export async function prepare({ sources, brand, purpose }: PrepareRequest): Promise<Result<Prepared>> {
  const source = sources[page]
  if (source === undefined) throw new Error(`prepare was called without ${page}`)
  const faults: Fault[] = []
  const sender = brand.senders.email
  if (sender === undefined || address(sender.address) === undefined) {
    faults.push({
      code: 'email.sender',
      message:
        sender === undefined
          ? 'the brand has no sender of mails'
          : `the brand's mail address ${flawOf(sender.address)}`,
      place: { file: source.file },
      hint:
        sender === undefined
          ? 'add senders.email with name and address to brand.yaml'
          : 'mend senders.email.address in brand.yaml',
    })
  }
  const unsubscribe = unsubscribeText(purpose === 'marketing', sources[unsubscribeFile], source.file)
  if (!unsubscribe.ok) faults.push(...unsubscribe.faults)
  const woven = weave(source, lookOf(brand), inlineImages(brand))
  if (!woven.ok) return failed(...faults, ...woven.faults)
  const partials = inspectPartials(source, brand)
  faults.push(...partials.faults)
  const pressed = await press(woven.value, source, brand)
  if (!pressed.ok) return failed(...faults, ...pressed.faults)
  const { shields, subject, remarks, mjml } = woven.value
  const html = withoutMarks(pressed.value)
  const unreached = unreachedPartials(html, { css: inlineRules(mjml), shields, brand })
  const own = sources[ownText]
  const text = own === undefined ? derivePlain(html, shields, source, brand) : ownPlain(own)
  if (!text.ok) return failed(...faults, ...text.faults)
  if (!unsubscribe.ok || faults.length > 0) return failed(...faults)
  const contrasts = contrastRemarks(pressed.value, { brand, source, shields })
  const leaving = sources[unsubscribeFile]
  const whole = [shields.lift(html), ...Object.values(brand.partials).map(partial => partial.text)].join('')
  const leaves =
    leaving === undefined ? [] : unsubscribeRemarks(leaving, { html: whole, mail: source.file, seenOf: seenParts })
  return done({
    ...seenIn(source, { text: shields.lift(html), partials: partials.reached }),
    warnings: chosen(
      [...remarks, ...text.value.remarks, ...partials.remarks, ...unreached, ...contrasts, ...leaves],
      brand,
    ),
    texts: {
      ...(unsubscribe.value === undefined ? {} : { unsubscribe: unsubscribe.value }),
      subject: { file: source.file, text: subject, escape: 'none', laidOut: true },
      html: { file: source.file, text: shields.lift(html), escape: 'html' },
      text: { file: own?.file ?? source.file, text: text.value.text, escape: 'none', laidOut: true },
    },
  })
}

/** What readers see of the pressed mail (`text`) and of its partials, in each look that the sheets of all of them make, and by which rules that is guessed. */
function seenIn(
  source: Source,
  { text, partials }: { readonly text: string; readonly partials: readonly Source[] },
): Required<Pick<Prepared, 'seen' | 'guessed'>> {
  const files = [{ file: source.file, text }, ...partials]
  const looks = looksOf(files.map(one => one.text).join('\n'))
  const seen = files.map(one => [one.file, seenParts(one.text, looks)] as const)
  return {
    seen: looks.map((_look, at) => Object.fromEntries(seen.map(([file, parts]) => [file, parts[at] ?? '']))),
    guessed: looks.map(look => guessedIn(look, [source, ...partials])),
  }
}

/** Warnings that the brand does not live with, each once, where it is first met. */
function chosen(remarks: readonly Fault[], { mail }: Brand): readonly Fault[] {
  const accepted: readonly string[] = mail?.accept ?? []
  const firsts = new Map<string, Fault>()
  for (const fault of remarks) {
    const key = `${fault.code} ${fault.message}`
    if (!accepted.includes(fault.code) && !firsts.has(key)) firsts.set(key, fault)
  }
  return [...firsts.values()]
}
