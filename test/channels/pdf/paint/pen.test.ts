/** The pen writes what texts would say, byte for byte, however much it is. */
import { describe, expect, it } from 'vitest'
import { writtenCode } from '../../../../src/channels/pdf/paint/codes.ts'
import { Pen } from '../../../../src/channels/pdf/paint/pen.ts'
import { number, ofThousandths } from '../../../../src/channels/pdf/paint/strings.ts'

function writtenBy(write: (pen: Pen) => void): string {
  const pen = new Pen()
  pen.begin()
  write(pen)
  return Buffer.from(pen.written).toString('latin1')
}

describe('a pen', () => {
  it('writes numbers as strings are written', () => {
    const values = [
      0, -0, 0.0004, 0.001, 0.01, 0.1, 0.12, 0.123, 1, 9.999, 9.9996, 10, 99.5, 100, 841.89, 1000, 9999.999,
    ]
    for (const value of [...values, 10_000, 123_456.7, 1e12, ...values.map(one => -one)]) {
      expect(writtenBy(pen => pen.number(value))).toBe(number(value))
      const thousandths = Math.round(value * 1000)
      expect(writtenBy(pen => pen.thousandths(thousandths))).toBe(ofThousandths(thousandths))
    }
    for (let thousandths = 0; thousandths < 12_000; thousandths += 1)
      expect(writtenBy(pen => pen.thousandths(thousandths))).toBe(ofThousandths(thousandths))
  })

  it('writes codes as two bytes each, and moves between them but not behind the last', () => {
    const all = Array.from({ length: 0x200 }, (_, code) => code)
    expect(writtenBy(pen => pen.codes(all, undefined))).toBe(all.map(writtenCode).join(''))
    expect(writtenBy(pen => pen.codes([0x41, 0x28, 0x42], [-12_500, 0, 40]))).toBe('\0A)-12.5(\0\\(\0B')
    expect(writtenBy(pen => pen.codes([0x41], [7]))).toBe('\0A')
    expect(writtenBy(pen => pen.codes([], undefined))).toBe('')
  })

  it('writes bytes as they are, and says how many it wrote', () => {
    const much = Buffer.alloc(100_000, 0xfe)
    const pen = new Pen()
    pen.begin()
    pen.text('a')
    pen.bytes(much)
    pen.text('z')
    expect(pen).toHaveLength(100_002)
    expect(Buffer.compare(pen.written, Buffer.concat([Buffer.from('a'), much, Buffer.from('z')]))).toBe(0)
  })

  it('has room for whatever is written, and begins anew', () => {
    const pen = new Pen()
    const much = Array.from({ length: 50_000 }, () => 0x29)
    for (const again of [1, 2, 3]) {
      pen.begin()
      for (let at = 0; at < again; at += 1) pen.codes(much, undefined)
      pen.text('end')
      expect(Buffer.from(pen.written).toString('latin1')).toBe(`${'\0\\)'.repeat(50_000 * again)}end`)
    }
    pen.begin()
    expect(pen.written).toHaveLength(0)
    // What a large page needed is let go.
    expect(pen.written.buffer.byteLength).toBe(64 * 1024)
  })
})
