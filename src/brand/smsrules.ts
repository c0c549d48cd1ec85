/** What a brand knows of countries that it sends text messages to: its sender there, and what is asked of it. */
import { type Brand, type Fault, quote, type Result, settle } from '../model/index.ts'
import { isSmsSender } from './senders.ts'
import type { CheckedSettings } from './settings.ts'

/** `sms` of brand.yaml; undefined where there is none. Faults: `brand.sender`. */
export function readSmsRules({ value, at }: CheckedSettings): Result<Brand['sms']> {
  if (value.sms === undefined) return settle(undefined, [])
  const faults: Fault[] = []
  const countries = Object.fromEntries(
    Object.entries(value.sms.countries ?? {}).map(([country, { sender: written, ...more }]) => {
      const sender = written === undefined ? undefined : String(written)
      if (sender !== undefined && !isSmsSender(sender)) {
        faults.push({
          code: 'brand.sender',
          message: `sms.countries.${country}.sender is no sender of text messages (found ${quote(sender)})`,
          place: at(['sms', 'countries', country, 'sender']),
          hint: 'use at most 11 Latin letters or digits, a letter among them, or a number such as "+380441234567"',
        })
      }
      return [country, { ...more, ...(sender === undefined ? {} : { sender }) }]
    }),
  )
  return settle({ countries }, faults)
}
