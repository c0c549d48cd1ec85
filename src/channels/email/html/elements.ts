/** Elements of pressed HTML behind shields, read as what puts rules into them reads them: where they stand, and what blocks choose of them. */
import { Parser } from 'htmlparser2'
import type { Shields } from '../tags/shield.ts'
import { stretchAt, stretchesOf } from '../tags/stretches.ts'
import { type Answers, type Part, partsOf, told, waysThrough } from '../tags/ways.ts'
import { readAttributes } from './attributes.ts'
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
  /** Its class, its id, and the declarations of its style. */
  readonly parts: readonly Part[]
  readonly classes: readonly Part[]
  readonly ids: readonly Part[]
  readonly styles: readonly Part[]
  /** Classes and ids that it has in some ways only. */
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

/** `byId`: whether rules ask for ids; else nothing hangs on them. */
export function elementsOf(html: string, shields: Shields, { byId = true } = {}): readonly Element[] {
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
          ...readMarks(attributes, { shields, scope, byId }),
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

function readMarks(
  attributes: string,
  { shields, scope, byId }: { readonly shields: Shields; readonly scope: string; readonly byId: boolean },
): Pick<Element, 'marks' | 'chosen'> {
  const read = readAttributes(attributes)
  const written = (wanted: string): string => read.find(({ name }) => name.toLowerCase() === wanted)?.value ?? ''
  const [own, id, style] = [written('class'), byId ? written('id') : '', written('style')]
  if (!`${own}${id}${style}`.includes('\u{E000}')) return { marks: new Set(marksIn(own, id)), chosen: undefined }
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
  const classes = partsOf(own, { shields, scope, value })
  const styles = style.includes('\u{E000}') ? partsOf(style, { shields, scope, value }) : [style]
  unknown ??= loopIn([...classes, ...styles], shields)
  const ids = idsOf(id, { shields, scope })
  const ways: readonly Answers[] = waysThrough([...classes, ...ids], { most: maxOwn }) ?? []
  const all = ways.map(way => new Set(marksIn(told(classes, way), told(ids, way))))
  const every = all.reduce((most, one) => most.union(one), new Set<string>())
  const changing = new Set([...every].filter(mark => !all.every(one => one.has(mark))))
  return { marks: every, chosen: { parts: [...classes, ...ids, ...styles], classes, ids, styles, changing, unknown } }
}

/** The ways of an id. A value makes one that no rule knows, such as that of a row, which is none to rules; so does a loop. */
function idsOf(id: string, { shields, scope }: { readonly shields: Shields; readonly scope: string }): readonly Part[] {
  const parts = id.includes('\u{E000}') ? partsOf(id, { shields, scope, value: () => unruled }) : [id]
  return loopIn(parts, shields) === undefined ? parts : []
}

/** In no selector. */
const unruled = '\u{F8FE}'

function loopIn(parts: readonly Part[], shields: Shields): Unknown | undefined {
  for (const part of parts) {
    if (typeof part === 'string') continue
    if (part.condition === undefined) return { text: shields.get(part.shield).text, shield: part.shield, loop: true }
    const inner = loopIn([...part.holds, ...part.fails], shields)
    if (inner !== undefined) return inner
  }
  return undefined
}

function marksIn(classes: string, id: string): readonly string[] {
  const names = classes.toLowerCase().split(/\s+/)
  return [...names.map(name => `.${name}`), `#${id.trim().toLowerCase()}`].filter(mark => mark.length > 1)
}
