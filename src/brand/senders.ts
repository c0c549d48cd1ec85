/** Who writes: the sender of mails and of text messages. */
import { domainToASCII } from 'node:url'
import { type Brand, type Fault, mixedAlphabets, mixedHint, quote, type Result, settle } from '../model/index.ts'
import type { CheckedSettings } from './settings.ts'

/** Senders as channels use them. Addresses are ASCII, SMS senders 1-11 Latin letters or digits, or a number. */
export function readSenders({ value, at }: CheckedSettings): Result<Brand['senders']> {
  const faults: Fault[] = []
  const { email, sms } = value.senders ?? {}
  for (const key of ['address', 'replyTo'] as const) {
    const address = email?.[key]
    if (address === undefined || /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+$/.test(address)) continue
    faults.push({
      code: 'brand.sender',
      place: at(['senders', 'email', key]),
      ...notAscii(`senders.email.${key}`, address),
    })
  }
  if (email !== undefined && /[\p{Cc}\p{Cf}]/u.test(email.name)) {
    faults.push({
      code: 'brand.sender',
      message: `senders.email.name has a control character (found ${quote(email.name)})`,
      place: at('senders.email.name'),
      hint: 'write it on one line, as recipients shall read it',
    })
  }
  const sender = sms === undefined ? undefined : String(sms)
  if (sender !== undefined && !isSmsSender(sender)) {
    faults.push({
      code: 'brand.sender',
      message: `senders.sms is no sender of text messages (found ${quote(sender)})`,
      place: at('senders.sms'),
      hint: 'use at most 11 Latin letters or digits, a letter among them, or a number such as "+380441234567"',
    })
  }
  return settle({ ...(email === undefined ? {} : { email }), ...(sender === undefined ? {} : { sms: sender }) }, faults)
}

/** What is wrong with an address in other letters, and how it is written. */
function notAscii(whose: string, address: string): Pick<Fault, 'message' | 'hint'> {
  const [local = '', domain = ''] = address.split('@')
  const mixed = [local, ...domain.split('.')].flatMap(part => mixedAlphabets(part) ?? [])[0]
  if (mixed !== undefined)
    return {
      message: `${whose} has ${mixed} letters in one part, which look alike (found ${quote(address)})`,
      hint: mixedHint,
    }
  const ascii = domainToASCII(domain)
  return {
    message: `${whose} has letters outside ASCII (found ${quote(address)})`,
    hint: !/^[\0-\x7f]*$/.test(local)
      ? 'take an address in A to Z before the @: not every mail server takes other letters'
      : `write the domain in its xn-- form${ascii === '' ? '' : `: ${local}@${ascii}`}`,
  }
}

/** Alphanumeric sender (3GPP TS 23.040 §9.1.2.5: 11 characters), international number (E.164: 15 digits) or short code. */
export function isSmsSender(text: string): boolean {
  return /^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/.test(text) || /^\+[1-9]\d{6,14}$/.test(text) || /^\d{3,8}$/.test(text)
}
