/** The suppression list: who is not written to, on which channel and for which purpose. Addresses are kept as keyed hashes alone. */
import { createHmac } from 'node:crypto'
import { done, type Fault, failed, type Purpose, type Result, type Source, settle } from '../model/index.ts'

/** What is asked of the list before a piece is planned. */
export interface Sending {
  readonly channel: string
  readonly purpose: Purpose
  /** As the channel sends to it. */
  readonly address: string
}

export interface Suppression {
  readonly holds: (sending: Sending) => boolean
}

/** Nobody is suppressed. */
export const nobody: Suppression = { holds: () => false }

const header = 'channel,purpose,address'
const hashed = /^hmac-sha256:([0-9a-f]{64})$/

interface Entry {
  readonly channel: string
  readonly purpose: string
  readonly address: string
}

/**
 * Reads a list: a line `channel,purpose,address` for each, `*` for all channels or purposes; the address plain, or as
 * `hmac-sha256:` and the digest of its normal form under `key`. A list without a key is hashed under `spare`.
 */
export function readSuppression(
  source: Source,
  {
    channels,
    key,
    spare,
  }: {
    readonly channels: readonly string[]
    readonly key?: Uint8Array | undefined
    /** What addresses are hashed under where there is no key: known to this process alone. */
    readonly spare: Uint8Array
  },
): Result<Suppression> {
  const entries = readEntries(source, channels)
  if (!entries.ok) return entries
  const own = key ?? spare
  const held = new Set<string>()
  const faults: Fault[] = []
  for (const [{ channel, purpose, address }, line] of entries.value) {
    const digest = hashed.exec(address)?.[1]
    if (digest !== undefined && key === undefined) {
      faults.push({
        code: 'route.suppressed',
        message: 'the suppression list has hashed addresses, and the job names no key',
        place: { file: source.file, line },
        hint: 'write suppress: { file: …, key: … } with the key that they were hashed with',
      })
      break
    }
    held.add(`${channel} ${purpose} ${digest ?? hashOf(address, own)}`)
  }
  const holds = ({ channel, purpose, address }: Sending): boolean => {
    const digest = hashOf(address, own)
    return [channel, '*'].some(one => [purpose, '*'].some(other => held.has(`${one} ${other} ${digest}`)))
  }
  return settle({ holds }, faults)
}

/** The same list with keyed hashes for its addresses; those that are hashed already stay. */
export function hashSuppression(source: Source, channels: readonly string[], key: Uint8Array): Result<string> {
  const entries = readEntries(source, channels)
  if (!entries.ok) return entries
  const lines = entries.value.map(
    ([{ channel, purpose, address }]) =>
      `${channel},${purpose},${hashed.test(address) ? address : `hmac-sha256:${hashOf(address, key)}`}`,
  )
  return done(`${[header, ...lines].join('\n')}\n`)
}

function readEntries(
  { file, text }: Source,
  channels: readonly string[],
): Result<readonly (readonly [Entry, number])[]> {
  const faults: Fault[] = []
  const entries: (readonly [Entry, number])[] = []
  const [first = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (first.trim() !== header) {
    return failed({
      code: 'route.suppressed',
      message: `the suppression list does not begin with ${header}`,
      place: { file, line: 1 },
      hint: `write ${header} on its first line, then a line for each address; * means all`,
    })
  }
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue
    const [, channel = '', purpose = '', address = ''] = /^([^,]*),([^,]*),(.*)$/.exec(line) ?? []
    const entry = { channel: channel.trim(), purpose: purpose.trim(), address: unquoted(address.trim()) }
    const wrong = flawOf(entry, channels)
    if (wrong === undefined) entries.push([entry, at + 2])
    else
      faults.push({
        code: 'route.suppressed',
        message: `the suppression list has a line ${wrong}`,
        place: { file, line: at + 2 },
        hint: `write a channel (${channels.join(', ')} or *), service, marketing or *, and an address`,
      })
  }
  return settle(entries, faults)
}

/** An address of lines, or with a comma, stands in quotes. */
function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text
}

/** Quotes nothing: the line may hold an address wherever it is wrong. */
function flawOf({ channel, purpose, address }: Entry, channels: readonly string[]): string | undefined {
  if (channel !== '*' && !channels.includes(channel)) return 'that names no channel'
  if (!['*', 'service', 'marketing'].includes(purpose)) return 'that names no purpose'
  if (address === '' || (address.startsWith('hmac-sha256:') && !hashed.test(address))) return 'without an address'
  return undefined
}

function hashOf(address: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(normalAddress(address)).digest('hex')
}

/** Spellings of one address have one form: capitals, blanks and, in numbers of telephones, marks between digits do not count. */
function normalAddress(address: string): string {
  const text = address.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
  return /^[+(]?[\d ()./-]{5,}$/.test(text) ? text.replace(/[^\d+]/g, '').replace(/^00/, '+') : text
}
