/** What stands between components: MJML would drop it, so tags become components of their own, and the rest is a fault. */
import { quote } from '../../../model/index.ts'
import { tagFault } from '../html/reader.ts'
import { follow, isBlock } from '../tags/blocks.ts'
import { markOf } from '../tags/marks.ts'
import { type Shielded, shieldPattern } from '../tags/shield.ts'
import { components, takesBlocks, takesText } from './components.ts'
import type { Loom } from './loom.ts'
import type { Comment, Text } from './scan.ts'

/** The component around it. */
export interface Around {
  /** Empty: none. */
  readonly name: string
  /** Blocks that are open between its children. */
  readonly blocks: Shielded[]
}

/** Tags between components; a block around them stays one, a value or partial is as if it stood in `mj-text`. */
export function weaveText({ inner, at }: Text, { name, blocks }: Around, loom: Loom): void {
  // That the component does not exist has been said.
  if (name !== '' && !components.has(name)) return
  const inside = name === '' ? 'no element' : name
  if (/\S/.test(inner.replace(shieldPattern, ''))) {
    const stray = at + inner.search(/[^\s\u{E000}\u{E001}\d]/u)
    const message = `text stands in ${inside}, where mail would not show it`
    loom.fail(Math.max(stray, at), message, 'put it into mj-text')
  }
  let from = 0
  for (const match of inner.matchAll(shieldPattern)) {
    loom.copy(blank(inner.slice(from, match.index)), at + from)
    from = match.index + match[0].length
    weaveTag(match[0], { position: Number(match[1]), at: at + match.index, name, blocks }, loom)
  }
  loom.copy(blank(inner.slice(from)), at + from)
}

/** A comment is not shown; but blocks in it decide about what is outside: `<!-- {{#if a}} -->`. */
export function weaveComment({ inner, at }: Comment, { name, blocks }: Around, loom: Loom): void {
  if (name !== '' && !components.has(name)) return
  let from = 0
  for (const match of inner.matchAll(shieldPattern)) {
    const position = Number(match[1])
    if (!isBlock(loom.shields.get(position))) continue
    loom.write(lineEnds(inner.slice(from, match.index)), at + from)
    from = match.index + match[0].length
    weaveTag(match[0], { position, at: at + match.index, name, blocks }, loom)
  }
  loom.write(lineEnds(inner.slice(from)), at + from)
}

interface TagBetween extends Around {
  readonly position: number
  readonly at: number
}

function weaveTag(shield: string, { position, at, name, blocks }: TagBetween, loom: Loom): void {
  const shielded = loom.shields.get(position)
  follow(blocks, shielded)
  const block = isBlock(shielded)
  if (block ? takesBlocks.has(name) : takesText.has(name)) {
    loom.expected.push(position)
    const text = block ? shield : markOf(loom.sourceOffset(at)) + shield
    const component = block ? 'mj-raw' : 'mj-text'
    loom.write(`<${component}>${text}</${component}>`, at)
    return
  }
  tagFault(
    loom,
    at,
    `${quote(shielded.text)} stands in ${name === '' ? 'no element' : name}, where MJML loses it`,
    block ? 'put it inside mj-body, or inside the text it decides about' : 'put it into mj-text',
  )
}

const blank = (text: string): string => text.replace(/\S/g, '')
const lineEnds = (text: string): string => text.replace(/[^\n]/g, '')
