/** The suppression list of a job: read from disk, never frozen into a kit. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Brand, type Channel, done, type Fault, failed, type Job, type Result } from '../model/index.ts'
import { type Addressed, hashSuppression, nobody, readSuppression, type Suppression } from '../route/index.ts'
import { unreadable } from './kit.ts'
import type { PlannedChannel } from './plan.ts'
import { loadTable, type Table } from './table.ts'

/** Nothing shorter keeps addresses from being guessed. */
const shortestKey = 16

/** The list that a job names, as it is now: what is planned is decided once, at the allocation. */
export function readSuppressionOf(
  { file, suppress }: Job,
  table: Table,
  { brand, channels: planned }: { readonly brand: Brand; readonly channels: readonly PlannedChannel[] },
): Result<Suppression> {
  if (suppress === undefined) return done(nobody)
  const list = readText(resolve(dirname(file), suppress.file), suppress.file)
  if (!list.ok) return list
  const key = suppress.key === undefined ? undefined : readKey(resolve(dirname(file), suppress.key), suppress.key)
  if (key !== undefined && !key.ok) return key
  const home = new Intl.Locale(brand.locale).region
  const channels = table.channels.map(channel => {
    const country = planned.find(({ name }) => name === channel.name)?.settings['country']
    // A setting may also say where in the data a country stands; a list has no data.
    return addressed(channel, typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? country : home)
  })
  return readSuppression(
    { file: suppress.file, text: list.value },
    { channels, key: key?.value, spare: randomBytes(32) },
  )
}

/** A list with its addresses hashed under the key of a file. `country`: where its telephone numbers are dialled that name none. */
export async function hashSuppressionList(
  file: string,
  { keyFile, country }: { readonly keyFile: string; readonly country?: string | undefined },
): Promise<Result<string>> {
  const table = await loadTable()
  if (!table.ok) return table
  const list = readText(file, file)
  const key = readKey(keyFile, keyFile)
  if (!list.ok || !key.ok) return failed(...(list.ok ? [] : list.faults), ...(key.ok ? [] : key.faults))
  return hashSuppression(
    { file, text: list.value },
    table.value.channels.map(channel => addressed(channel, country)),
    key.value,
  )
}

function addressed({ name, address, normalAddress }: Channel, country: string | undefined): Addressed {
  if (normalAddress !== undefined) return { name, form: written => normalAddress(written, { country }) }
  return {
    name,
    form: written => (address === 'email' || address === 'phone' || isPostal(written) ? written : undefined),
  }
}

/** A postal address has words, and is no mail address that went to the wrong channel. */
function isPostal(written: string): boolean {
  return /\p{L}/u.test(written) && /\S[\s,]+\S/.test(written) && !written.includes('@')
}

function readText(path: string, shown: string): Result<string> {
  try {
    return done(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)))
  } catch (error) {
    if (error instanceof TypeError)
      return failed({
        code: 'route.suppressed',
        message: 'the suppression list is not UTF-8 text',
        place: { file: shown },
        hint: 'save it as UTF-8',
      })
    return failed(unreadable(shown, error))
  }
}

/** The bytes of a file, but for blanks around them: whatever made it, the same text is the same key. */
function readKey(path: string, shown: string): Result<Uint8Array> {
  let text: string
  try {
    text = readFileSync(path, 'latin1').trim()
  } catch (error) {
    return failed(unreadable(shown, error))
  }
  if (text.length >= shortestKey) return done(Buffer.from(text, 'latin1'))
  const fault: Fault = {
    code: 'route.suppressed',
    message: `the key of the suppression list has fewer than ${shortestKey} characters`,
    place: { file: shown },
    hint: 'make one that nobody can guess: openssl rand -hex 32',
  }
  return failed(fault)
}
