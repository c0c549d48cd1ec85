/** Opens the channel for rendering: a merged text becomes one line of messages.jsonl, its parts counted exactly. */
import {
  type Brand,
  type Carrier,
  type Communication,
  type Demand,
  done,
  type Fault,
  type ForeseeRequest,
  failed,
  inOneLine,
  linkOfValue,
  linkOfWords,
  mayHaveOtherLinks,
  type OpenChannel,
  type OpenRequest,
  ownHosts,
  type Piece,
  type Prepared,
  type Purpose,
  quote,
  type RenderRequest,
  type Result,
  says,
  type Telling,
} from '../../model/index.ts'
import { demandOf, isLetters, lettersIn, senderTo } from './countries.ts'
import { type Keeping, keptIn } from './kept.ts'
import { earning, type Kind, kindOf, kinds } from './kind.ts'
import { type Message, mend, respellings } from './mend.ts'
import { wordsDemand } from './optout.ts'
import { overBudget } from './over.ts'
import { callingCode, isFlaw, type Phone, phone } from './phone.ts'
import { saysCountry } from './phonesigns.ts'
import { plain } from './plain.ts'
import { read, readApart } from './read.ts'
import { remarksOn, type Sent } from './remarks.ts'
import { type Terms, termsOf } from './settings.ts'

/**
 * A piece's bytes are its line: `{"id","from","to","text","encoding","parts"}` in this order, `\n` behind it; `shift` behind them where national
 * tables have to be told to the gateway.
 * Its own text goes through `plain`, so `read` gives amounts back with plain blanks and hyphens.
 */
export async function open(
  prepared: Prepared,
  { brand, settings, purpose = 'service', recipient }: OpenRequest,
): Promise<OpenChannel> {
  const desk: Desk = {
    brand,
    terms: termsOf(settings, brand, recipient),
    purpose,
    hosts: ownHosts(prepared.texts['text']?.text, brand.wording, brand.company, brand.partials),
  }
  // Of a message that can be sent, remarks are asked for next, by the same request.
  let last: { readonly request: object; readonly written: ReturnType<typeof write> } | undefined
  const writeOnce = (request: ForeseeRequest): ReturnType<typeof write> => {
    if (last?.request !== request) last = { request, written: write(request, desk) }
    return last.written
  }
  return {
    render: async request => render(request, desk),
    refuses: request => {
      const written = writeOnce(request)
      return written.ok ? [] : written.faults
    },
    remarks: request => {
      const written = writeOnce(request)
      return written.ok ? remarksOn(written.value, desk.terms) : []
    },
    addressOf: communication => {
      const to = recipientNumber(communication, desk.terms)
      return to.ok ? to.value.number : undefined
    },
    read: async bytes => read(bytes),
    readApart: async bytes => readApart(bytes),
    respell: (text, locale) => respellings(text, { ...desk.terms, locale }),
    close: async () => {},
  }
}

/** How a message is made: the brand, the terms of template and job, and what it is for. */
interface Desk {
  readonly brand: Brand
  readonly terms: Terms
  readonly purpose: Purpose
  /** Hosts that template and brand say themselves. */
  readonly hosts: ReadonlySet<string>
}

function render(request: Omit<RenderRequest, 'enclosed'>, desk: Desk): Result<Piece> {
  const written = write(request, desk)
  if (!written.ok) return written
  const { from, to, text, counted, country } = written.value
  const { encoding, parts, tables } = counted
  const shift = tables === undefined ? {} : { shift: { language: desk.terms.shift, tables } }
  const line = { id: request.communication.id, from, to, text, encoding, parts, ...shift }
  return done({
    bytes: Buffer.from(`${JSON.stringify(line)}\n`),
    mediaType: 'application/json',
    measures: { parts, encoding, ...(country === undefined ? {} : { country }) },
  })
}

/** What a message would say, and to whom. */
interface Draft {
  readonly communication: Communication
  /** As it was merged, and as it would be sent. */
  readonly merged: string
  readonly text: string
  /** How values may be written in other letters on their way. */
  readonly respell: (value: string) => readonly string[]
  readonly telling: Telling
}

/** The message as it would be sent, or why it must not be. */
function write(request: Omit<RenderRequest, 'enclosed'>, desk: Desk): Result<Sent & { readonly to: string }> {
  const { communication, texts, retell, exact: shown = [], foreseen = false } = request
  const { brand, terms, purpose } = desk
  const to = recipientNumber(communication, terms)
  if (!to.ok) return to
  const { number, country, kind } = to.value
  const { locale, data, recipient } = communication
  const merged = mergedOf(texts, communication)
  if (merged === '') return failed(noText)
  const exact = [communication.id, ...shown]
  const { text, counted } = mend(messageOf(merged, { data, exact }), { ...terms, locale })
  const respell = (value: string): readonly string[] =>
    neverRespelt.test(value) ? [] : respellings(value, { ...terms, locale })
  const telling: Telling = {
    communication,
    links: terms.links,
    spellings: value => {
      const spelt = plain(value.replace(/\s+/g, ' '))
      return [...new Set([spelt, ...respell(spelt)])].filter(one => one !== '')
    },
    retell: values => {
      const other = { ...communication, ...values }
      const told = retell?.(other)
      const message = told === undefined ? undefined : messageOf(mergedOf(told, other), { data: other.data, exact })
      return message === undefined ? undefined : mend(message, { ...terms, locale }).text
    },
  }
  const draft: Draft = { communication, merged, text, respell, telling }
  const link = foreseen ? undefined : linkBrought(draft, desk)
  if (link !== undefined) return failed(link)
  if (counted.parts > terms.budget) return failed(overBudget(text, { counted, terms, locale, data, exact }))
  const from = senderTo(country, brand)
  const unsaid = purpose === 'marketing' && !foreseen ? optOutUnsaid(draft, { from, country }, desk) : undefined
  if (unsaid !== undefined) return failed(unsaid)
  const letters = isLetters(from) ? lettersIn(country, brand) : undefined
  const elsewhere = saysCountry(recipient.phone ?? '') ? undefined : terms.dialled.elsewhere(communication)
  return done({ from, letters, to: number, text, counted, country, kind, elsewhere, locale, data, exact })
}

/** A link that data brings: by a value, as it is merged or as it is sent, or by several together. */
function linkBrought(draft: Draft, { terms, hosts }: Desk): Fault | undefined {
  const { communication, merged, text, respell, telling } = draft
  const asMerged = text === merged
  // Nearly no message has more than its own hosts, and values are not looked through before one has.
  if (!mayHaveOtherLinks(text, hosts) && (asMerged || !mayHaveOtherLinks(merged, hosts))) return undefined
  const allowed = terms.links
  const spellings = (value: string): readonly string[] => respell(plain(value))
  return (
    linkOfValue(communication, { message: () => merged, allowed }, carrier) ??
    (asMerged ? undefined : linkOfValue(communication, { message: () => text, allowed, spellings }, carrier)) ??
    linkOfWords(text, hosts, telling, carrier)
  )
}

/** What a message that sells has to say so that its recipients can stop it, and does not. */
function optOutUnsaid(
  { text, respell, telling }: Draft,
  { from, country }: { readonly from: string; readonly country: string | undefined },
  { brand, terms }: Desk,
): Fault | undefined {
  const stop = terms.optOutFor(country)
  const demand = demandOf(country, from, { sms: brand.sms, respell })
  if (stop === undefined && demand === undefined) return noOptOutNamed(country)
  if (stop !== undefined && !says(text, wordsDemand(stop, respell), telling))
    return noOptOut(quote(plain(stop)), country)
  return demand === undefined || says(text, demand, telling) ? undefined : notDemanded(demand, country)
}

/** Letters and signs of ASCII that no mend writes otherwise: nearly all values, and messages that sell have each of theirs looked for. */
const neverRespelt = /^[ -Z_a-z]*$/

const carrier: Carrier = { channel: 'sms', message: 'the text message' }

function mergedOf(texts: RenderRequest['texts'], { data, recipient }: Communication): string {
  return plain(inOneLine(texts['text'] ?? '', [data, recipient.name]))
}

/** With the codes and addresses that stay as they are. */
function messageOf(text: string, keeping: Keeping): Message {
  return { text, kept: () => keptIn(text, keeping) }
}

const noText: Fault = {
  code: 'sms.empty',
  message: 'the text message is empty',
  hint: 'see sms.hbs, and which data makes it say nothing',
}

function recipientNumber(
  communication: Communication,
  terms: Terms,
): Result<Phone & { readonly kind?: Kind | undefined }> {
  const written = communication.recipient.phone
  const country = terms.dialled.in(communication)
  const like = country === undefined ? '+380501234567' : `+${callingCode(country)} …, or as it is dialled in ${country}`
  const hint = `write it like ${like}; or let clean.js empty it, and the other channels are made`
  if (written === undefined)
    return failed({ code: 'sms.recipient', message: 'the recipient has no phone number', hint })
  const misnamed = saysCountry(written) ? undefined : terms.dialled.misnamed(communication)
  if (misnamed !== undefined)
    return failed({
      code: 'sms.recipient',
      message: `the recipient's phone number has no +, and what stands in ${misnamed} is no country`,
      hint: 'write its two letters (ISO 3166-1), like UA, or nothing where the country of the brand is meant; clean.js can translate',
    })
  const to = phone(written, country)
  if (isFlaw(to))
    return failed({
      code: 'sms.recipient',
      message: `the recipient's phone number ${to.what}`,
      hint: to.hint ?? hint,
    })
  if (to.country === undefined && !terms.global.some(code => to.number.startsWith(code)))
    return failed(nowhere(to.number))
  const kind = to.country === undefined ? undefined : kindOf(to.number, to.country)
  if (kind !== undefined && earning.has(kind))
    return failed({
      code: 'sms.recipient',
      message: `the recipient's phone number is ${kinds[kind]} of ${to.country}, whose owner earns by what is sent there`,
      hint: 'ask for a number of their own, or empty the field where other channels serve',
    })
  return done({ ...to, kind })
}

/** Nobody knows what a message there costs, but it is many times as much as one to a telephone in a pocket. */
function nowhere(number: string): Fault {
  const code = number.slice(0, 4)
  const earned = code === '+808' || code === '+979'
  return {
    code: 'sms.recipient',
    message: `the recipient's phone number begins with ${code}, the code of no country: ${earned ? 'whoever owns it earns by what is sent there' : 'a satellite or an international network, paid for many times over'}`,
    hint: earned
      ? 'ask for a number of their own, or empty the field where other channels serve'
      : `ask for a number of a country, or allow the code: channels: { sms: { global: ["${code}"] } }`,
  }
}

function noOptOut(stop: string, country: string | undefined): Fault {
  return {
    code: 'sms.optout',
    message: `the text message sells and does not say ${stop}${country === undefined ? '' : ` (to ${country})`}`,
    hint: 'say in the wording how to stop: optOut under channels.sms is what it has to name, and what data brings does not count',
  }
}

function noOptOutNamed(country: string | undefined): Fault {
  return {
    code: 'sms.optout',
    message: `the text message sells, and nothing says how a recipient ${country === undefined ? 'of no country' : `in ${country}`} stops it`,
    hint: `say it in the wording, and name it: channels: { sms: { optOut: { ${country === undefined ? '' : `${country}: …, `}other: … } } }`,
  }
}

function notDemanded({ words }: Demand, country: string | undefined): Fault {
  return {
    code: 'sms.optout',
    message: `the text message sells and does not say ${quote(words)}, which ${country} demands`,
    hint: `say it in the wording for ${country}; what it has to be there can be named in brand.yaml: sms: { countries: { ${country}: { optOut: … } } }`,
  }
}
