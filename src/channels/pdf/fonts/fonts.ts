/** The brand's type, opened once for each worker: every family and style as a typeface, and what none of them can show. */
import type { Brand, Fault, FontFile, Result } from '../../../model/index.ts'
import { settle } from '../../../model/index.ts'
import type { Face, Setting } from './face.ts'
import { openFace } from './face.ts'
import type { Typeface } from './typeface.ts'
import { blanks, invisible, openTypeface } from './typeface.ts'

export interface Fonts {
  readonly typeface: (family: string, style: Style) => Typeface
  /** OpenType features that every face of a family has, by tag. */
  readonly features: (family: string) => readonly string[]
  /** Files whose makers let nobody embed them (OpenType 1.9, OS/2 fsType); every face may be shown otherwise. */
  readonly restricted: readonly string[]
  /** Characters of a text that no face has, each once. The same for every family and style. */
  readonly lacks: (text: string) => readonly string[]
}

export interface Style {
  readonly bold: boolean
  readonly italic: boolean
  /** Features by tag, parted by blanks; a minus takes one away. */
  readonly features?: string
  /** Space after each letter, at a size of one. */
  readonly spacing?: number
}

/** Opens every font file of the brand; each that cannot be read is a fault. */
export function openFonts(brand: Brand): Result<Fonts> {
  const faults: Fault[] = []
  const opened = new Map<string, Face | undefined>()
  const open = (file: FontFile): Face | undefined => {
    if (!opened.has(file.file)) {
      const result = openFace(file)
      if (!result.ok) faults.push(...result.faults)
      opened.set(file.file, result.ok ? result.value : undefined)
    }
    return opened.get(file.file)
  }
  const families = new Map<string, Family>()
  for (const [name, family] of Object.entries(brand.fonts)) {
    const present = (files: readonly (FontFile | undefined)[]) =>
      files.flatMap(file => (file === undefined ? [] : (open(file) ?? [])))
    families.set(name, {
      regular: present([family.regular]),
      bold: present([family.bold]),
      italic: present([family.italic]),
      boldItalic: present([family.boldItalic]),
      fallback: present(family.fallback),
    })
  }
  const restricted = [...opened.values()].flatMap(face => (face?.metrics.isRestricted === true ? [face.file] : []))
  return settle(fontsOf(families, restricted), faults)
}

/** One face for each style that the brand has; only the fallback has several. */
type Family = Readonly<Record<'regular' | 'bold' | 'italic' | 'boldItalic' | 'fallback', readonly Face[]>>
type Families = ReadonlyMap<string, Family>

/** Typefaces remembered, each with its words: data that asks for ever new spacings must not fill the memory. */
const mostTypefaces = 100

/** Letters are not drawn over one another, whatever the spacing. */
const tightest = -0.05

function fontsOf(families: Families, restricted: readonly string[]): Fonts {
  const typefaces = new Map<string, Typeface>()
  const typeface: Fonts['typeface'] = (name, { bold, italic, features = '', spacing = 0 }) => {
    const key = `${bold ? 'bold' : ''} ${italic ? 'italic' : ''} ${features} ${spacing} ${name}`
    let found = typefaces.get(key)
    if (found === undefined) {
      const family = families.get(name) ?? families.get('text')
      const text = families.get('text')
      if (family === undefined || text === undefined) throw new Error('a brand without the type family "text"')
      // Every list ends with all faces of "text", so that what can be shown does not depend on the style.
      const styled = bold ? [italic ? family.boldItalic : [], family.bold].flat() : italic ? family.italic : []
      const all = [
        styled,
        family.regular,
        family.fallback,
        text.regular,
        text.fallback,
        text.bold,
        text.italic,
        text.boldItalic,
      ].flat()
      found = openTypeface([...new Set(all)], settingOf(features, Math.max(tightest, spacing)))
      if (typefaces.size >= mostTypefaces) typefaces.clear()
      typefaces.set(key, found)
    }
    return found
  }
  const features = (name: string) => {
    const family = families.get(name) ?? families.get('text')
    const { regular = [], bold = [], italic = [], boldItalic = [] } = family ?? {}
    const [first, ...rest] = [...regular, ...bold, ...italic, ...boldItalic]
    return first?.features.filter(tag => rest.every(face => face.features.includes(tag))) ?? []
  }
  const { faces } = typeface('text', { bold: false, italic: false })
  const covered = coveredBy(faces)
  return { typeface, features, restricted, lacks: text => lacks(text, faces, covered) }
}

function settingOf(features: string, spacing: number): Setting | undefined {
  if (features === '' && spacing === 0) return undefined
  // Ligatures would be wider apart than their letters are.
  const apart = spacing === 0 ? {} : { liga: false, clig: false }
  const asked = features.split(' ').filter(word => word !== '')
  const said = asked.map(word => [word.replace(/^-/, ''), !word.startsWith('-')] as const)
  return { features: { ...apart, ...Object.fromEntries(said) }, spacing }
}

const collapsing = /[ \t\n\r\f]/

const nothing: readonly string[] = []

function lacks(text: string, faces: readonly Face[], covered: Uint8Array): readonly string[] {
  if (isCovered(text, covered)) return nothing
  const found = lackingIn(text, faces)
  if (found.size === 0) return []
  // As typefaces do: a letter with a mark may be there as one character only.
  const letters = text.match(/\P{M}\p{M}+/gu) ?? []
  const composed = letters.filter(letter => lackingIn(letter.normalize('NFC'), faces).size === 0)
  return composed.length === 0
    ? [...found]
    : [
        ...lackingIn(
          composed.reduce((rest, one) => rest.replace(one, ''), text),
          faces,
        ),
      ]
}

/** Of the first characters: 1 for blanks, and for those that some face has. Nearly all texts of data are made up of them. */
function coveredBy(faces: readonly Face[]): Uint8Array {
  return Uint8Array.from({ length: 0x530 }, (_, code) => {
    const control = code < 0x20 || (code >= 0x7f && code < 0xa0)
    return code === 0x20 || (!control && faces.some(face => face.covers(code))) ? 1 : 0
  })
}

function isCovered(text: string, covered: Uint8Array): boolean {
  for (let at = 0; at < text.length; at += 1) if (covered[text.charCodeAt(at)] !== 1) return false
  return true
}

/** Characters that no face has by themselves, each once. */
function lackingIn(text: string, faces: readonly Face[]): Set<string> {
  const missing = new Set<string>()
  for (const character of text.replace(invisible, '')) {
    if (collapsing.test(character) || blanks.test(character) || missing.has(character)) continue
    const codePoint = character.codePointAt(0)!
    const control = codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)
    if (control || !faces.some(face => face.covers(codePoint))) missing.add(character)
  }
  return missing
}
