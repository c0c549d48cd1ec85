/** Alt texts in the plain part: a logo is said once, and not where the text beside it says the same. */
import type { DomNode } from 'html-to-text'
import type { Brand } from '../../model/index.ts'
import { isBlock } from './blocks.ts'
import { type Shields, shieldPattern } from './shield.ts'

/** Frame an image: `\u{E00A}address\u{E00B}alt text\u{E00C}`. */
const [open, middle, shut] = ['\u{E00A}', '\u{E00B}', '\u{E00C}']

const image = new RegExp(`${open}([^${middle}]*)${middle}([^${shut}]*)${shut}`, 'gu')
const alone = new RegExp(`^ *${image.source} *$`, 'u')

/** The alt text of an image, framed until it is known what stands around it; empty where it only decorates. */
export function framedAlt({ attribs }: DomNode): string {
  const alt = attribs?.['alt'] ?? ''
  return alt.trim() === '' ? '' : `${open}${attribs?.['src'] ?? ''}${middle}${alt}${shut}`
}

/**
 * Shielded text without the frames, and without the lines of those images that say what the line before or behind them says, or what
 * the same image has said outside of all blocks.
 */
export function saidOnce(
  text: string,
  { shields, brand }: { readonly shields: Shields; readonly brand: Brand },
): string {
  if (!text.includes(open)) return text
  const lines = text.split('\n')
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

const unframed = (text: string): string => text.replace(image, (_whole, _address, alt: string) => alt)

/** What a line reads, as far as it is known: the brand's name is. */
function spoken(line: string, { lift }: Shields, { name }: Brand): string {
  return lift(line)
    .replace(/\{\{~?\s*(?:@root\.|(?:\.\.\/)+)?brand\.name\s*~?\}\}/g, () => name)
    .replace(/\s+/g, ' ')
    .trim()
}

function deeper(line: string, shields: Shields): number {
  return [...line.matchAll(shieldPattern)]
    .map(([, position]) => shields.get(Number(position)))
    .filter(isBlock)
    .reduce((sum, { tag }) => sum + (tag === 'whole' ? 0 : tag.kind === 'block' ? 1 : tag.kind === 'close' ? -1 : 0), 0)
}
