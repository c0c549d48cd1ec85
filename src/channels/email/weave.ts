/** Reads a template's MJML, weaves the brand into it and puts its Handlebars tags where MJML keeps them. */
import { type Fault, type Result, type Source, settle } from '../../model/index.ts'
import { hintNearest } from '../../schema/index.ts'
import { type Around, weaveComment, weaveText } from './between.ts'
import { reportUnclosed } from './blocks.ts'
import { type Column, columnRemarks } from './columns.ts'
import { componentAttributes } from './componentattributes.ts'
import { components, holdsText, random } from './components.ts'
import { readAttributes, remark } from './content.ts'
import { weaveContent } from './inside.ts'
import type { InlineImage, Look } from './look.ts'
import { type Loom, openLoom } from './loom.ts'
import { placeAt } from './place.ts'
import { ruleRemarks } from './rulenames.ts'
import { type Closing, type Opening, scan } from './scan.ts'
import { clash, type Shields } from './shield.ts'
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

/** A component that is open. */
interface Frame extends Around {
  readonly at: number
  readonly columns: Column[]
}

/** What has been met so far. */
interface Course {
  readonly open: Frame[]
  /** Components that stand once, each with where it did. */
  readonly once: Map<string, number>
  headed: boolean
  subject: string | undefined
}

export function weave(source: Source, look: Look, images: ReadonlyMap<string, InlineImage>): Result<Woven> {
  const faults = unreadable(source)
  const loom = openLoom(source, { look, brand: look.brand, images, faults })
  const course: Course = { open: [], once: new Map(), headed: false, subject: undefined }
  for (const piece of scan(loom.text)) {
    const around = course.open.at(-1) ?? { name: '', blocks: [] }
    if (piece.kind === 'opening') open(piece, course, loom)
    else if (piece.kind === 'closing') close(piece, course, loom)
    else if (piece.kind === 'text') weaveText(piece, around, loom)
    else if (piece.kind === 'comment') weaveComment(piece, around, loom)
    else if (loom.text.startsWith('<!--', piece.at)) {
      loom.fail(piece.at, 'a comment is never closed', 'write --> where it ends')
      // It took the ends of all around it along.
      course.open.length = 0
    } else loom.fail(piece.at, 'a < that begins no element', 'write &lt;')
  }
  for (const { name, at } of course.open) loom.fail(at, `<${name}> is never closed`, `write </${name}>`)
  remark(loom, ruleRemarks(loom.text, loom))
  const { subject = '' } = course
  if (subject.trim() === '') faults.push(noSubject(source, course))
  const { shields, expected, remarks } = loom
  return settle({ ...loom.written(), shields, expected, subject, remarks }, faults)
}

/** What would mislead the reading itself. */
function unreadable(source: Source): Fault[] {
  const fault = (offset: number, message: string, hint: string): Fault => ({
    code: 'email.markup',
    message,
    place: placeAt(source, offset),
    hint,
  })
  const { broken } = findTags(source.text)
  const own = clash(source.text)
  return [
    ...(broken === undefined ? [] : [fault(broken, 'this {{ has no end', 'close it with }}')]),
    ...(own < 0 ? [] : [fault(own, 'a private-use character (U+E000 to U+E00F) stands in the template', 'remove it')]),
  ]
}

function open(opening: Opening, course: Course, loom: Loom): void {
  const { name, at, attributes, closed, content } = opening
  if (name === 'mj-include') {
    loom.fail(at, 'mj-include is not taken', 'put the block into assets/partials and write {{> name}}')
    return
  }
  if (!components.has(name)) {
    const hint = hintNearest(name, components) ?? 'HTML stands inside mj-text, mj-table or mj-raw'
    loom.fail(at, `<${name}> is no component of MJML`, hint)
  }
  reportSecond(opening, course, loom)
  if (random.has(name))
    loom.fail(at, `${name} is not taken: it is given random ids`, 'use mj-image, mj-text or mj-button')
  if (name === 'mj-body' && !course.headed) {
    loom.write(`<mj-head>${loom.look.head}</mj-head>`, at)
    course.headed = true
  }
  loom.write(`<${name}${componentAttributes(opening, loom)}${closed ? '/' : ''}>`, at)
  if (name === 'mj-head') {
    course.headed = true
    if (closed) loom.fail(at, 'mj-head is empty', 'give it an mj-title')
    loom.write(loom.look.head, at)
  }
  const around = course.open.at(-1)
  if (name === 'mj-column')
    around?.columns.push({
      offset: at,
      wide: readAttributes(attributes).some(attribute => attribute.name === 'width'),
      block: around.blocks.at(-1)?.text,
    })
  if (closed) return
  if (content === undefined) course.open.push({ name, at, blocks: [], columns: [] })
  else if (content.closing === undefined) {
    loom.fail(at, `<${name}> is never closed`, `write </${name}>`)
    // It took the ends of all around it along.
    course.open.length = 0
  } else {
    const title = weaveContent(opening, content, loom)
    if (name === 'mj-title') course.subject = title
    loom.copy(content.closing.written, content.closing.at)
  }
}

/** What a mail has one of. */
const single: ReadonlySet<string> = new Set(['mjml', 'mj-head', 'mj-body', 'mj-title', 'mj-preview'])

/** MJML takes the first or the last, and says nothing of the others. */
function reportSecond({ name, at }: Opening, { once }: Course, loom: Loom): void {
  if (!single.has(name)) return
  const first = once.get(name)
  if (first === undefined) once.set(name, at)
  else {
    const { line } = placeAt(loom.source, loom.sourceOffset(first))
    loom.fail(
      at,
      `a second ${name} stands beside that of line ${line}`,
      holdsText.has(name) ? 'take one out; to choose, write {{#if}} inside of one' : 'take one out',
    )
  }
}

function close({ name, written, at }: Closing, { open }: Course, loom: Loom): void {
  const innermost = open.at(-1)
  if (innermost?.name === name) {
    open.pop()
    reportUnclosed(name, innermost.blocks, loom)
    remark(loom, columnRemarks(innermost.columns))
    loom.copy(written, at)
    return
  }
  loom.fail(
    at,
    `</${name}> closes ${innermost === undefined ? 'nothing' : `<${innermost.name}>`}`,
    innermost === undefined
      ? 'remove it'
      : `close <${innermost.name}> of line ${placeAt(loom.source, loom.sourceOffset(innermost.at)).line} first`,
  )
  // It is said once: what is open inside of what is closed here is over too.
  const opened = open.findLastIndex(frame => frame.name === name)
  if (opened >= 0) open.length = opened
}

function noSubject({ file }: Source, { subject }: Course): Fault {
  return {
    code: 'email.subject',
    message: subject === undefined ? 'the mail has no mj-title, which is its subject' : 'mj-title is empty',
    place: { file, line: 1, column: 1 },
    hint: 'write <mj-head><mj-title>Invoice {{number}}</mj-title></mj-head>',
  }
}
