/** XML text -> tree, with the offset of every element and of everything that is not well-formed. Home of saxes. */
import { SaxesParser } from 'saxes'
import { readPlain } from './plain.ts'
import type { Element, Node } from './tree.ts'

export interface Parsed {
  /** An element without a name that holds whatever stands outermost. */
  readonly root: Element
  readonly errors: readonly Malformed[]
  /** Whether every element is closed where it should be: else elements may seem to stand where they do not. */
  readonly nested: boolean
}

interface Malformed {
  readonly offset: number
  readonly message: string
  /** What it stands in. */
  readonly element?: Element
}

/** Deeper nesting is refused, so that a walk of the tree cannot run out of stack. */
const deepest = 1_024

/** HTML's names for characters that are hard to type; XML itself knows only five. */
export const entities: Readonly<Record<string, string>> = {
  nbsp: '\u00A0',
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
  shy: '\u00AD',
  ndash: '\u2013',
  mdash: '\u2014',
  minus: '\u2212',
  hellip: '\u2026',
  laquo: '\u00AB',
  raquo: '\u00BB',
  lsquo: '\u2018',
  rsquo: '\u2019',
  ldquo: '\u201C',
  rdquo: '\u201D',
  bdquo: '\u201E',
  middot: '\u00B7',
  bull: '\u2022',
  times: '\u00D7',
  euro: '\u20AC',
  pound: '\u00A3',
  copy: '\u00A9',
}

interface Open extends Element {
  children: Node[]
}

/** An & that begins no reference; comments, where it may stand, are found as wholes. */
const stray = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|&(?!#\d+;|#x[\da-f]+;|\w+;)/gi

/** Elements that are not closed in order, in words, at the tag that shows it. */
function outOfOrder(
  message: string,
  { name, start }: Element,
  { text, here }: { readonly text: string; readonly here: number },
): { offset: number; message: string } {
  const closed = /<\/([^\s<>]*)[^<]*$/.exec(text.slice(0, here + 1))
  if (!/^un(expected close|matched closing) tag/.test(message) || closed === null)
    return { offset: start, message: name === '' ? message : `<${name}> is never closed` }
  return {
    offset: closed.index,
    message: `</${closed[1]}> closes ${name === '' ? 'nothing' : opened(name, text, start)}`,
  }
}

function opened(name: string, text: string, start: number): string {
  return `<${name}>, which is opened in line ${text.slice(0, start).split(/\r\n|\r|\n/).length}`
}

/** The character or entity that a message is about, with its name. */
function named(message: string, text: string, here: number): string {
  const [, entity] = message === 'undefined entity' ? (/&(\w{1,40});?$/.exec(text.slice(0, here + 1)) ?? []) : []
  if (entity !== undefined) return `unknown entity &${entity};`
  const code = text.charCodeAt(here)
  if (message !== 'disallowed character' || !(code < 0x20 || code >= 0xfffe)) return message
  return `${message} U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

/** The message about a merged text: an entity's name may come from the data. */
export function unquoted(message: string): string {
  return message.replace(/^(unknown entity) &\w+;/, '$1')
}

/** Long tables say the same things in every row: attributes that are equal are one object, and short texts one string. */
function openSharing(): {
  readonly attributes: (own: Readonly<Record<string, string>>) => Element['attributes']
  readonly text: (text: string) => string
} {
  const known = new Map<string, Element['attributes']>()
  const texts = new Map<string, string>()
  return {
    attributes(own) {
      let key = ''
      for (const name in own) key += `${name}\n${own[name]}\n`
      const shared = known.get(key)
      if (shared !== undefined) return shared
      // saxes makes objects without a prototype, which are kept as dictionaries and take three times the room.
      const attributes = Object.fromEntries(Object.entries(own).map(([name, text]) => [name, this.text(text)]))
      if (known.size >= mostShared) known.clear()
      known.set(key, attributes)
      return attributes
    },
    text(text) {
      if (text.length > 24) return text
      const shared = texts.get(text)
      if (shared !== undefined) return shared
      if (texts.size >= mostShared) texts.clear()
      texts.set(text, text)
      return text
    },
  }
}

const mostShared = 1_000

/** Arrays grow in strides: a cell with one text would keep room for sixteen. */
function trimmed(children: readonly Node[]): Node[] {
  return children.length === 0 ? noChildren : children.slice()
}

const noChildren: Node[] = []

function isSaid(node: Node): boolean {
  return typeof node !== 'string' || node.trim() !== ''
}

interface ParseOptions {
  /** Off for files of their own: they may begin with a declaration, and have one outermost element. */
  readonly fragment?: boolean
  /** Names of elements in which blanks mean nothing and are left out. */
  readonly bare?: ReadonlySet<string>
  /** Off: the parser reads everything, also what is plain. */
  readonly plainly?: boolean
}

export function parseXml(
  written: string,
  { fragment = true, bare = new Set(), plainly = true }: ParseOptions = {},
): Parsed {
  if (fragment && plainly) {
    const plain = readPlain(written, { entities, bare })
    if (plain !== undefined) return { root: plain, errors: [], nested: true }
  }
  const share = openSharing()
  const root: Open = { name: '', attributes: {}, children: [], start: 0 }
  const errors: Malformed[] = []
  // The parser looks for the end of a reference as far as the text goes: an & that begins none is taken out, and said here.
  const text = written.replace(stray, (found, offset: number) => {
    if (found !== '&') return found
    errors.push({ offset, message: 'an & that begins no character reference' })
    return '+'
  })
  let open: Open = root
  let closed: Open | undefined
  let depth = 0
  let start = 0

  const parser = new SaxesParser({ fragment, position: true })
  if (fragment) Object.assign(parser.ENTITIES, entities)
  // Of elements that are not closed in order only the first is told: what follows it is about the same one.
  let lost = false
  parser.on('error', error => {
    // "12:5: unexpected close tag." -> "unexpected close tag"
    const message = error.message
      .replace(/^\d+:\d+: /, '')
      .replace(/\.$/, '')
      .toLowerCase()
    const here = Math.min(text.length, Math.max(0, parser.position - 1))
    if (!/^(unexpected close tag|unmatched closing tag|unclosed tag|unexpected end)/.test(message)) {
      errors.push({ offset: here, message: named(message, text, here), ...(open !== root && { element: open }) })
    } else if (!lost) {
      lost = true
      const unclosed = message.startsWith('unexpected close') ? (closed ?? open) : open
      errors.push(outOfOrder(message, unclosed, { text, here }))
    }
  })
  parser.on('opentagstart', tag => {
    start = Math.max(0, text.lastIndexOf(`<${tag.name}`, parser.position - 1))
  })
  parser.on('opentag', tag => {
    depth += 1
    if (depth === deepest) errors.push({ offset: start, message: `elements are nested more than ${deepest} deep` })
    if (depth >= deepest) return
    const element: Open = {
      name: tag.name,
      attributes: share.attributes(tag.attributes as Record<string, string>),
      children: [],
      parent: open,
      start,
    }
    open.children.push(element)
    open = element
  })
  parser.on('closetag', () => {
    depth -= 1
    if (depth >= deepest - 1) return
    open.children = trimmed(bare.has(open.name) ? open.children.filter(isSaid) : open.children)
    closed = open
    open = (open.parent ?? root) as Open
  })
  const addText = (more: string) => {
    const last = open.children.length - 1
    if (typeof open.children[last] === 'string') open.children[last] += more
    else open.children.push(share.text(more))
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.write(text).close()
  return { root, errors, nested: !lost }
}
