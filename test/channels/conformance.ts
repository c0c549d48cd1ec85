/** The suite that every channel passes, whatever it makes: what the contract in src/model/channel.ts promises in words. */
import fc from 'fast-check'
import Handlebars from 'handlebars'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  Brand,
  Channel,
  Communication,
  Data,
  Enclosure,
  OpenChannel,
  Piece,
  Prepared,
  Result,
  Source,
} from '../../src/model/index.ts'
import { compileCheck } from '../../src/schema/index.ts'
import { fixtureBrand } from '../brand/fixture.ts'

/** What the suite needs to know of a channel. Sources show `{{who}}` and `{{amount}}`. */
export interface Fixture {
  readonly channel: Channel
  readonly sources: Readonly<Record<string, Source>>
  readonly settings?: Data
  readonly enclosed?: Readonly<Record<string, Enclosure>>
  /** A source with a mistake, and the line where it stands. */
  readonly bad: { readonly sources: Readonly<Record<string, Source>>; readonly line: number }
}

const date = '2026-03-09'

/** As the template's room merges: by each text's own escaping. */
function merge(prepared: Prepared, data: Data): Record<string, string> {
  const handlebars = Handlebars.create()
  return Object.fromEntries(
    Object.entries(prepared.texts).map(([name, source]) => [
      name,
      handlebars.compile(source.text, { noEscape: source.escape === 'none' })({
        locale: 'en-GB',
        brand: { name: 'Nord & Sohn' },
        ...data,
      }),
    ]),
  )
}

function communication(id: string, who: string): Communication {
  const recipient = { name: who, email: 'olena@example.org', phone: '+380441234567', address: ['Kyiv'] }
  return { id, locale: 'en-GB', recipient, data: { who } }
}

/** Strings that have broken programs: markup, scripts, templates, headers, direction marks, control characters, halves of pairs. */
export const hostile: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '{{constructor.constructor "return process"}}',
  'a\r\nBcc: evil@example.com\r\n\r\n<b>',
  'a@b.example, evil@example.com',
  '\u202E05,284 1\u202C',
  'zero\u200Bwidth\uFEFF\u2060',
  'null\0bell\x07escape\x1B[31m',
  '\uD800 half \uDFFF',
  '=?utf-8?B?SGVsbG8=?=',
  '.\r\n.\r\n',
  '--=_mixed_0--',
  'javascript:alert(1)',
  ']]><!--',
  '<!-- --> &amp; &#0; &bogus;',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 🏳️‍🌈 ﷽ Ä́̈̂',
  '\uE0000\uE001 \uE002',
  'x'.repeat(500),
  '   ',
  '__proto__',
]

/** Runs the suite. */
export function conforms({ channel, sources, settings = {}, enclosed = {}, bad }: Fixture): void {
  describe(`${channel.name} keeps the channel contract`, () => {
    let brand: Brand
    let prepared: Prepared
    let open: OpenChannel
    let before: readonly string[]
    // The test runner has timers and file requests of its own.
    const held = (): string[] =>
      process.getActiveResourcesInfo().filter(kind => !/^(Timeout|Immediate|FSReq)/.test(kind))

    beforeAll(async () => {
      brand = await fixtureBrand()
      before = held()
      prepared = structuredClone(must(await channel.prepare({ sources, settings, brand })))
      open = await channel.open(prepared, { brand: structuredClone(brand), settings })
    })

    afterAll(async () => {
      await open.close()
      expect(held()).toEqual(before)
    })

    const render = (id: string, who: string, amount: string, opened = open): Promise<Result<Piece>> =>
      opened.render({ communication: communication(id, who), date, texts: merge(prepared, { who, amount }), enclosed })

    test('it has a name, files, an escape, settings that are a schema, and an output', () => {
      expect(channel.name).toMatch(/^[a-z][a-z0-9-]*$/)
      expect(Object.keys(sources)).toContain(channel.files[0])
      expect(['markup', 'html', 'none']).toContain(channel.escape)
      expect(compileCheck(channel.settings, 'settings')).toMatchObject({ ok: true })
      expect(channel.output.folder).toMatch(/^[a-z][a-z0-9-]*$/)
      const names = Object.keys((channel.settings['properties'] ?? {}) as object)
      expect(names).toEqual(expect.arrayContaining([...channel.encloses]))
    })

    const whenOwn = channel.ownBytes === true ? test : test.skip
    whenOwn(
      'bytes that it calls its own fill their memory, and nothing is missed once that is given back',
      async () => {
        const first = must(await render('1', 'Olena Kovalenko', '1,482.50'))
        const copy = Buffer.from(first.bytes)
        const others = must(await render('2', 'Somebody Else', '7.00'))
        const told = await open.read(others.bytes)
        expect(first.bytes.buffer.byteLength).toBe(copy.length)
        expect(others.bytes.buffer).not.toBe(first.bytes.buffer)
        ;(first.bytes.buffer as ArrayBuffer).transfer(0)
        expect(await open.read(others.bytes)).toBe(told)
        const again = must(await render('1', 'Olena Kovalenko', '1,482.50'))
        expect(Buffer.compare(again.bytes, copy)).toBe(0)
      },
    )

    test('the same request gives the same bytes, in another place and after another communication', async () => {
      const first = must(await render('1', 'Olena Kovalenko', '1,482.50'))
      await render('2', 'Somebody Else', '7.00')
      const again = must(await render('1', 'Olena Kovalenko', '1,482.50'))
      const other = await channel.open(structuredClone(prepared), { brand: structuredClone(brand), settings })
      const elsewhere = must(await render('1', 'Olena Kovalenko', '1,482.50', other))
      await other.close()
      expect(Buffer.compare(first.bytes, again.bytes)).toBe(0)
      expect(Buffer.compare(first.bytes, elsewhere.bytes)).toBe(0)
      expect(first.measures).toEqual(elsewhere.measures)
      const preparedAgain = must(await channel.prepare({ sources, settings, brand }))
      expect(preparedAgain).toEqual(prepared)
    })

    test('pieces made at the same time do not mix', async () => {
      const alone = must(await render('1', 'Olena Kovalenko', '1,482.50'))
      const [together] = await Promise.all([
        render('1', 'Olena Kovalenko', '1,482.50'),
        render('2', 'Somebody Else', '7.00'),
      ])
      expect(Buffer.compare(alone.bytes, must(together).bytes)).toBe(0)
    })

    test("O'Brien & Sons <1> reads right", async () => {
      const piece = must(await render('1', "O'Brien & Sons <1>", '1,482.50'))
      const text = await open.read(piece.bytes)
      expect(text).toContain("O'Brien & Sons <1>")
      expect(text).toContain('1,482.50')
      expect(text).not.toMatch(/&(amp|lt|#x27|quot);/)
    })

    test('nothing of another customer is in a piece', async () => {
      await render('2', 'CANARY-7f3a', '66,666.66')
      const piece = must(await render('1', 'Olena Kovalenko', '1,482.50'))
      const text = await open.read(piece.bytes)
      for (const foreign of ['CANARY-7f3a', '66,666.66']) {
        expect(text).not.toContain(foreign)
        expect(Buffer.from(piece.bytes).includes(foreign)).toBe(false)
      }
    })

    test('a bad source is a fault with its place', async () => {
      const result = await channel.prepare({ sources: bad.sources, settings, brand })
      expect(result.ok).toBe(false)
      const [fault] = result.ok ? [] : result.faults
      expect(fault?.place).toMatchObject({ file: Object.values(bad.sources)[0]?.file, line: bad.line })
      expect(fault?.hint).toBeTruthy()
    })

    test.each(hostile)('data %j is harmless', async who => {
      const result = await render('1', who, '1,482.50')
      if (!result.ok) {
        for (const { code, message } of result.faults) expect([code, message]).not.toContain(undefined)
        return
      }
      const text = await open.read(result.value.bytes)
      expect(text).toContain('1,482.50')
      expect(text.isWellFormed()).toBe(true)
      expect(text).not.toMatch(/[\0-\x08\x0B\x0E-\x1F\x7F\u202A-\u202E\u2066-\u2069]/)
    })

    test('any text at all is rendered or a fault, and always the same way', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async who => {
          const first = await render('1', who, '1,482.50')
          const second = await render('1', who, '1,482.50')
          expect(second.ok).toBe(first.ok)
          if (!first.ok || !second.ok) return
          expect(Buffer.compare(first.value.bytes, second.value.bytes)).toBe(0)
          expect(await open.read(first.value.bytes)).toContain('1,482.50')
        }),
        { numRuns: 60 },
      )
    })
  })
}

/** The value of a result that has to be one. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.faults, null, 1))
  return result.value
}
