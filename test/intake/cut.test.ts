/** Cutting: every byte of the file is in exactly one record, and damage stays where it is. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cut, type CutOptions, Cutter } from '../../src/intake/cut.ts'
import { ElementCutter } from '../../src/intake/elements.ts'
import { splitRecords } from '../../src/intake/split.ts'

function cutAll(bytes: Buffer, options: CutOptions, chunk = 7, fields?: number): { cuts: Cut[]; texts: string[] } {
  const cutter = new Cutter(options)
  if (fields !== undefined) cutter.expect(fields)
  const cuts: Cut[] = []
  const texts: string[] = []
  const take = (): void => {
    for (const cut of cutter.take()) {
      cuts.push(cut)
      texts.push(cutter.bytes(cut.start, cut.end).toString(options.unit === 2 ? 'utf16le' : 'utf8'))
    }
  }
  for (let at = 0; at < bytes.length; at += chunk) {
    cutter.push(bytes.subarray(at, at + chunk))
    take()
  }
  cutter.push(undefined)
  take()
  return { cuts, texts }
}

const csv: CutOptions = { delimiter: ',' }
const cutText = (text: string, fields?: number) => cutAll(Buffer.from(text), csv, 7, fields)

describe('cut', () => {
  test('line endings may be mixed, the last may be missing, and a quoted field may hold some', () => {
    const { cuts, texts } = cutText('a,b\r\n1,2\r"x\r\ny",3\n\n4,5')
    expect(texts).toEqual(['a,b\r\n', '1,2\r', '"x\r\ny",3\n', '\n', '4,5'])
    expect(cuts.map(({ line, blank }) => [line, blank])).toEqual([
      [1, false],
      [2, false],
      [3, false],
      [5, true],
      [6, false],
    ])
  })

  test.each([
    ['"a,b\n1,2\n', 'unclosed', ['"a,b\n', '1,2\n']],
    ['x,"a"b,c\n1,2,3\n', 'after-quote', ['x,"a"b,c\n', '1,2,3\n']],
    ['x,a"b,c\n1,2,3\n', 'inner-quote', ['x,a"b,c\n', '1,2,3\n']],
    ['1,"abc,5\n2,"def",6\n', 'unclosed', ['1,"abc,5\n', '2,"def",6\n']],
  ])('damage costs its own line only: %j', (text, kind, lines) => {
    const { cuts, texts } = cutText(text)
    expect(texts).toEqual(lines)
    expect(cuts.map(cut => cut.flaw?.kind)).toEqual([kind, undefined, ...lines.slice(2).map(() => undefined)])
  })

  test('a stray quote that swallows lines is seen by the number of fields', () => {
    const { cuts, texts } = cutText('1,"x,5\n2,y,6\n3,"\n4,w,8\n', 3)
    expect(texts).toEqual(['1,"x,5\n', '2,y,6\n', '3,"\n', '4,w,8\n'])
    expect(cuts.map(cut => cut.flaw?.kind)).toEqual(['unclosed', undefined, 'unclosed', undefined])
    expect(cuts[0]?.flaw?.at).toBe(2)
  })

  test.each([
    ['1,"x\ny",5,6\n2,y,6\n', ['1,"x\ny",5,6\n', '2,y,6\n']],
    ['1,"x\r\ny"\r\n2,y,6\r\n', ['1,"x\r\ny"\r\n', '2,y,6\r\n']],
    ['1,"x, 1\n2\ny",5,"6\n7",8\n2,y,6\n', ['1,"x, 1\n2\ny",5,"6\n7",8\n', '2,y,6\n']],
  ])('a row with a line break in a field, and with too many fields or too few, is one: %j', (text, lines) => {
    const { cuts, texts } = cutText(text, 3)
    expect(texts).toEqual(lines)
    expect(cuts.map(cut => cut.flaw)).toEqual([undefined, undefined])
  })

  test('what may be a row of somebody else is not taken into one', () => {
    const { cuts, texts } = cutText('1,"x,5\n3,"\n4,w,8\n', 3)
    expect(texts).toEqual(['1,"x,5\n', '3,"\n', '4,w,8\n'])
    expect(cuts.map(cut => cut.flaw?.kind)).toEqual(['unclosed', 'unclosed', undefined])
  })

  test('a line longer than the longest stops cutting, at its number; a quote that is open so long is damage', () => {
    const cutter = new Cutter({ delimiter: ',', longest: 100 })
    cutter.push(Buffer.from(`a,b\n${'x'.repeat(120)}`))
    expect(cutter.take()).toHaveLength(1)
    expect(cutter.refusal).toMatchObject({ code: 'intake.long', line: 2 })
    const open = new Cutter({ delimiter: ',', longest: 100 })
    open.push(Buffer.from(`"a,b\n${'1,2\n'.repeat(40)}`))
    expect(open.take()[0]?.flaw?.kind).toBe('unclosed')
  })

  test('half a code unit at the end of UTF-16 is given out, to be met by decoding', () => {
    const { cuts } = cutAll(Buffer.concat([Buffer.from('a\n', 'utf16le'), Buffer.from([65])]), { ...csv, unit: 2 })
    expect(cuts.map(({ start, end }) => [start, end])).toEqual([
      [0, 4],
      [4, 5],
    ])
  })

  const dirt = fc.string({ unit: fc.constantFrom('a', 'ж', ',', '"', '\n', '\r', '\r\n', ';', ' '), maxLength: 60 })

  test('property: the byte ranges put together give the file back, whatever stands in it and however it is chunked', () => {
    fc.assert(
      fc.property(
        dirt,
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        fc.option(fc.integer({ min: 1, max: 4 })),
        (text, chunk, wide, fields) => {
          const bytes = Buffer.from(text, wide ? 'utf16le' : 'utf8')
          const options = wide ? { ...csv, unit: 2 as const } : csv
          const { cuts, texts } = cutAll(bytes, options, chunk, fields ?? undefined)
          expect(texts.join('')).toBe(text)
          expect(cutAll(bytes, options, bytes.length + 1, fields ?? undefined).cuts).toEqual(cuts)
          cuts.forEach((cut, at) => void expect(cut.start).toBe(at === 0 ? 0 : cuts[at - 1]?.end))
          // Every cut begins on the line that its bytes say.
          for (const cut of cuts) {
            const before = text.slice(
              0,
              (wide ? bytes.subarray(0, cut.start).toString('utf16le') : bytes.subarray(0, cut.start).toString())
                .length,
            )
            expect(cut.line).toBe(before.split(/\r\n|\n|\r/).length)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  test('property: what a CSV writer wrote is cut and split into the same fields, with and without quotes', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'ї', ' ', '='), maxLength: 8 })
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 8 })
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), (written, ending, always) => {
        const quoted = (text: string): string =>
          always || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
        const text = written.map(row => row.map(quoted).join(',') + ending).join('')
        const { cuts, texts } = cutText(text, 2)
        expect(cuts.every(cut => cut.flaw === undefined && !cut.blank)).toBe(true)
        expect(splitRecords(texts.join(''), cuts.length, { delimiter: ',', quote: '"' })).toEqual(written)
      }),
    )
  })

  test('property: without quotes the short way splits as csv-parse does', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', ',', 'б', ' '), minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(
        fc.array(plain, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        (lines, ending) => {
          const text = lines.join(ending)
          const short = splitRecords(text, lines.length, { delimiter: ',', quote: '"' })
          const long = splitRecords(`${text}${ending}"",`, lines.length + 1, { delimiter: ',', quote: '"' })
          expect(long.slice(0, -1)).toEqual(short)
        },
      ),
    )
  })
})

describe('elements', () => {
  function elements(text: string, chunk: number): { texts: string[]; lines: number[]; refusal: unknown } {
    const cutter = new ElementCutter()
    const texts: string[] = []
    const lines: number[] = []
    const bytes = Buffer.from(text)
    for (let at = 0; at <= bytes.length; at += chunk) {
      cutter.push(bytes.subarray(at, at + chunk))
      for (const cut of cutter.take()) {
        texts.push(cutter.bytes(cut.start, cut.end).toString())
        lines.push(cut.line)
      }
    }
    cutter.push(undefined)
    cutter.take()
    return { texts, lines, refusal: cutter.refusal }
  }

  test.each([1, 3, 100])('the elements of a list, as they were written (chunks of %i)', chunk => {
    const found = elements(' [\n{"a": "],[\\"" },\n{"b":[1,{}]}\n, 7 ]\n', chunk)
    expect(found.texts.map(text => text.trim())).toEqual(['{"a": "],[\\"" }', '{"b":[1,{}]}', '7'])
    expect(found.lines).toEqual([2, 3, 4])
    expect(found.refusal).toBeUndefined()
  })

  test.each([
    ['{}', 'the file is not a list', 1],
    ['[1,\n2', 'the file ends before its list does', 2],
    ['[1] x', 'something stands after the end of the list', 1],
    ['', 'the file ends before its list does', 1],
  ])('%j is no list', (text, message, line) => {
    expect(elements(text, 5).refusal).toMatchObject({ code: 'intake.json', message, line })
  })
})
