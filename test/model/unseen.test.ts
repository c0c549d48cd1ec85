/** Signs that a channel leaves out, inside of a link and in keys: what reads as a link once it is sent is found before. */
import { expect, test } from 'vitest'
import { oneLine, visible } from '../../src/channels/email/plain/tidy.ts'
import { plain } from '../../src/channels/sms/plain.ts'
import { linkIn, linkPath } from '../../src/model/text/link.ts'
import { inOneLine } from '../../src/model/text/oneline.ts'

const nobody = new Set<string>()

/** As each channel sends a value, by its own cleaning. */
const sendings: readonly ((value: string) => string)[] = [
  value => plain(inOneLine(value, [value])),
  value => visible(inOneLine(value, [value])),
  visible,
  oneLine,
]

/** All code points but those of planes and scripts that are alike throughout: one of 29 there, one of 1021 in the empty planes. */
function* codePoints(): Generator<string> {
  for (let code = 0; code <= 0x10ffff; ) {
    if (code < 0xd800 || code > 0xdfff) yield String.fromCodePoint(code)
    const alike = (code >= 0x3400 && code < 0xd000) || (code >= 0x10000 && code < 0x30000)
    code += code >= 0xe1000 || (code >= 0x30000 && code < 0xdf000) ? 1021 : alike ? 29 : 1
  }
}

test('whatever stands between its letters, a value that reads as a link when it is sent is found', () => {
  const passed: string[] = []
  const look = (value: string, reads: (sent: string) => boolean): void => {
    for (const send of sendings) {
      const sent = send(value)
      if (!reads(sent)) continue
      for (const mailAddresses of [false, true])
        if (linkPath({ value }, { message: () => sent, allowed: nobody, mailAddresses }) === undefined)
          passed.push(JSON.stringify(value))
    }
  }
  for (const sign of codePoints()) {
    look(`evil.${sign}com/pay`, sent => sent.includes('evil.com'))
    look(`https${sign}://evil`, sent => sent.includes('https://'))
    look(`evil d${sign}ot com`, sent => sent.includes('evil dot com'))
    look(`a@b.example${sign}/now`, sent => sent.includes('example/now'))
    // In the place of the dot: what is told of a text is told of a value, too.
    look(`evil${sign}com/pay`, sent => linkIn(sent, nobody) !== undefined)
  }
  expect(passed).toEqual([])
}, 60_000)

test('a key of a map can be printed, and is looked at as values are', () => {
  const message = (): string => 'Charges: evil.com/pay 12'
  const search = { message, allowed: nobody }
  expect(linkPath({ charges: { 'evil.com/pay': 12 } }, search)).toBe('a key of charges')
  expect(linkPath({ lines: [{ 'evil.com/pay': null }] }, search)).toBe('a key of lines.0')
  expect(linkPath({ 'evil.com/pay': true }, search)).toBe('a key of the data')
  expect(linkPath({ charges: { 'other.com': 12 } }, search)).toBeUndefined()
  expect(inOneLine('Dear A\nPaid', { names: { 'A\nPaid': 1 } })).toBe('Dear A Paid')
})
