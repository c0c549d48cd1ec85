/** Reads a template's MJML, weaves the brand into it and puts its Handlebars tags where MJML keeps them. */
import { type Fault, quote, type Result, type Source, settle } from '../../model/index.ts'
import { hintNearest } from '../../schema/index.ts'
import { type Column, columnRemarks } from './columns.ts'
import { components, holdsHtml, holdsText, openAttribute, random, takesBlocks, takesText } from './components.ts'
import {
  type Attribute,
  brandColors,
  checkAddress,
  checkClasses,
  checkImage,
  type Reader,
  readAttributes,
  readContent,
  remark,
  tagFault,
} from './content.ts'
import { decodeEntities } from './entities.ts'
import { iconRemarks, imageRemarks } from './inbox.ts'
import type { InlineImage, Look } from './look.ts'
import { placeAt } from './place.ts'
import { clash, newShields, type Shielded, type Shields, shieldPattern, shieldTags } from './shield.ts'
import { inlineSource, inlineSources } from './sources.ts'
import { findTags } from './tags.ts'

/** MJML that can be pressed. */
export interface Woven {
  readonly mjml: string
  /** For each line of `mjml`, from 0, the line of the source that it came from. */
  readonly lines: readonly number[]
  readonly shields: Shields
  /** Numbers of the shields that the pressed HTML has to show, in this order. */
  readonly expected: readonly number[]
  /** The subject as a text to merge, without markup. */
  readonly subject: string
  /** Warnings. */
  readonly remarks: readonly Fault[]
}

const piece =
  /<!--[\s\S]*?-->|<[!?][^>]*>|<\/([A-Za-z][\w-]*)\s*>|<([A-Za-z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|[^<]+|</g

export function weave(source: Source, look: Look, images: ReadonlyMap<string, InlineImage>): Result<Woven> {
  const faults: Fault[] = []
  const fail = (offset: number, message: string, hint: string): void => {
    faults.push({ code: 'email.markup', message, place: placeAt(source, offset), hint })
  }
  const { broken } = findTags(source.text)
  if (broken !== undefined) fail(broken, 'this {{ has no end', 'close it with }}')
  if (clash(source.text) >= 0)
    fail(clash(source.text), 'a private-use character (U+E000 to U+E005) stands in the template', 'remove it')
  const shields = newShields()
  const { text, sourceOffset } = shieldTags(source.text, shields)
  const reader: Reader = {
    source,
    shields,
    brand: look.brand,
    sourceOffset,
    faults,
    remarks: [],
    ownClasses: classesOf(text),
  }

  let mjml = ''
  const lines = [1]
  const expected: number[] = []
  let subject: string | undefined
  /** Writes text that came from an offset of the shielded text; `verbatim`: character by character. */
  const emit = (written: string, offset: number, verbatim = false): void => {
    mjml += written
    for (let at = written.indexOf('\n'); at >= 0; at = written.indexOf('\n', at + 1))
      lines.push(placeAt(source, sourceOffset(offset + (verbatim ? at + 1 : 0))).line ?? 1)
  }
  const whole = (shielded: string, offset: number): string =>
    shields.add({ text: shields.lift(shielded), tag: 'whole', start: sourceOffset(offset) })

  const stack: {
    readonly name: string
    readonly offset: number
    readonly blocks: Shielded[]
    readonly columns: Column[]
  }[] = []
  let hasHead = false
  piece.lastIndex = 0
  for (let match = piece.exec(text); match !== null; match = piece.exec(text)) {
    const [found, closed, opened, attributeText = ''] = match
    const offset = match.index
    const parent = stack.at(-1)?.name ?? ''
    if (found.startsWith('<!--')) between(found.slice(4, -3), offset + 4, parent, true)
    else if (closed !== undefined) {
      const opened = stack.findLastIndex(({ name }) => name === closed)
      if (opened >= 0 && opened === stack.length - 1) {
        const frame = stack.pop()
        unclosed(closed, frame?.blocks ?? [])
        remark(reader, columnRemarks(frame?.columns ?? []))
        emit(found, offset, true)
      } else {
        fail(
          sourceOffset(offset),
          `</${closed}> closes ${parent === '' ? 'nothing' : `<${parent}>`}`,
          parent === ''
            ? 'remove it'
            : `close <${parent}> of line ${placeAt(source, sourceOffset(stack.at(-1)?.offset ?? 0)).line} first`,
        )
        // It is said once: what is open inside of what is closed here is over too.
        if (opened >= 0) stack.length = opened
      }
    } else if (opened !== undefined) element(opened, attributeText, offset, found)
    else if (found === '<') fail(sourceOffset(offset), 'a < that begins no element', 'write &lt;')
    else if (!found.startsWith('<')) between(found, offset, parent, false)
  }
  for (const { name, offset } of stack) fail(sourceOffset(offset), `<${name}> is never closed`, `write </${name}>`)
  if (subject === undefined || subject.trim() === '') {
    faults.push({
      code: 'email.subject',
      message: subject === undefined ? 'the mail has no mj-title, which is its subject' : 'mj-title is empty',
      place: { file: source.file, line: 1, column: 1 },
      hint: 'write <mj-head><mj-title>Invoice {{number}}</mj-title></mj-head>',
    })
  }
  return settle({ mjml, lines, shields, expected, subject: subject ?? '', remarks: reader.remarks }, faults)

  /** One opening tag with, where MJML passes its content on, everything up to the closing one. */
  function element(name: string, attributeText: string, offset: number, found: string): void {
    const closing = /\/\s*$/.test(attributeText)
    if (name === 'mj-include') {
      fail(sourceOffset(offset), 'mj-include is not taken', 'put the block into assets/partials and write {{> name}}')
      return
    }
    if (!components.has(name)) {
      const hint = hintNearest(name, components) ?? 'HTML stands inside mj-text, mj-table or mj-raw'
      fail(sourceOffset(offset), `<${name}> is no component of MJML`, hint)
    }
    if (random.has(name))
      fail(sourceOffset(offset), `${name} is not taken: it is given random ids`, 'use mj-image, mj-text or mj-button')
    if (name === 'mj-body' && !hasHead) {
      emit(`<mj-head>${look.head}</mj-head>`, offset)
      hasHead = true
    }
    emit(`<${name}${attributes(name, attributeText, offset + 1 + name.length)}${closing ? '/' : ''}>`, offset)
    if (name === 'mj-head') {
      hasHead = true
      if (closing) fail(sourceOffset(offset), 'mj-head is empty', 'give it an mj-title')
      emit(look.head, offset)
    }
    if (name === 'mj-column')
      stack.at(-1)?.columns.push({
        offset,
        wide: readAttributes(attributeText).some(attribute => attribute.name === 'width'),
        block: stack.at(-1)?.blocks.at(-1)?.text,
      })
    if (closing) return
    if (!holdsHtml.has(name) && !holdsText.has(name)) {
      stack.push({ name, offset, blocks: [], columns: [] })
      return
    }
    const start = offset + found.length
    const end = text.indexOf(`</${name}`, start)
    const close = end < 0 ? undefined : /^<\/[\w-]+\s*>/.exec(text.slice(end))?.[0]
    if (close === undefined) {
      fail(sourceOffset(offset), `<${name}> is never closed`, `write </${name}>`)
      piece.lastIndex = text.length
      return
    }
    content(name, text.slice(start, end), start)
    emit(close, end, true)
    piece.lastIndex = end + close.length
  }

  function content(name: string, inner: string, offset: number): void {
    if (holdsHtml.has(name)) {
      const html = inlineSources(readContent(inner, offset, reader), images)
      const blocks: Shielded[] = []
      for (const [, position] of html.matchAll(shieldPattern)) {
        expected.push(Number(position))
        follow(blocks, shields.get(Number(position)))
      }
      unclosed(name, blocks)
      emit(html, offset, html.length === inner.length)
      return
    }
    if (name === 'mj-style') {
      const css = brandColors(inner, reader)
      const left = /\u{E000}\d+\u{E001}/u.exec(css)
      if (left !== null)
        tagFault(
          reader,
          offset + inner.indexOf(left[0]),
          'data cannot stand in mj-style',
          'use {{brand.colors.NAME}} or a fixed value',
        )
      emit(css, offset)
      return
    }
    if (/<(?!!--)/.test(inner)) fail(sourceOffset(offset), `${name} holds markup`, 'write plain text')
    // The title becomes an attribute's value too: quotes of its own would end it. Behind the shield tags keep theirs.
    const safe = inner.replaceAll('"', '&quot;')
    const shield = safe.trim() === '' ? '' : whole(safe.trim(), offset)
    emit(shield, offset)
    if (name !== 'mj-title') return
    // Blanks before it bring tags of the subject to their line and column: they are trimmed again.
    const { line = 1, column = 1 } = placeAt(source, sourceOffset(offset))
    subject = '\n'.repeat(line - 1) + ' '.repeat(column - 1) + shields.lift(decodeEntities(inner))
    if (inner.trim() === '') subject = ''
  }

  /** A block that is opened in a component and closed elsewhere would repeat or drop half of one. */
  function unclosed(name: string, blocks: readonly Shielded[]): void {
    for (const { text: written, start } of blocks)
      faults.push({
        code: 'email.tag',
        message: `${quote(written)} is opened in ${name} and closed elsewhere`,
        place: placeAt(source, start),
        hint: 'put the whole block inside the text of a component, or around whole components',
      })
  }

  /** Attributes of a component, its names resolved; one that data reaches moves as a whole. */
  function attributes(component: string, attributeText: string, offset: number): string {
    const found = readAttributes(attributeText.replace(/\/\s*$/, ''))
    const element = { name: component, attributes: found, at: offset }
    remark(reader, [...imageRemarks(element), ...iconRemarks(element)])
    const width = found.some(({ name }) => name === 'width')
    let written = found.map(attribute => attributeOf(component, attribute, offset)).join('')
    const image =
      component === 'mj-image'
        ? images.get(found.find(({ name }) => name === 'src')?.value?.replace(/^brand:/, '') ?? '')
        : undefined
    // Without a width mj-image fills its column: a logo is shown at its own size.
    if (image !== undefined && !width) written += ` width="${Math.round(image.naturalWidthPx)}px"`
    if (component === 'mjml' && !found.some(({ name }) => name === 'lang'))
      written += ` lang="${whole('{{locale}}', offset)}"`
    return written
  }

  function attributeOf(component: string, { name, value, start }: Attribute, offset: number): string {
    const at = offset + start
    const colored = brandColors(value ?? '', reader)
    if (name === 'src') checkImage(colored, at, reader)
    checkAddress(name, colored, at, reader)
    if (name === 'mj-class') checkClasses(colored, at, reader)
    if (/[\u{E000}]/u.test(name) || /[\u{E000}]/u.test(colored)) {
      const tag = shields.lift(/\u{E000}\d+\u{E001}/u.exec(name + colored)?.[0] ?? '')
      if (name.includes('\u{E000}'))
        tagFault(
          reader,
          at,
          `${quote(tag)} decides about attributes of ${component}, which MJML compiles only once`,
          'write the component twice, in {{#if}} and {{else}}',
        )
      else if (!openAttribute.test(name))
        tagFault(
          reader,
          at,
          `${quote(tag)} stands in ${name} of ${component}, which MJML compiles only once`,
          'use an mj-class of brand.yaml, or write the component twice, in {{#if}} and {{else}}',
        )
      return ` ${name}="${whole(inlineSource(name, colored, images), at)}"`
    }
    const resolved = inlineSource(name, look.attribute(name, colored), images)
    return ` ${name}="${resolved.replaceAll('"', '&quot;')}"`
  }

  /** Text between components: MJML would drop it, so tags become components of their own, and the rest is a fault. */
  function between(inner: string, offset: number, parent: string, comment: boolean): void {
    // That the component does not exist has been said.
    if (parent !== '' && !components.has(parent)) return
    if (comment && !inner.includes('\u{E000}')) {
      emit('\n'.repeat(inner.split('\n').length - 1), offset)
      return
    }
    const stray = inner.replace(shieldPattern, '').search(/\S/)
    if (stray >= 0 && !comment) {
      const at = offset + inner.search(/[^\s\u{E000}\u{E001}\d]/u)
      fail(
        sourceOffset(Math.max(at, offset)),
        `text stands in ${parent === '' ? 'no element' : parent}, where mail would not show it`,
        'put it into mj-text',
      )
    }
    let from = 0
    for (const match of inner.matchAll(shieldPattern)) {
      emit(comment ? '' : inner.slice(from, match.index).replace(/\S/g, ''), offset + from, true)
      from = match.index + match[0].length
      const position = Number(match[1])
      const { tag, text: written } = shields.get(position)
      follow(stack.at(-1)?.blocks ?? [], shields.get(position))
      const block = tag !== 'whole' && (tag.kind === 'block' || tag.kind === 'else' || tag.kind === 'close')
      if (block ? takesBlocks.has(parent) : takesText.has(parent)) {
        expected.push(position)
        emit(block ? `<mj-raw>${match[0]}</mj-raw>` : `<mj-text>${match[0]}</mj-text>`, offset + match.index)
      } else {
        tagFault(
          reader,
          offset + match.index,
          `${quote(written)} stands in ${parent === '' ? 'no element' : parent}, where MJML loses it`,
          block ? `put it inside mj-body, or inside the text it decides about` : 'put it into mj-text',
        )
      }
    }
    if (!comment) emit(inner.slice(from).replace(/\S/g, ''), offset + from, true)
  }
}

/** Keeps the blocks that are open. A block that was opened elsewhere is reported there. */
function follow(blocks: Shielded[], shielded: Shielded): void {
  if (shielded.tag === 'whole') return
  if (shielded.tag.kind === 'block') blocks.push(shielded)
  else if (shielded.tag.kind === 'close') blocks.pop()
}

/** Names that `mj-class` in the template's own `mj-attributes` define. */
function classesOf(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/<mj-class\b[^>]*?\sname\s*=\s*["']([^"']+)["']/g)].map(([, name = '']) => name))
}
