/** The suppression list of a job: read from disk, never frozen into a kit. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { readSmallTable } from '../../intake/index.ts'
import {
  type Brand,
  type Channel,
  countryOfLocale,
  done,
  type Fault,
  failed,
  type Job,
  quote,
  type Result,
} from '../../model/index.ts'
import {
  type Addressed,
  hashSuppression,
  isPostal,
  type ListFile,
  nobody,
  readSuppression,
  type Suppression,
} from '../../route/index.ts'
import { countryOf } from '../../schema/index.ts'
import { unreadable } from './kit.ts'
import type { Plan, PlannedChannel } from './plan.ts'
import { loadTable, type Table } from './table.ts'

/** Nothing shorter keeps addresses from being guessed. */
const shortestKey = 16
/** Longer is a file of another kind. */
const longestKey = 1024

/** The list that a job names, as it is now: what is planned is decided once, at the allocation. */
export function readSuppressionOf(
  { file, suppress }: Job,
  table: Table,
  { brand, channels: planned }: { readonly brand: Brand; readonly channels: readonly PlannedChannel[] },
): Result<Suppression> {
  if (suppress === undefined) return done(nobody)
  const shown = besideJob(file, suppress.file)
  const list = readText(shown)
  if (!list.ok) return list
  const key = suppress.key === undefined ? undefined : readKey(besideJob(file, suppress.key))
  if (key !== undefined && !key.ok) return key
  const home = ({ name }: Channel): string | undefined => {
    const country = planned.find(one => one.name === name)?.settings['country']
    if (country === undefined) return countryOfLocale(brand.locale)
    // A setting may also say where in the data a country stands: a list has no data, so that nobody can say where its numbers are dialled.
    return typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? country : undefined
  }
  const channels = table.channels.map(channel => addressed(channel, home(channel)))
  const dialling = table.channels.find(({ address }) => address === 'phone')
  const numbers = writtenNumbers(dialling === undefined ? undefined : home(dialling))
  const read = readSuppression(listOf(shown, list.value), {
    channels,
    key: key?.value,
    spare: randomBytes(32),
    numbers,
  })
  if (read.ok && read.value.count().entries === 0 && suppress.allowEmpty !== true) return failed(noEntries(shown))
  return read
}

function listOf(file: string, text: string): ListFile {
  return { file, records: readSmallTable(text, 3) }
}

/** A path of the job, as faults show it and as it is read. */
function besideJob(job: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(job), path)
}

/** An export that broke off before its first line would have everybody written to. */
function noEntries(shown: string): Fault {
  return {
    code: 'route.suppressed',
    message: 'the suppression list has no entries, so that it keeps nobody from being written to',
    place: { file: shown },
    hint: 'is it the whole list? a list that may be empty: suppress: { file: …, allowEmpty: true }',
  }
}

/** How a list writes telephone numbers; `country`: where those are dialled that name none. */
function writtenNumbers(country: string | undefined): string {
  return `a number with + and its country${country === undefined ? '' : ` or as it is dialled in ${country}`}`
}

/**
 * A list with its addresses hashed under the key of a file. `country`: where its telephone numbers are dialled that name none; without
 * it such a number is a fault, since a list belongs to no brand.
 */
export async function hashSuppressionList(
  file: string,
  { keyFile, country }: { readonly keyFile: string; readonly country?: string | undefined },
): Promise<Result<string>> {
  const home = country === undefined ? undefined : countryOf(country)
  if (country !== undefined && home === undefined) return failed(noCountry(country))
  const table = await loadTable()
  if (!table.ok) return table
  const list = readText(file)
  const key = readKey(keyFile)
  if (!list.ok || !key.ok) return failed(...(list.ok ? [] : list.faults), ...(key.ok ? [] : key.faults))
  return hashSuppression(listOf(file, list.value), {
    channels: table.value.channels.map(channel => addressed(channel, home)),
    key: key.value,
    numbers:
      home === undefined
        ? `${writtenNumbers(home)} (or say where those without + are dialled: --country UA)`
        : writtenNumbers(home),
  })
}

function noCountry(found: string): Fault {
  return {
    code: 'usage.option',
    message: `--country is no country (found ${quote(found)})`,
    hint: 'write its two letters (ISO 3166-1), like UA',
  }
}

/** A channel as entries of a list name it. */
export function addressed(
  { name, address, normalAddress, formerAddresses: former }: Channel,
  country: string | undefined,
): Addressed {
  if (normalAddress !== undefined) return { name, form: written => normalAddress(written, { country }), former }
  return {
    name,
    form: written => (address === 'email' || address === 'phone' || isPostal(written) ? written : undefined),
  }
}

function readText(path: string): Result<string> {
  try {
    return done(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)))
  } catch (error) {
    if (error instanceof TypeError)
      return failed({
        code: 'route.suppressed',
        message: 'the suppression list is not UTF-8 text',
        place: { file: path },
        hint: 'save it as UTF-8',
      })
    return failed(unreadable(path, error))
  }
}

/** The bytes of a file, but for blanks around them: whatever made it, the same text is the same key. */
function readKey(path: string): Result<Uint8Array> {
  let text: string
  try {
    text = readFileSync(path, 'latin1').trim()
  } catch (error) {
    return failed(unreadable(path, error))
  }
  const flaw = flawOfKey(text)
  if (flaw === undefined) return done(Buffer.from(text, 'latin1'))
  const fault: Fault = {
    code: 'route.suppressed',
    message: flaw,
    place: { file: path },
    hint: 'make one that nobody can guess: openssl rand -hex 32',
  }
  return failed(fault)
}

/** A key is one line, Base64 in several, or bytes as they fell; a table of customers or the list itself was taken for one by mistake. */
function flawOfKey(text: string): string | undefined {
  if (text.length < shortestKey) return `the key of the suppression list has fewer than ${shortestKey} characters`
  const isBase64 = /^(?:[\w+/=-]{60,}\r?\n)*[\w+/=-]+$/.test(text)
  const isLines = /[\r\n\t]/.test(text) && !isBase64 && !/[\0-\x08\x0e-\x1f]/.test(text)
  if (!isLines && text.length <= longestKey && !text.startsWith('channel,purpose,address')) return undefined
  return 'the file is no key of a suppression list, but a text or table'
}

/**
 * Entries that are what somebody of the batch is called, and no address: he asked not to be written to, and would be all the same. Asked
 * once the list was asked of everybody.
 */
export function calledOnly({ job, suppression }: Pick<Plan, 'job' | 'suppression'>): readonly Fault[] {
  if (job.suppress === undefined || suppression === undefined) return []
  const file = besideJob(job.file, job.suppress.file)
  return suppression.doubts().called.map(({ line, as }) => ({
    code: 'route.suppressed',
    message: `the suppression list has a line ${calledWords[as]}, so that it keeps nobody from being written to`,
    place: { file, line },
    hint:
      as === 'name and address'
        ? 'write the lines of the address alone, as the data has them, without the name'
        : 'write the addresses, a line for each: the mail address, the telephone number, the lines of the postal address',
  }))
}

const calledWords = {
  id: 'that is the id of a communication of this batch, and no address',
  name: 'that is the name of somebody in this batch, and no address',
  'name and address': 'with the address of somebody in this batch and the name before it',
}

/** Warnings of entries that met nobody of the batch, and perhaps never would. Asked once the route has asked the list of everybody. */
export function metNobody(plan: Plan): readonly Fault[] {
  return [...underAnotherKey(plan), ...likeNames(plan)]
}

function likeNames({ job, suppression }: Plan): readonly Fault[] {
  const lines = suppression?.doubts().likely ?? []
  if (job.suppress === undefined || lines.length === 0) return []
  const more = lines.length - mostLines
  const shown = `${lines.slice(0, mostLines).join(', ')}${more > 0 ? ` and ${more.toLocaleString('en-US')} more` : ''}`
  const [count, one] = [lines.length.toLocaleString('en-US'), lines.length === 1]
  return [
    {
      code: 'route.suppressed',
      message: `${count} ${one ? 'entry' : 'entries'} of the suppression list met nobody of this batch, and ${one ? 'reads like the name or number of a customer, not like an address' : 'read like names or numbers of customers, not like addresses'} (${one ? 'line' : 'lines'} ${shown})`,
      place: { file: besideJob(job.file, job.suppress.file) },
      hint: 'an entry stops an address alone: write the mail address, the telephone number, or all lines of the postal address',
    },
  ]
}

/** Lines of a list that a warning names. */
const mostLines = 5

/** A list that does not say which key it was hashed under, and met nobody: under another key it never would. */
function underAnotherKey({ job, suppression }: Plan): readonly Fault[] {
  if (job.suppress === undefined || suppression?.unchecked !== true || suppression.count().matched > 0) return []
  return [
    {
      code: 'route.suppressed',
      message: 'nobody of this batch is in the suppression list, and it does not say which key it was hashed with',
      place: { file: besideJob(job.file, job.suppress.file) },
      hint: "look whether it is the key that the job names; platen suppress writes the key's check into a list that it hashes from plain addresses",
    },
  ]
}
