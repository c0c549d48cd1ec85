/** The brand's type: font files that are in the kit and really are OpenType or TrueType. */
import {
  type Brand,
  type Fault,
  type FontFile,
  type Kit,
  type Place,
  quote,
  type Result,
  settle,
} from '../model/index.ts'
import { hintNearest } from '../schema/index.ts'
import type { CheckedSettings, FontSettings } from './settings.ts'

/** Families with the bytes of their files. A file named twice is read once. */
export function loadFonts({ value, at }: CheckedSettings, kit: Kit): Result<Brand['fonts']> {
  const faults: Fault[] = []
  const open = (path: string, steps: readonly (string | number)[]): FontFile => {
    const loaded = loadFont(path, at(steps), kit)
    if (!('code' in loaded)) return loaded
    faults.push(loaded)
    return { file: path, bytes: new Uint8Array() }
  }
  const style = (family: FontSettings, style: 'bold' | 'italic' | 'boldItalic', name: string) => {
    const path = family[style]
    return path === undefined ? {} : { [style]: open(path, ['fonts', name, style]) }
  }
  const fonts = Object.fromEntries(
    Object.entries(value.fonts).map(([name, family]) => [
      name,
      {
        regular: open(family.regular, ['fonts', name, 'regular']),
        ...style(family, 'bold', name),
        ...style(family, 'italic', name),
        ...style(family, 'boldItalic', name),
        fallback: (family.fallback ?? []).map((path, i) => open(path, ['fonts', name, 'fallback', i])),
        ...(family.mail === undefined ? {} : { mail: family.mail }),
      },
    ]),
  )
  return settle(fonts, faults)
}

function loadFont(path: string, place: Place, kit: Kit): FontFile | Fault {
  const file = kit.get(`assets/${path}`)
  if (file === undefined) {
    return {
      code: 'brand.file',
      message: `the font ${quote(path)} is not in the brand's folder`,
      place,
      hint: hintNearest(path, filesOf(kit)) ?? 'put the file into assets/fonts and name it fonts/<file>.ttf',
    }
  }
  const wrong = wrongFormat(file.bytes)
  if (wrong !== undefined) {
    return {
      code: 'brand.font',
      message: `${quote(path)} is ${wrong}, not a TrueType or OpenType font`,
      place,
      hint: 'use the .ttf or .otf file of one weight',
    }
  }
  const damage = findDamage(file.bytes)
  if (damage !== undefined) {
    return {
      code: 'brand.font',
      message: `${quote(path)} is damaged: ${damage}`,
      place,
      hint: 'copy it again from where it came from',
    }
  }
  return { file: file.shown, bytes: file.bytes }
}

/** What a file is instead of a font, by its first four bytes (OpenType 1.9, "Organization of an OpenType font"). */
function wrongFormat(bytes: Uint8Array): string | undefined {
  const signature = Buffer.from(bytes.subarray(0, 4)).toString('latin1')
  if (bytes.length > 12 && ['\0\u0001\0\0', 'OTTO', 'true'].includes(signature)) return undefined
  if (bytes.length === 0) return 'empty'
  const known: Readonly<Record<string, string>> = {
    wOFF: 'a WOFF web font',
    wOF2: 'a WOFF2 web font',
    ttcf: 'a collection',
  }
  return known[signature] ?? 'some other kind of file'
}

/**
 * A table that is cut off or changed, by its checksum (OpenType 1.9, "Calculating checksums"). Readers of fonts trust their tables:
 * of 60 fonts with changed bytes some threw, and one filled 1.5 GB.
 */
function findDamage(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = view.getUint16(4)
  if (12 + 16 * count > bytes.length) return 'its list of tables is cut off'
  for (let at = 12; at < 12 + 16 * count; at += 16) {
    const tag = Buffer.from(bytes.subarray(at, at + 4)).toString('latin1')
    const start = view.getUint32(at + 8)
    const length = view.getUint32(at + 12)
    if (start + length > bytes.length) return `its table ${quote(tag)} is cut off`
    // The sum over the whole file, which stands in this table, is not part of the table's own.
    const apart = tag === 'head' && length >= 12 ? view.getUint32(start + 8) : 0
    const sum = (sumOf(bytes.subarray(start, start + length)) - apart) >>> 0
    if (sum !== view.getUint32(at + 4)) return `its table ${quote(tag)} does not have the checksum that it should`
  }
  return undefined
}

/** The sum of all 32-bit words, zeros behind the last byte. */
function sumOf(table: Uint8Array): number {
  const whole = table.length - (table.length % 4)
  const view = new DataView(table.buffer, table.byteOffset, whole)
  let sum = 0
  for (let at = 0; at < whole; at += 4) sum = (sum + view.getUint32(at)) >>> 0
  for (let at = whole; at < table.length; at += 1) sum = (sum + table[at]! * 2 ** (24 - 8 * (at - whole))) >>> 0
  return sum
}

/** Files of the brand, as brand.yaml names them. */
export function filesOf(kit: Kit): string[] {
  return [...kit.keys()].filter(name => name.startsWith('assets/')).map(name => name.slice('assets/'.length))
}
