import { deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { packed, unpacked } from '../../../src/channels/pdf/flate.ts'

const room = 128 * 1024
/** Bytes that do and do not pack well, also just as many as there is room for, and more. */
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 3_000 }),
  fc
    .tuple(fc.constantFrom(0, 1, room - 1, room, room + 1, 3 * room), fc.integer({ min: 1, max: 1_000 }))
    .map(([length, step]) => Uint8Array.from({ length }, (_, at) => (at * step * step) >> 3)),
)

describe('streams', () => {
  afterEach(() => {
    vi.doUnmock('node:zlib')
    vi.resetModules()
  })

  it('are unpacked as zlib does it by handles of their own, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(anyBytes, { minLength: 1, maxLength: 4 }), all => {
        for (const bytes of all) {
          const text = unpacked(deflateSync(bytes, { level: 9 }))
          expect(Buffer.compare(Buffer.from(text, 'latin1'), bytes)).toBe(0)
        }
      }),
      { numRuns: 60 },
    )
    expect(inflateSync(packed('ÿ one sign a byte')).toString('latin1')).toBe('ÿ one sign a byte')
  })

  it('are packed alike whatever came before', () => {
    // zlib looks a byte beyond the end: what stands there, in a handle that is reset, is what it was given before.
    const figures = fc.string({ unit: fc.constantFrom(...'012345'), minLength: 100, maxLength: 300 })
    const long = fc.string({ unit: fc.constantFrom(...'012345 '), minLength: 7_900, maxLength: 7_960 })
    const texts = [...fc.sample(figures, { numRuns: 100, seed: 3 }), ...fc.sample(long, { numRuns: 20, seed: 3 })]
    const [once, again] = [
      texts.map(text => packed(text)),
      texts
        .toReversed()
        .map(text => packed(text))
        .toReversed(),
    ]
    once.forEach((bytes, at) => {
      expect(Buffer.compare(bytes, again[at]!)).toBe(0)
      expect(unpacked(bytes)).toBe(texts[at])
    })
  })

  it('are packed as small in the memory that short ones get', () => {
    for (const length of [0, 1, 300, 5_000, 7_929, 7_930, 7_931, 40_000]) {
      // What comes again does so at the farthest.
      const line = Array.from({ length: 900 }, (_, at) => String.fromCharCode(33 + ((at * at * 7 + at) % 90))).join('')
      const text = (line + '-'.repeat(Math.max(0, length - 1_800)) + line).slice(-length || line.length * 3)
      const bytes = packed(text)
      expect(inflateSync(bytes).toString('latin1')).toBe(text)
      expect(bytes.length).toBeLessThanOrEqual(deflateSync(Buffer.from(text, 'latin1'), { level: 2 }).length)
    }
  })

  it('that are none, or a part, or damaged, throw, and the next one is read', () => {
    const whole = deflateSync(Buffer.from('what is owed '.repeat(200)))
    const damaged = Buffer.from(whole)
    damaged[whole.length - 1]! ^= 1
    for (const broken of [Buffer.from('no stream'), whole.subarray(0, -5), Buffer.alloc(0), damaged]) {
      expect(() => unpacked(broken)).toThrow()
      expect(() => inflateSync(broken)).toThrow()
      expect(unpacked(whole)).toBe('what is owed '.repeat(200))
    }
  })

  it('are the same where streams of Node are otherwise inside', async () => {
    vi.resetModules()
    vi.doMock('node:zlib', async original => {
      const zlib = await original<typeof import('node:zlib')>()
      const bare = (stream: object) => Object.assign(Object.create(stream), { _handle: {} })
      return {
        ...zlib,
        createDeflate: () => bare(zlib.createDeflate()),
        createInflate: () => bare(zlib.createInflate()),
      }
    })
    const elsewhere = await import('../../../src/channels/pdf/flate.ts')
    const bytes = Buffer.from('0 0 m 10 10 l S\n'.repeat(90))
    expect(elsewhere.unpacked(packed(bytes))).toBe(bytes.toString('latin1'))
    // There each is packed by a handle of its own.
    const pages = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'0123 (\0'), maxLength: 8_000 }),
      fc
        .tuple(fc.integer({ min: 3, max: 90 }), fc.integer({ min: 7_900, max: 66_000 }))
        .map(([step, length]) => Array.from({ length }, (_, at) => String.fromCharCode((at * at) % step)).join('')),
    )
    fc.assert(
      fc.property(pages, fc.nat(400), (text, tail) => {
        const one = text + text.slice(0, tail)
        expect(Buffer.compare(packed(one), elsewhere.packed(one))).toBe(0)
      }),
      { numRuns: 400 },
    )
  })

  it('are the same where what is inside packs otherwise than it says', async () => {
    vi.resetModules()
    vi.doMock('node:zlib', async original => {
      const zlib = await original<typeof import('node:zlib')>()
      return { ...zlib, createDeflate: () => zlib.createDeflate({ level: 9 }) }
    })
    const elsewhere = await import('../../../src/channels/pdf/flate.ts')
    for (const length of [30, 6_000, 30_000]) {
      const text = Array.from({ length }, (_, at) => String.fromCharCode(48 + ((at * at) % 71))).join('')
      expect(Buffer.compare(packed(text), elsewhere.packed(text))).toBe(0)
    }
  })

  it('are packed by another handle where one is gone', async () => {
    vi.resetModules()
    const made: { destroy: () => void }[] = []
    vi.doMock('node:zlib', async original => {
      const zlib = await original<typeof import('node:zlib')>()
      const kept: typeof zlib.createDeflate = settings => {
        const one = zlib.createDeflate(settings)
        made.push(one)
        return one
      }
      return { ...zlib, createDeflate: kept }
    })
    const elsewhere = await import('../../../src/channels/pdf/flate.ts')
    const text = 'what is owed '.repeat(200)
    expect(Buffer.compare(elsewhere.packed(text), packed(text))).toBe(0)
    made[0]!.destroy()
    expect(Buffer.compare(elsewhere.packed(text), packed(text))).toBe(0)
    expect(Buffer.compare(elsewhere.packed(text), packed(text))).toBe(0)
    expect(made).toHaveLength(2)
  })
})
