import { describe, expect, it } from 'vitest'
import { watchGuise } from '../../src/intake/disguise.ts'

const single = { name: 'windows-1251', mark: 0, unit: 1, bigEndian: false } as const
const watched = (bytes: Uint8Array, size: number, encoding: Parameters<typeof watchGuise>[0] = single) => {
  const watch = watchGuise(encoding)
  for (let at = 0; at < bytes.length; at += size) watch.push(bytes.subarray(at, at + size))
  return watch.slip()
}

describe('watchGuise', () => {
  it('finds the first character beyond ASCII, however the bytes come', () => {
    const bytes = Buffer.from('id,name\n1,a\n2,Фёдор\n')
    for (let size = 1; size <= bytes.length; size += 1)
      expect(watched(bytes, size)).toEqual({ line: 3, offset: 14, byte: 0xd0 })
  })

  it('lets what is no UTF-8 pass, and what is ASCII alone', () => {
    expect(watched(Buffer.from([0x41, 0xd4, 0xb8, 0xe4, 0xee, 0xf0]), 2)).toBeUndefined()
    expect(watched(Buffer.from('plain'), 2)).toBeUndefined()
    expect(watched(Buffer.from('Фёдор').subarray(0, 3), 2), 'a sequence that is cut off').toBeUndefined()
  })

  it('minds no other encodings', () => {
    expect(watched(Buffer.from('Фёдор'), 2, { ...single, name: 'utf-8' })).toBeUndefined()
    expect(watched(Buffer.from('Фёдор'), 2, { ...single, name: 'utf-16le', unit: 2 })).toBeUndefined()
  })
})
