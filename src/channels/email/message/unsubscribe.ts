/** How a recipient leaves the list: one-click unsubscribing (RFC 8058), which mails that sell must offer. */
import {
  type Brand,
  done,
  type Fault,
  failed,
  isDisguised,
  type MergeText,
  type Result,
  type Source,
} from '../../../model/index.ts'
import { unsubscribeFile } from '../files.ts'
import { encodeParts } from '../plain/alternative.ts'
import { newShields } from '../tags/shield.ts'
import { findTags } from '../tags/tags.ts'
import { isOfData, nobodysAddress, shownBy } from './nobodys.ts'

/** Longest address: its header stays within the 998 octets of a line (RFC 5322 §2.1.1). */
const longest = 900

/**
 * The address as a text to merge, its values percent-encoded as parts of it; undefined for a mail that does not sell. Faults: a mail
 * that sells and has none, and an address that nothing would use. `mail`: the file of the mail, for places.
 */
export function unsubscribeText(
  marketing: boolean,
  source: Source | undefined,
  mail: string,
): Result<MergeText | undefined> {
  if (!marketing && source !== undefined) {
    return failed({
      code: 'email.unsubscribe',
      message: 'the address to unsubscribe at is not used: the mail is not marked as marketing',
      place: { file: source.file, line: 1, column: 1 },
      hint: 'set purpose: marketing in template.yaml, or remove the file',
    })
  }
  if (!marketing) return done(undefined)
  if (source === undefined || source.text.trim() === '') {
    return failed({
      code: 'email.unsubscribe',
      message: 'the mail is marked as marketing and has no address to unsubscribe at',
      place: source === undefined ? { file: mail } : { file: source.file, line: 1, column: 1 },
      hint: `write it as ${unsubscribeFile}: {{url brand.company.unsubscribe}}/{{urlPart customer.token}}, the token hard to guess`,
    })
  }
  const beginning = /^\s*([^\s{]+)/.exec(source.text)?.[1]
  if (beginning !== undefined && !/^https:/i.test(beginning)) {
    return failed({
      code: 'email.unsubscribe',
      message: 'the address to unsubscribe at does not begin with https:',
      place: { file: source.file, line: 1, column: 1 },
      hint: 'mail programs POST to https alone (RFC 8058)',
    })
  }
  const { tags } = findTags(source.text)
  // Blocks may part two addresses of which each mail has one.
  if (tags.every(({ kind }) => kind === 'value') && /\s/.test(withoutTags(source.text).trim())) {
    return failed({
      code: 'email.unsubscribe',
      message: 'the address to unsubscribe at has a blank in it',
      place: { file: source.file, line: 1, column: 1 },
      hint: 'write one address: a second one for mail is not taken',
    })
  }
  const shields = newShields()
  return done({ file: source.file, text: shields.lift(encodeParts(source.text.trimEnd(), shields)), escape: 'none' })
}

/** Each tag is one sign. */
function withoutTags(text: string): string {
  return findTags(text).tags.reduceRight(
    (rest, tag) => `${rest.slice(0, tag.start)}x${rest.slice(tag.start + tag.text.length)}`,
    text,
  )
}

/** No letter of a mail. */
const leaver = '\u{F8FE}'

/** What a link to leave is called, by its words, its address or the name of its wording. */
const leaving =
  /unsub|opt-?out|\bleave\b(?!\s+(?:us|an?|your|feedback|comments?)\b)|no more mail|désinscri|cancelar la suscripción|uitschrijv|avregistrera|afmeld|abmeld|abbestell|austrag|відпис|отпис|wypis|rezygn|désabonn|desuscri|darse de baja|disiscri/i

/**
 * What would read worse than its author thinks in a mail that sells: one address for everybody takes nobody off the list, and many look
 * for a link at the end of the mail, not for their program's button. `html`: the mail with the partials that it may show; `seenOf`: what of
 * HTML its readers see, in windows of each width.
 */
export function unsubscribeRemarks(
  source: Source,
  {
    html,
    mail,
    seenOf,
  }: { readonly html: string; readonly mail: string; readonly seenOf: (html: string) => readonly string[] },
): readonly Fault[] {
  const values = findTags(source.text).tags.filter(({ kind }) => kind === 'value')
  const same = !values.some(isOfData)
  const [first] = values
  const start = /^\s*(https:\/\/[^\s{]+)/i.exec(source.text)?.[1] ?? (first === undefined ? undefined : shownBy(first))
  const leads = (link: string, address: string): boolean =>
    leaving.test(link) || (start !== undefined && address.includes(start))
  // What is seen of the mail once the words of such links are this sign.
  const shown = seenOf(
    html.replace(
      /(<a\b[^>]*?\shref=("[^"]*"|'[^']*')[^>]*>)([\s\S]*?)(?=<\/a\s*>)/gi,
      (link, tag: string, address: string, words: string) =>
        leads(link, address) && /<img\b|[^\s<>](?=[^<>]*(?:<|$))/i.test(words) ? `${tag}${leaver}` : link,
    ),
  ).every(seen => seen.includes(leaver))
  const warning = (file: string, message: string, hint: string): Fault => ({
    code: 'email.unsubscribe',
    message,
    place: { file, line: 1, column: 1 },
    hint,
  })
  return [
    ...(same
      ? [
          warning(
            source.file,
            'the address to unsubscribe at is the same for everybody',
            'put a value of the data into it that tells whom to take off and is hard to guess: {{urlPart customer.token}}',
          ),
        ]
      : []),
    ...(shown
      ? []
      : [
          warning(
            mail,
            'the mail sells and shows no link to unsubscribe at',
            'write one, such as <a href="…">Unsubscribe</a>: not every program shows a button',
          ),
        ]),
  ]
}

/** How addresses to unsubscribe at are read: `source` is the text that they are merged from, absent where a mail does not sell. */
export interface Leaving {
  /** The merged address, if it is one that a mail program may POST to. It is not quoted: whom it unsubscribes may stand in it. */
  readonly read: (merged: string) => Result<string>
  /** Whether it is to be one recipient's alone; one that has no value of the data is warned of before there is any. */
  readonly alone: boolean
}

export function openLeaving(source: Pick<MergeText, 'text'> | undefined, brand: Brand): Leaving {
  const { tags } = findTags(source?.text ?? '')
  const alone = tags.some(tag => tag.kind === 'value' && isOfData(tag))
  const nobodys = alone ? nobodysAddress(source?.text ?? '', brand) : undefined
  return {
    alone,
    read: merged => {
      const read = readUnsubscribe(merged)
      return read.ok && nobodys?.test(read.value) === true ? failed(takesNobodyOff) : read
    },
  }
}

const takesNobodyOff: Fault = {
  code: 'email.unsubscribe',
  message: 'the address to unsubscribe at has nothing of the data in it, and takes nobody off',
  hint: `give the data what ${unsubscribeFile} tells by whom to take off`,
}

/** One https address. */
export function readUnsubscribe(merged: string): Result<string> {
  const address = merged.trim()
  const fault: Fault = {
    code: 'email.unsubscribe',
    message: 'the address to unsubscribe at is not exactly one https address',
    hint: `${unsubscribeFile} is one address that begins with https:, of at most ${longest} characters`,
  }
  const plain = /^https:\/\/[A-Za-z0-9][^\s<>"\\^`{|}\p{C}]*$/u.test(address) && /^[\x21-\x7E]+$/.test(address)
  return plain && !isDisguised(address) && address.length <= longest && URL.canParse(address)
    ? done(address)
    : failed(fault)
}
