/**
 * Reads merged texts as templates write them: elements, attributes in double quotes, text, references. Whatever is not well-formed, or
 * not so plain, is left to the parser, which can say what is wrong; a test holds both to the same trees.
 */
import type { Element, Node } from './tree.ts'
import { elements } from './vocabulary.ts'

/** A start tag as it is written, read once: a template says the same tags in every document. */
interface Tag {
  readonly name: string
  readonly attributes: Element['attributes']
  /** It is its own end. */
  readonly closed: boolean
  /** As it is written. */
  readonly written: string
  /**
   * The tags that followed it last: most likely one of them does again, which comparing finds faster than looking up. In a table a cell
   * is followed by another, or by a row.
   */
  next?: Tag | undefined
  other?: Tag | undefined
}

export interface PlainOptions {
  readonly entities: Readonly<Record<string, string>>
  /** Names of elements in which blanks mean nothing and are left out. */
  readonly bare: ReadonlySet<string>
}

/** Nests deeper than any page; the parser has the word on what is too deep. */
const deepest = 500

/** Controls, and halves of characters outside the basic plane. Comments, declarations and CDATA are no tags. */
const notPlain = /[\0-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]/
const tagForm = /^<([A-Za-z][\w-]*)((?:[ \t\n]+[A-Za-z][\w-]*="[^"<\t\n]*")*)[ \t\n]*(\/?)>$/
const attributeForm = /([A-Za-z][\w-]*)="([^"]*)"/g

/** The vocabulary's own texts: a name that is the same text is found equal without being read. */
const names = new Map(Object.keys(elements).map(name => [name, name]))

/** Tags remembered over documents; those that hold data make it full now and then. */
const mostTags = 1_000
let tags = new Map<string, Tag>()
/** What a text most likely begins with. */
let first: Tag | undefined

/** How many are remembered, for the test that they are bounded. */
export function rememberedTags(): number {
  return tags.size
}

/** The element around all of a text; undefined where it is not plain. */
export function readPlain(text: string, { entities, bare }: PlainOptions): Element | undefined {
  if (notPlain.test(text) || text.includes(']]>')) return undefined
  const root: Open = { name: '', attributes: {}, children: none, start: 0 }
  let open = root
  /** Children of all that is open, the outermost first: an array for each element would have to grow, and be copied. */
  const waiting: Node[] = []
  const begins: number[] = []
  let count = 0
  let at = 0
  let before: Tag = { name: '', attributes: {}, closed: false, written: '', next: first, other: undefined }
  while (at < text.length) {
    const start = text.charCodeAt(at) === lessThan ? at : text.indexOf('<', at)
    if (start !== at) {
      const between = decoded(text.slice(at, start === -1 ? text.length : start), entities)
      if (between === undefined) return undefined
      if (isSaid(between) || !bare.has(open.name)) {
        waiting[count] = between
        count += 1
      }
      if (start === -1) break
    }
    if (text.charCodeAt(start + 1) === 0x2f) {
      const end = start + 2 + open.name.length
      const begin = begins.pop()
      if (begin === undefined || !text.startsWith(open.name, start + 2)) return undefined
      if (text.charCodeAt(end) !== greaterThan) return undefined
      at = end + 1
      if (count > begin) open.children = waiting.slice(begin, count)
      count = begin
      open = open.parent as Open
      continue
    }
    let tag = followed(before.next, text, start) ?? followed(before.other, text, start)
    if (tag === undefined) {
      const end = text.indexOf('>', start)
      if (end === -1) return undefined
      const written = text.slice(start, end + 1)
      tag = tags.get(written)
      // What is met for the first time may hold data, and is not led to.
      if (tag === undefined) tag = readTag(written, entities)
      else {
        before.other = before.next
        before.next = tag
      }
      if (tag === undefined) return undefined
      first ??= tag
    }
    at = start + tag.written.length
    before = tag
    const element: Open = { name: tag.name, attributes: tag.attributes, children: none, parent: open, start }
    waiting[count] = element
    count += 1
    if (!tag.closed) {
      open = element
      begins.push(count)
      if (begins.length > deepest) return undefined
    }
  }
  if (begins.length > 0) return undefined
  root.children = waiting.slice(0, count)
  return root
}

interface Open extends Element {
  children: readonly Node[]
}

const none: readonly Node[] = []
const [lessThan, greaterThan] = [0x3c, 0x3e]

/** Whether a text says anything but blanks. Most begin with a letter or a figure. */
function isSaid(text: string): boolean {
  const code = text.charCodeAt(0)
  return (code > 0x20 && code < 0x80) || text.trim() !== ''
}

function followed(tag: Tag | undefined, text: string, at: number): Tag | undefined {
  return tag !== undefined && text.startsWith(tag.written, at) ? tag : undefined
}

function readTag(written: string, entities: PlainOptions['entities']): Tag | undefined {
  // A copy: a slice would keep the whole text of its document alive.
  const own = Buffer.from(written).toString()
  const form = tagForm.exec(own)
  if (form === null) return undefined
  const attributes: Record<string, string> = {}
  for (const [, name, value] of form[2]!.matchAll(attributeForm)) {
    const meant = decoded(value!, entities)
    if (meant === undefined || Object.hasOwn(attributes, name!)) return undefined
    attributes[name!] = meant
  }
  const name = names.get(form[1]!) ?? form[1]!
  const tag: Tag = { name, attributes, closed: form[3] === '/', written: own, next: undefined, other: undefined }
  if (tags.size >= mostTags) {
    tags = new Map()
    first = undefined
  }
  tags.set(own, tag)
  return tag
}

const reference = /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|([A-Za-z]\w*));|&/g
const basic: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** With its references resolved; undefined where one is none, or stands for what XML has no place for. */
function decoded(text: string, entities: PlainOptions['entities']): string | undefined {
  if (!text.includes('&')) return text
  let plain = true
  const out = text.replace(reference, (_, decimal?: string, hex?: string, name?: string) => {
    const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : undefined
    const found =
      code === undefined
        ? name === undefined
          ? undefined
          : Object.hasOwn(basic, name)
            ? basic[name]
            : Object.hasOwn(entities, name)
              ? entities[name]
              : undefined
        : code >= 0x20 && code < 0xd800
          ? String.fromCharCode(code)
          : undefined
    plain &&= found !== undefined
    return found ?? ''
  })
  return plain ? out : undefined
}
