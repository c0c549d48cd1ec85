/** Elements of pressed HTML behind shields, read as what puts rules into them reads them: where they stand, and what blocks choose of them. */
import { Parser } from 'htmlparser2'
import type { Shields } from '../text/shield.ts'
import { stretchAt, stretchesOf } from '../text/stretches.ts'
import { type Answers, type Part, partsOf, told, waysThrough } from '../text/ways.ts'
import { readAttributes } from './content.ts'
import type { Named } from './joins.ts'

export interface Element extends Named {
  /** Of its tag in the text. */
  readonly at: number
  readonly parent: Element | undefined
  /** Elements beside it that stand before it. */
  readonly before: readonly Element[]
  /** The data that its blocks are asked of. */
  readonly scope: string
  /** What blocks choose of it; undefined where they choose nothing. */
  readonly chosen: Chosen | undefined
}

export interface Chosen {
  /** Its class, and the declarations of its style. */
  readonly parts: readonly Part[]
  readonly classes: readonly Part[]
  readonly styles: readonly Part[]
  /** Classes that it has in some ways only. */
  readonly changing: ReadonlySet<string>
  /** What stands in its class where no rule can know it: a value, or a loop. */
  readonly unknown: Unknown | undefined
}

export interface Unknown {
  readonly text: string
  readonly shield: number
  readonly loop: boolean
}

/** More ways than this in one class are not followed. */
export const maxOwn = 16

/** An opening tag, its name and its attributes. */
export const openingTag = /<([A-Za-z][\w:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/y

export function elementsOf(html: string, shields: Shields): readonly Element[] {
  const stretches = stretchesOf(html, shields)
  const elements: Element[] = []
  const open: { readonly element: Element | undefined; readonly children: Element[] }[] = [
    { element: undefined, children: [] },
  ]
  const parser = new Parser(
    {
      onopentag(name) {
        const { element: parent, children } = open.at(-1)!
        const at = parser.startIndex
        openingTag.lastIndex = at
        const [, , attributes = ''] = openingTag.exec(html) ?? []
        const scope = stretchAt(stretches, at).scope
        const element: Element = {
          name,
          at,
          parent,
          before: [...children],
          scope,
          ...readClass(attributes, { shields, scope }),
        }
        elements.push(element)
        children.push(element)
        open.push({ element, children: [] })
      },
      onclosetag() {
        open.pop()
      },
    },
    { decodeEntities: false },
  )
  parser.end(html)
  return elements
}

function readClass(
  attributes: string,
  { shields, scope }: { readonly shields: Shields; readonly scope: string },
): Pick<Element, 'classes' | 'chosen'> {
  const read = readAttributes(attributes)
  const [written = '', style = ''] = ['class', 'style'].map(
    wanted => read.find(({ name }) => name.toLowerCase() === wanted)?.value ?? '',
  )
  if (!`${written}${style}`.includes('\u{E000}')) return { classes: new Set(words(written)), chosen: undefined }
  let unknown: Unknown | undefined
  const value = ({
    tag: { text },
    shield,
  }: {
    readonly tag: { readonly text: string }
    readonly shield: number
  }): string => {
    unknown ??= { text, shield, loop: false }
    return ''
  }
  const classes = partsOf(written, { shields, scope, value })
  const styles = style.includes('\u{E000}') ? partsOf(style, { shields, scope, value }) : [style]
  unknown ??= loopIn([...classes, ...styles], shields)
  const ways: readonly Answers[] = waysThrough(classes, { most: maxOwn }) ?? []
  const all = ways.map(way => new Set(words(told(classes, way))))
  const every = all.reduce((most, one) => most.union(one), new Set<string>())
  const changing = new Set([...every].filter(name => !all.every(one => one.has(name))))
  return { classes: every, chosen: { parts: [...classes, ...styles], classes, styles, changing, unknown } }
}

function loopIn(parts: readonly Part[], shields: Shields): Unknown | undefined {
  for (const part of parts) {
    if (typeof part === 'string') continue
    if (part.condition === undefined) return { text: shields.get(part.shield).text, shield: part.shield, loop: true }
    const inner = loopIn([...part.holds, ...part.fails], shields)
    if (inner !== undefined) return inner
  }
  return undefined
}

function words(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '')
}
