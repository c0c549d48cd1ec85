/** The suppression list: who is not written to, on which channel and for which purpose. Addresses are kept as keyed hashes alone. */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { type Communication, done, type Fault, failed, type Purpose, type Result, settle } from '../model/index.ts'
import { type CalledAs, namesOf } from './called.ts'
import { type Entry, hashed, header, isCheck, type Listed, type ListFile, readEntries } from './entries.ts'
import { folded, plainForm } from './folded.ts'

/** What is asked of the list before a piece is planned. */
export interface Sending {
  readonly channel: string
  readonly purpose: Purpose
  /** As the channel sends to it. */
  readonly address: string
}

export interface Suppression {
  readonly holds: (sending: Sending) => boolean
  /** Takes note of what somebody is called who is written to on some channels: an entry that says it is no address. */
  readonly note: (
    communication: Communication,
    sending: { readonly to: readonly string[]; readonly purpose: Purpose },
  ) => void
  /** How many different entries the list has, and to how many of them something was held so far. */
  readonly count: () => { readonly entries: number; readonly matched: number }
  /** Entries to which nothing was held so far, and that are no addresses, in the order of their lines. */
  readonly doubts: () => Doubts
  /** Whether it has hashed entries, and no line that says which key they were hashed under. */
  readonly unchecked: boolean
}

export interface Doubts {
  /** For sure: somebody who was noted is called so. */
  readonly called: readonly { readonly line: number; readonly as: CalledAs }[]
  /** As it seems: what reads like a name or a number of a customer, and stands plain. */
  readonly likely: readonly number[]
}

/** Nobody is suppressed. */
export const nobody: Suppression = {
  holds: () => false,
  note: () => {},
  count: () => ({ entries: 0, matched: 0 }),
  doubts: () => ({ called: [], likely: [] }),
  unchecked: false,
}

/** What a line `key,,hmac-sha256:…` is the keyed hash of: no address, so that it is nobody's. */
const checked = 'key of a suppression list'

/** An entry that is held: where it stands first, and whether it reads like a name. */
interface Held {
  readonly line: number
  readonly likely: boolean
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
  // By channel and purpose, the entry of each hash that is held: one may have several.
  const held = new Map<string, Map<string, Held>>()
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
    const hashesOf = forms.map((form, at) => digests[at] ?? hashOf(folded(form), own))
    const beside = held.get(`${channel} ${purpose}`) ?? new Map<string, Held>()
    held.set(`${channel} ${purpose}`, beside)
    const one = beside.get(hashesOf[0] ?? '') ?? { line, likely: entry.likely === true }
    for (const hash of hashesOf) beside.set(hash, beside.get(hash) ?? one)
  }
  const distinct = new Set([...held.values()].flatMap(entries => [...entries.values()]))
  const matched = new Set<Held>()
  const called = new Map<Held, CalledAs>()
  const heldOf = (channels: readonly string[], purpose: string, digests: readonly string[]): readonly Held[] =>
    channels
      .flatMap(one => [purpose, '*'].flatMap(other => held.get(`${one} ${other}`) ?? []))
      .flatMap(entries => digests.flatMap(digest => entries.get(digest) ?? []))
  const holds = ({ channel, purpose, address }: Sending): boolean => {
    const former = channels.find(({ name }) => name === channel)?.former?.(address) ?? []
    // Lists that were hashed before commas were folded hold addresses with them.
    const forms = new Set([folded(address), plainForm(address), ...former])
    const digests = [...forms].map(form => hashOf(form, own))
    const found = heldOf([channel, '*'], purpose, digests)
    for (const one of found) matched.add(one)
    return found.length > 0
  }
  const note: Suppression['note'] = (communication, { to, purpose }) => {
    if (held.size === 0 || to.length === 0) return
    for (const { as, text } of namesOf(communication))
      for (const one of heldOf([...to, '*'], purpose, [hashOf(folded(text), own)])) called.set(one, as)
  }
  const doubts = (): Doubts => {
    const unmet = [...distinct]
      .filter(one => !matched.has(one) && (one.likely || called.has(one)))
      .sort((a, b) => a.line - b.line)
    return {
      called: unmet.flatMap(one => {
        const as = called.get(one)
        return as === undefined ? [] : [{ line: one.line, as }]
      }),
      likely: unmet.filter(one => !called.has(one)).map(({ line }) => line),
    }
  }
  const unchecked = hashes > 0 && !entries.value.some(([entry]) => isCheck(entry))
  const count = () => ({ entries: distinct.size, matched: matched.size })
  return settle({ holds, note, count, doubts, unchecked }, faults)
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

function otherKey(file: string, line: number): Fault {
  return {
    code: 'route.suppressed',
    message: 'the suppression list was hashed with another key, so that it would keep nobody from being written to',
    place: { file, line },
    hint: 'name the key that it was hashed with, or hash the plain list anew: platen suppress plain.csv --key …',
  }
}

function hashOf(form: string, key: KeyObject): string {
  return createHmac('sha256', key).update(form).digest('hex')
}
