/** The suppression list: who is not written to, on which channel and for which purpose. Addresses are kept as keyed hashes alone. */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { done, type Fault, failed, type Purpose, type Result, settle } from '../model/index.ts'

/** What is asked of the list before a piece is planned. */
export interface Sending {
  readonly channel: string
  readonly purpose: Purpose
  /** As the channel sends to it. */
  readonly address: string
}

export interface Suppression {
  readonly holds: (sending: Sending) => boolean
  /** How many different entries the list has, and to how many of them something was held so far. */
  readonly count: () => { readonly entries: number; readonly matched: number }
  /** Whether it has hashed entries, and no line that says which key they were hashed under. */
  readonly unchecked: boolean
}

/** Nobody is suppressed. */
export const nobody: Suppression = {
  holds: () => false,
  count: () => ({ entries: 0, matched: 0 }),
  unchecked: false,
}

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

const header = 'channel,purpose,address'
const hashed = /^hmac-sha256:([0-9a-f]{64})$/

/** What a line `key,,hmac-sha256:…` is the keyed hash of: no address, so that it is nobody's. */
const checked = 'key of a suppression list'

interface Entry {
  readonly channel: string
  readonly purpose: string
  /** In each form that a channel sends to; one hash where it stands hashed. */
  readonly forms: readonly string[]
}

/**
 * Reads a list: a line `channel,purpose,address` for each, `*` for all channels or purposes; the address plain, or as
 * `hmac-sha256:` and the digest of its normal form under `key`. A list without a key is hashed under `spare`. A line
 * `key,,hmac-sha256:…` is no entry: it says which key the others were hashed under, and another one is a fault.
 */
export function readSuppression(
  source: ListFile,
  {
    channels,
    key,
    spare,
    numbers,
  }: Listed & {
    readonly key?: Uint8Array | undefined
    /** What addresses are hashed under where there is no key: known to this process alone. */
    readonly spare: Uint8Array
  },
): Result<Suppression> {
  const entries = readEntries(source, { channels, numbers })
  if (!entries.ok) return entries
  const own = createSecretKey(key ?? spare)
  // What is held, by the entry that says so: one may have several forms.
  const held = new Map<string, string>()
  const faults: Fault[] = []
  let hashes = 0
  for (const [entry, line] of entries.value) {
    const { channel, purpose, forms } = entry
    const digests = forms.map(form => hashed.exec(form)?.[1])
    const isHashed = digests.some(digest => digest !== undefined)
    if (isHashed && key === undefined) {
      faults.push({
        code: 'route.suppressed',
        message: 'the suppression list has hashed addresses, and the job names no key',
        place: { file: source.file, line },
        hint: 'write suppress: { file: …, key: … } with the key that they were hashed with',
      })
      break
    }
    if (isCheck(entry)) {
      if (digests[0] !== hashOf(checked, own)) return failed(otherKey(source.file, line))
      continue
    }
    if (isHashed) hashes += 1
    const names = forms.map((form, at) => `${channel} ${purpose} ${digests[at] ?? hashOf(folded(form), own)}`)
    for (const name of names) held.set(name, held.get(name) ?? names[0] ?? name)
  }
  const distinct = new Set(held.values())
  const matched = new Set<string>()
  const holds = ({ channel, purpose, address }: Sending): boolean => {
    const former = channels.find(({ name }) => name === channel)?.former?.(address) ?? []
    // Lists that were hashed before commas were folded hold addresses with them.
    const forms = new Set([folded(address), plainForm(address), ...former])
    const digests = [...forms].map(form => hashOf(form, own))
    const found = [channel, '*']
      .flatMap(one => [purpose, '*'].flatMap(other => digests.map(digest => `${one} ${other} ${digest}`)))
      .flatMap(name => held.get(name) ?? [])
    for (const name of found) matched.add(name)
    return found.length > 0
  }
  const unchecked = hashes > 0 && !entries.value.some(([entry]) => isCheck(entry))
  return settle({ holds, count: () => ({ entries: distinct.size, matched: matched.size }), unchecked }, faults)
}

/**
 * The same list with keyed hashes for its addresses, under a line that says with which key; those that are hashed already stay. Where
 * nothing says what they were hashed under, nothing can: such a list gets no line that would vouch for them.
 */
export function hashSuppression(
  source: ListFile,
  { key: bytes, ...listed }: Listed & { readonly key: Uint8Array },
): Result<string> {
  const key = createSecretKey(bytes)
  const read = readEntries(source, listed)
  if (!read.ok) return read
  const [check = ''] = hashLines({ channel: 'key', purpose: '', forms: [checked] }, key)
  const told = read.value.filter(([entry]) => isCheck(entry))
  const other = told.find(([entry]) => hashLines(entry, key)[0] !== check)
  if (other !== undefined) return failed(otherKey(source.file, other[1]))
  const entries = read.value.filter(([entry]) => !isCheck(entry)).map(([entry]) => entry)
  const vouched = told.length > 0 || !entries.some(({ forms }) => forms.some(form => hashed.test(form)))
  const lines = entries.flatMap(entry => hashLines(entry, key))
  return done(`${[header, ...(vouched ? [check] : []), ...lines].join('\n')}\n`)
}

/** One line for each form that an entry has. */
function hashLines({ channel, purpose, forms }: Entry, key: KeyObject): readonly string[] {
  return forms.map(
    form => `${channel},${purpose},${hashed.test(form) ? form : `hmac-sha256:${hashOf(folded(form), key)}`}`,
  )
}

function isCheck({ channel, purpose, forms }: Entry): boolean {
  return channel === 'key' && purpose === '' && hashed.test(forms[0] ?? '')
}

function otherKey(file: string, line: number): Fault {
  return {
    code: 'route.suppressed',
    message: 'the suppression list was hashed with another key, so that it would keep nobody from being written to',
    place: { file, line },
    hint: 'name the key that it was hashed with, or hash the plain list anew: platen suppress plain.csv --key …',
  }
}

function readEntries(
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
    if (forms.length > 0) entries.push([{ channel, purpose, forms }, line])
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

function hashOf(form: string, key: KeyObject): string {
  return createHmac('sha256', key).update(form).digest('hex')
}

/**
 * An address as it is hashed. Spellings of one have one form: capitals, blanks and, in numbers of telephones, marks between digits do not count; nor do the
 * commas of a postal address, which stand where it has lines elsewhere.
 */
function folded(address: string): string {
  const form = plainForm(address)
  return form.includes('@') ? form : form.replace(/[ ,]+/g, ' ').trim()
}

function plainForm(address: string): string {
  const text = address.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
  return /^[+(]?[\d ()./-]{5,}$/.test(text) ? text.replace(/[^\d+]/g, '').replace(/^00/, '+') : text
}
