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
import type { CheckedSettings } from './settings.ts'

/** Families with the bytes of their files. A file named twice is read once. */
export function loadFonts({ value, at }: CheckedSettings, kit: Kit): Result<Brand['fonts']> {
  const faults: Fault[] = []
  const open = (path: string, steps: readonly (string | number)[]): FontFile => {
    const loaded = loadFont(path, at(steps), kit)
    if (!('code' in loaded)) return loaded
    faults.push(loaded)
    return { file: path, bytes: new Uint8Array() }
  }
  const fonts = Object.fromEntries(
    Object.entries(value.fonts).map(([name, family]) => [
      name,
      {
        regular: open(family.regular, ['fonts', name, 'regular']),
        ...(family.bold === undefined ? {} : { bold: open(family.bold, ['fonts', name, 'bold']) }),
        ...(family.italic === undefined ? {} : { italic: open(family.italic, ['fonts', name, 'italic']) }),
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

/** Files of the brand, as brand.yaml names them. */
export function filesOf(kit: Kit): string[] {
  return [...kit.keys()].filter(name => name.startsWith('assets/')).map(name => name.slice('assets/'.length))
}
