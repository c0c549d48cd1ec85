/** Files as they are written: what stands where, what names them, and that none has anything of the one before. */
import { describe, expect, it } from 'vitest'
import { Writer } from '../../../../src/channels/pdf/paint/writer.ts'

const bytes = (letter: string, length = 9) => Buffer.alloc(length, letter)

function written(streams: readonly Uint8Array[], once: readonly Uint8Array[] = []): Buffer {
  const writer = new Writer()
  for (const one of streams) writer.stream('/Own true', one)
  for (const one of once) writer.once('/Font true', one)
  const root = writer.reserve()
  writer.put(root, '<</Type /Catalog>>')
  return Buffer.from(writer.end(root, root))
}

const name = (file: Buffer) => /\/ID \[<([0-9a-f]{32})> <\1>\]/.exec(file.toString('latin1'))?.[1]

/** Offsets of a cross-reference stream that is not packed, by object number. */
function offsets(file: Buffer): [number, number][] {
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file.toString('latin1'))![1])
  const head = file.toString('latin1', start)
  const wide = Number(/\/W \[1 (\d) 1\]/.exec(head)![1])
  const begin = start + head.indexOf('stream\n') + 7
  const size = Number(/\/Size (\d+)/.exec(head)![1])
  return Array.from({ length: size }, (_, id): [number, number] => {
    const row = begin + id * (wide + 2)
    return [id, file[row] === 1 ? file.readUIntBE(row + 1, wide) : 0]
  }).filter(([, at]) => at > 0)
}

describe('a file', () => {
  it('has each stream where it says, also where it is longer than what is kept at once', () => {
    for (const length of [10, 60_000, 200_000, 300_000]) {
      const streams = ['a', 'b', 'c', 'd'].map(letter => bytes(letter, length))
      const file = written(streams, [bytes('e')])
      const all = offsets(file)
      expect(all).toHaveLength(7)
      for (const [id, at] of all) expect(file.toString('latin1', at, at + 8)).toMatch(new RegExp(`^${id} 0 obj\n`))
      for (const one of streams) expect(file.includes(one)).toBe(true)
    }
  })

  it('fills memory of its own, a short one and a long one', () => {
    for (const length of [10, 300_000]) {
      const writer = new Writer()
      writer.stream('/Own true', bytes('a', length))
      const root = writer.reserve()
      writer.put(root, '<</Type /Catalog>>')
      const file = writer.end(root, root)
      expect(file.buffer.byteLength).toBe(file.byteLength)
    }
  })

  it('is named by what it says, and not by what follows from that', () => {
    expect(name(written([bytes('a')]))).toBe(name(written([bytes('a')])))
    expect(name(written([bytes('a')]))).not.toBe(name(written([bytes('b')])))
    expect(name(written([bytes('a')], [bytes('c')]))).toBe(name(written([bytes('a')], [bytes('d')])))
    const long = bytes('a', 300_000)
    expect(name(written([long, bytes('a')]))).not.toBe(name(written([long, bytes('b')])))
  })

  it('has what follows once for all that ask for the same bytes', () => {
    const one = bytes('x', 40)
    const file = written([bytes('a')], [one, one, bytes('y', 40)]).toString('latin1')
    expect(file.match(/\/Font true/g)).toHaveLength(2)
  })

  it('cannot be gone on with once another has begun, since both are written in one room', () => {
    const first = new Writer()
    first.stream('/Own true', bytes('a'))
    const second = new Writer()
    expect(() => first.stream('/Own true', bytes('b'))).toThrow('another file was begun')
    second.stream('/Own true', bytes('c'))
    const closed = Buffer.from(second.end(1, 1))
    expect(closed.includes('ccc')).toBe(true)
    expect(closed.includes('aaa')).toBe(false)
    expect(() => second.stream('/Own true', bytes('d'))).toThrow('another file was begun')
  })

  it('has nothing of one that was given up', () => {
    const alone = written([bytes('a')])
    new Writer().stream('/Own true', bytes('z', 500_000))
    expect(written([bytes('a')]).equals(alone)).toBe(true)
  })
})
