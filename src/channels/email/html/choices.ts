/** Blocks inside of opening tags choose between attributes: each way that they can turn out is a mail of its own to measure. */
import { takesRest } from '../text/blocks.ts'
import { type Shields, shieldPattern } from '../text/shield.ts'
import { findTags, type Tag } from '../text/tags.ts'

/** A text, or a block with its branches; a block without `else` has an empty one. */
type Part = string | readonly (readonly Part[])[]

const openingTag = /<[A-Za-z][\w:-]*(?:[^<>"']|"[^"]*"|'[^']*')*>/g

/** More branches than this in one tag are not measured. */
const maxWays = 4

/** Shielded HTML in all ways: in the first every block of an opening tag takes its first branch, in the next its second or last one. */
export function everyWay(html: string, shields: Shields): readonly string[] {
  let ways = 1
  const tags = new Map<string, readonly Part[]>()
  for (const [tag] of html.matchAll(openingTag)) {
    if (tags.has(tag) || !tag.includes('\u{E000}')) continue
    const parts = partsOf(tag, shields)
    ways = Math.max(ways, Math.min(maxWays, branchesOf(parts)))
    tags.set(tag, parts)
  }
  return Array.from({ length: ways }, (_, way) =>
    html.replace(openingTag, tag => {
      const parts = tags.get(tag)
      return parts === undefined ? tag : take(parts, way)
    }),
  )
}

function branchesOf(parts: readonly Part[]): number {
  return parts.reduce<number>(
    (most, part) => (typeof part === 'string' ? most : Math.max(most, part.length, ...part.map(branchesOf))),
    1,
  )
}

function take(parts: readonly Part[], way: number): string {
  return parts
    .map(part => (typeof part === 'string' ? part : take(part[Math.min(way, part.length - 1)] ?? [], way)))
    .join('')
}

function partsOf(tag: string, shields: Shields): readonly Part[] {
  const root: Part[] = []
  const open: { readonly branches: Part[][]; alternative: boolean }[] = []
  const add = (part: Part): void => {
    ;(open.at(-1)?.branches.at(-1) ?? root).push(part)
  }
  const close = (): void => {
    const block = open.pop()
    if (block !== undefined) add(block.alternative ? block.branches : [...block.branches, []])
  }
  const step = ({ kind, text }: Pick<Tag, 'kind' | 'text'>): void => {
    if (kind === 'block') open.push({ branches: [[]], alternative: false })
    else if (kind === 'close') close()
    else if (kind === 'else') {
      const block = open.at(-1)
      block?.branches.push([])
      if (block !== undefined) block.alternative = takesRest(text)
    }
  }
  let from = 0
  for (const match of tag.matchAll(shieldPattern)) {
    add(tag.slice(from, match.index))
    from = match.index + match[0].length
    const { tag: found, text } = shields.get(Number(match[1]))
    if (found !== 'whole') {
      step(found)
      continue
    }
    // An attribute that moves as one: what data brings is not known, what the template writes around it is.
    let inner = 0
    for (const one of findTags(text).tags) {
      add(text.slice(inner, one.start))
      inner = one.end
      step(one)
    }
    add(text.slice(inner))
  }
  add(tag.slice(from))
  while (open.length > 0) close()
  return root
}
