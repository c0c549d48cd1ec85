/** Text files of the brand: bytes to text, or a fault where they are not UTF-8. */
import { done, failed, type KitFile, type Result, type Source } from '../model/index.ts'

/** Decodes a kit file as UTF-8 (a byte order mark is dropped, line ends become `\n`). */
export function readSource(file: KitFile): Result<Source> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(file.bytes).replaceAll('\r\n', '\n')
    return done({ file: file.shown, text })
  } catch {
    const { line, column } = firstBadByte(file.bytes)
    return failed({
      code: 'brand.encoding',
      message: 'this file is not UTF-8 text',
      place: { file: file.shown, line, column },
      hint: 'save it as UTF-8',
    })
  }
}

/** Line and column of the first byte that a UTF-8 decoder had to replace. */
function firstBadByte(bytes: Uint8Array): { line: number; column: number } {
  const text = new TextDecoder().decode(bytes, { stream: true })
  const found = text.indexOf('\u{FFFD}')
  const before = text.slice(0, found < 0 ? text.length : found)
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
}
