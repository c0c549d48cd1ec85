/** The lines of a suppression list: read, and refused where they could stop nobody. */
import { type Fault, failed, type Result, settle } from '../model/index.ts'
import { folded } from './folded.ts'
import { isPostal, readsAsName } from './postal.ts'

/** A channel that entries may name. */
export interface Addressed {
  readonly name: string
  /** A written address in the form that the channel sends to; undefined: it is none, and could match nobody. */
  readonly form: (written: string) => string | undefined
  /** Other forms that it sent to before: lists that were hashed then hold them. Absent: none. */
  readonly former?: ((address: string) => readonly string[]) | undefined
}

/** A list as it was read: CSV, cut into records. */
export interface ListFile {
  readonly file: string
  readonly records: readonly {
    /** The first of its lines, from 1. */
    readonly line: number
    /** Undefined where its quotes do not go together. */
    readonly fields: readonly string[] | undefined
  }[]
}

/** What the lines of a list may name. */
export interface Listed {
  readonly channels: readonly Addressed[]
  /** How a telephone number is to be written there, in words for a hint. */
  readonly numbers: string
}

export const header = 'channel,purpose,address'
/** A hashed address. */
export const hashed = /^hmac-sha256:([0-9a-f]{64})$/

/** A line that names who is not written to; or the key that the others were hashed with. */
export interface Entry {
  readonly channel: string
  readonly purpose: string
  /** In each form that a channel sends to; one hash where it stands hashed. */
  readonly forms: readonly string[]
  /** Whether it stands plain, and reads like a name. */
  readonly likely?: boolean
}

/** Each with its line. Faults: lines that could stop nobody; they quote none. */
export function readEntries(
  { file, records: [first, ...records] }: ListFile,
  { channels, numbers }: Listed,
): Result<readonly (readonly [Entry, number])[]> {
  const faults: Fault[] = []
  const entries: (readonly [Entry, number])[] = []
  if (first?.fields?.map(name => name.trim()).join(',') !== header) {
    return failed({
      code: 'route.suppressed',
      message: `the suppression list does not begin with ${header}`,
      place: { file, line: 1 },
      hint: `write ${header} on its first line, then a line for each address; * means all`,
    })
  }
  const names = channels.map(({ name }) => name)
  const refuse = (line: number, words: string, hint: string): void => {
    faults.push({
      code: 'route.suppressed',
      message: `the suppression list has a line ${words}`,
      place: { file, line },
      hint,
    })
  }
  for (const { line, fields } of records) {
    if (fields === undefined) {
      const hint = 'an address with a comma, or of several lines, stands in quotes, and a quote inside of it is doubled'
      refuse(line, 'with a quote that is not closed, or stands inside of an address', hint)
      continue
    }
    if (fields.join('').trim() === '') continue
    const [channel = '', purpose = '', ...address] = fields.map(field => field.trim())
    const entry = { channel, purpose, address: address.join(', ') }
    const check = { channel, purpose, forms: [entry.address] }
    const wrong = isCheck(check) ? undefined : flawOf(entry, names)
    const forms = isCheck(check) ? check.forms : wrong === undefined ? formsOf(entry, channels) : []
    const likely = isPostal(entry.address) && readsAsName(entry.address)
    if (forms.length > 0) entries.push([{ channel, purpose, forms, likely }, line])
    else if (wrong === undefined)
      refuse(
        line,
        unreachable(channel),
        `write one mail address and no name, ${numbers}, or the lines of a postal address`,
      )
    else refuse(line, wrong, `write a channel (${names.join(', ')} or *), service, marketing or *, and an address`)
  }
  return settle(entries, faults)
}

/** As it is written. */
interface Line {
  readonly channel: string
  readonly purpose: string
  readonly address: string
}

/** Quotes nothing: the line may hold an address wherever it is wrong. */
function flawOf({ channel, purpose, address }: Line, channels: readonly string[]): string | undefined {
  if (channel !== '*' && !channels.includes(channel)) return 'that names no channel'
  if (!['*', 'service', 'marketing'].includes(purpose)) return 'that names no purpose'
  if (address === '' || (address.startsWith('hmac-sha256:') && !hashed.test(address))) return 'without an address'
  return undefined
}

/** Hashes stay; `*` stands for every channel that can send to the address, each in its form. */
function formsOf({ channel, address }: Line, channels: readonly Addressed[]): readonly string[] {
  if (hashed.test(address)) return [address]
  const forms = new Map<string, string>()
  for (const { name, form } of channels) {
    const found = channel === '*' || channel === name ? form(address) : undefined
    if (found !== undefined) forms.set(folded(found), found)
  }
  return [...forms.values()]
}

function unreachable(channel: string): string {
  return `whose address ${channel === '*' ? 'no channel could ever' : `${channel} could never`} send to, so that it keeps nobody from being written to`
}

/** Whether it says which key the others were hashed with. */
export function isCheck({ channel, purpose, forms }: Entry): boolean {
  return channel === 'key' && purpose === '' && hashed.test(forms[0] ?? '')
}
