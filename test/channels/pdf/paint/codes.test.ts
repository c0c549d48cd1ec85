/** Codes of characters: none stands for two, and what every font says of them is what they are. */
import { describe, expect, it } from 'vitest'
import { characterOf, codeOf, firstOther, writtenCode } from '../../../../src/channels/pdf/paint/codes.ts'
import { number } from '../../../../src/channels/pdf/paint/strings.ts'
import { page, readText, renderPdf } from '../render.ts'

describe('codes', () => {
  it('are those of one character each, and lead back to it', () => {
    const seen = new Set<number>()
    for (let at = 1; at < 0x10000; at += 1) {
      const code = codeOf(String.fromCharCode(at))
      if (code === 0) continue
      expect(code).toBeLessThan(firstOther)
      expect(characterOf(code)).toBe(String.fromCharCode(at))
      expect(seen.has(code)).toBe(false)
      seen.add(code)
    }
    expect(seen.size).toBeGreaterThan(400)
    expect(['ab', '', '\u0301', '文'].map(codeOf)).toEqual([0, 0, 0, 0])
  })

  it('are two bytes of a literal string, whatever the bytes are', () => {
    expect(writtenCode(0x41)).toBe('\0A')
    expect(writtenCode(0x28)).toBe('\0\\(')
    expect(writtenCode(0x15c)).toBe('\u0001\\\\')
    expect(writtenCode(0x20d)).toBe('\u0002\\r')
  })

  it('are read back as the characters that were set', async () => {
    const text = 'a(b)\\c Рахунок Ѝ Шуќ Щ Ґґ Łódź “x” – — № € ₴ … −1\u202F234 fi ffi'
    expect(await readText((await renderPdf(page(`<p>${text}</p>`, 'size="400mm 100mm"'))).bytes)).toBe(text)
  })
})

describe('numbers', () => {
  it('have three decimals at most, and no exponent', () => {
    const shown = [0, -0, 1, 1.5, 0.001, 0.0004, -0.0004, 12.3456, -7.25, 841.89, 999.9995, 1e7 + 0.5, -123456.789]
    expect(shown.map(number)).toEqual([
      '0',
      '0',
      '1',
      '1.5',
      '0.001',
      '0',
      '0',
      '12.346',
      '-7.25',
      '841.89',
      '1000',
      '10000000.5',
      '-123456.789',
    ])
  })
})
