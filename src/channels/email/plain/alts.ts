/** Alt texts in the plain part: a logo is said once, and not where the text beside it says the same. */
import type { DomNode } from 'html-to-text'
import { type Brand, literal } from '../../../model/index.ts'
import { isBlock } from '../tags/blocks.ts'
import { type Shields, shieldPattern } from '../tags/shield.ts'
import { breakMark, cellMark, imageMiddle, imageOpen, imageShut, linkMark, tableMark } from '../tags/signs.ts'

/** Frame an image: `\u{E00A}address\u{E00B}alt text\u{E00C}`. */
const [open, middle, shut] = [imageOpen, imageMiddle, imageShut]

const image = new RegExp(`${open}([^${middle}]*)${middle}([^${shut}]*)${shut}`, 'gu')
const alone = new RegExp(`^ *${image.source} *${breakMark}?$`, 'u')

/** The alt text of an image, framed until it is known what stands around it; empty where it only decorates. */
export function framedAlt({ attribs }: DomNode): string {
  const alt = attribs?.['alt'] ?? ''
  return alt.trim() === '' ? '' : `${open}${attribs?.['src'] ?? ''}${middle}${alt}${shut}`
}

interface Known {
  readonly shields: Shields
  readonly brand: Brand
}

/**
 * Shielded text without the frames, without those images that say what the words beside them do, and without the lines of those that
 * say what the line before or behind them says, or what the same image has said outside of all blocks.
 */
export function saidOnce(text: string, { shields, brand }: Known): string {
  if (!text.includes(open)) return text
  const lines = text.split('\n').map(line => besideWords(line, { shields, brand }))
  const bare = lines.map(line => spoken(unframed(line), shields, brand))
  const kept: string[] = []
  const said = new Set<string>()
  let depth = 0
  let before = ''
  for (const [at, line] of lines.entries()) {
    const words = bare[at] ?? ''
    const [found, address = ''] = alone.exec(line) ?? []
    const next = bare.findIndex((one, index) => index > at && one !== '')
    const behind = alone.test(lines[next] ?? '') ? undefined : bare[next]
    const key = `${address} ${words}`
    depth += deeper(line, shields)
    if (found === undefined || !(said.has(key) || words === before || words === behind)) {
      kept.push(unframed(line))
      if (words !== '') before = words
    }
    if (found !== undefined && depth === 0) said.add(key)
  }
  return kept.join('\n')
}

/** What ends a word: not a tag, which may go on with it. */
const wordEnd = `(?=$|[\\s.,;:!?)${cellMark}${breakMark}])`
const wordStart = `(?:^|[\\s(${cellMark}${tableMark}])`
const link = ` *${linkMark}<[^<>]*>`

/** A line without images whose alt texts stand behind or before them as words; where such an image leads comes behind these. */
function besideWords(line: string, { shields, brand }: Known): string {
  const frame = [...line.matchAll(image)].findLast(({ 2: alt = '' }) => alt !== '')
  if (frame === undefined) return line
  const head = line.slice(0, frame.index)
  const tail = line.slice(frame.index + frame[0].length)
  const words = spoken(frame[2] ?? '', shields, brand)
  const isName = words === brand.name
  const tags = [...line.matchAll(shieldPattern)].map(([shield]) => shield)
  const forms = [words, ...(isName ? tags.filter(shield => spoken(shield, shields, brand) === words) : [])]
  const said = `(?:${forms.map(form => literal(form).replaceAll(' ', '\\s+')).join('|')})`
  // In another cell the same word may be said of something else.
  const gap = isName ? `[\\s${cellMark}]*` : '\\s*'
  const behind = new RegExp(`^(${link})?${gap}(${said})${wordEnd}`, 'u').exec(tail)
  // Signs may be counted, as stars are.
  const isWord = /\p{L}{2}/u.test(words)
  if (isWord && behind !== null) {
    const [whole, leads = '', name = ''] = behind
    return besideWords(head + name + leads + tail.slice(whole.length), { shields, brand })
  }
  if (isWord && new RegExp(`${wordStart}${said}${gap}$`, 'u').test(head)) {
    const parted = new RegExp(`^${wordEnd}`, 'u').test(tail) ? head.trimEnd() : head
    return besideWords(parted + tail, { shields, brand })
  }
  return besideWords(head, { shields, brand }) + frame[0] + tail
}

const unframed = (text: string): string => text.replace(image, (_whole, _address, alt: string) => alt)

/** What a line reads, as far as it is known: the brand's name is. */
function spoken(line: string, { lift }: Shields, { name }: Brand): string {
  return lift(line)
    .replace(/\{\{~?\s*(?:@root\.|(?:\.\.\/)+)?brand\.name\s*~?\}\}/g, () => name)
    .replace(breakMark, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function deeper(line: string, shields: Shields): number {
  return [...line.matchAll(shieldPattern)]
    .map(([, position]) => shields.get(Number(position)))
    .filter(isBlock)
    .reduce((sum, { tag }) => sum + (tag === 'whole' ? 0 : tag.kind === 'block' ? 1 : tag.kind === 'close' ? -1 : 0), 0)
}
