/** Reads a template's MJML, weaves the brand into it and puts its Handlebars tags where MJML keeps them. */
import { type Fault, ownSignIn, type Result, type Source, settle } from '../../../model/index.ts'
import { hintNearest } from '../../../schema/index.ts'
import { readAttributes } from '../html/attributes.ts'
import { remark } from '../html/reader.ts'
import { ruleRemarks } from '../html/rulenames.ts'
import type { InlineImage, Look } from '../look/look.ts'
import { reportUnclosed } from '../tags/blocks.ts'
import { placeAt } from '../tags/place.ts'
import type { Shields } from '../tags/shield.ts'
import { findTags } from '../tags/tags.ts'
import { type Around, weaveComment, weaveText } from './between.ts'
import { type Column, columnRemarks } from './columns.ts'
import { componentAttributes } from './componentattributes.ts'
import { components, holdsText, random, randomAttribute } from './components.ts'
import { endsWell, noEnd } from './ends.ts'
import { weaveContent } from './inside.ts'
import { type Loom, openLoom } from './loom.ts'
import { type Closing, type Opening, scan } from './scan.ts'

/** MJML that can be pressed. */
export interface Woven {
  readonly mjml: string
  /** For each line of `mjml`, from 0, the line of the source that it came from. */
  readonly lines: readonly number[]
  readonly shields: Shields
  /** Numbers of the shields that the pressed HTML has to show, in this order. */
  readonly expected: readonly number[]
  /** Of those that stand for a whole stretch: each has to be shown, wherever and however often. */
  readonly wholes: readonly number[]
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
    } else if (brokenTag(piece.at, loom)) {
      course.open.length = 0
      break
    }
  }
  for (const { name, at } of course.open) loom.fail(at, `<${name}> is never closed`, `write </${name}>`)
  remark(loom, ruleRemarks(loom.text, loom))
  if (faults.length === 0) reportMissing(course, loom)
  const { subject = '' } = course
  if (subject.trim() === '') faults.push(noSubject(source, course))
  const { shields, expected, wholes, remarks } = loom
  return settle({ ...loom.written(), shields, expected, wholes, subject, remarks }, faults)
}

/** A `<` that begins nothing. Whether it is a tag whose end is not found: nothing behind it is what it seems. */
function brokenTag(at: number, loom: Loom): boolean {
  const [tag] = /^<\/?[A-Za-z][\w:-]*/.exec(loom.text.slice(at)) ?? []
  if (tag === undefined) loom.fail(at, 'a < that begins no element', 'write &lt;')
  else loom.fail(at, `the tag ${tag} has no end`, 'look for a quote or > that is missing')
  return tag !== undefined
}

/** MJML says of both only that something is malformed. */
function reportMissing({ once }: Course, loom: Loom): void {
  const message = once.has('mjml') ? 'the mail has no mj-body' : 'the mail has no mjml around it'
  if (!once.has('mjml') || !once.has('mj-body'))
    loom.fail(0, message, 'write <mjml> with <mj-head> and <mj-body> in it')
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
  const own = ownSignIn(source.text)
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
  const around = course.open.at(-1)
  // Of what stands in none it has been said.
  if (!components.has(name) && (around === undefined || components.has(around.name))) {
    const hint = hintNearest(name, components) ?? 'HTML stands inside mj-text, mj-table or mj-raw'
    loom.fail(at, `<${name}> is no component of MJML`, hint)
  }
  // There it is no part of the mail.
  if (around?.name !== 'mj-attributes') reportSecond(opening, course, loom)
  if (random.has(name))
    loom.fail(at, `${name} is not taken: it is given random ids`, 'use mj-image, mj-text or mj-button')
  if (
    readAttributes(attributes).some(
      attribute => attribute.name === randomAttribute && attribute.value === randomAttribute,
    )
  )
    loom.fail(
      at,
      `${name} is not taken with ${randomAttribute}: it is given random ids`,
      `leave ${randomAttribute} out: its links stand in a line`,
    )
  if (name === 'mj-body' && !course.headed) {
    loom.write(`<mj-head>${loom.look.head}</mj-head>`, at)
    course.headed = true
  }
  const met = loom.wholes.length
  loom.write(`<${name}${componentAttributes(opening, loom)}${closed ? '/' : ''}>`, at)
  // What components have by default is shown by those that there are, if any.
  if (course.open.some(frame => frame.name === 'mj-attributes')) loom.wholes.length = met
  if (name === 'mj-head') {
    course.headed = true
    if (closed) loom.fail(at, 'mj-head is empty', 'give it an mj-title')
    loom.write(loom.look.head, at)
  }
  if (name === 'mj-column')
    around?.columns.push({
      offset: at,
      wide: readAttributes(attributes).some(attribute => attribute.name === 'width'),
      block: around.blocks.at(-1)?.text,
      loop: around.blocks.findLast(({ text }) => /^\{\{~?\s*#\s*each\b/.test(text))?.text,
    })
  if (closed) return
  if (content === undefined) course.open.push({ name, at, blocks: [], columns: [] })
  else if (!endsWell(opening, content, loom)) {
    if (name === 'mj-title') course.subject = name
    // It took the ends of all around it along.
    if (content.closing === undefined) course.open.length = 0
  } else if (content.closing !== undefined) {
    const title = weaveContent({ ...opening, around: around?.name }, content, loom)
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
  const hint = innermost === undefined ? undefined : hintNearest(name, [innermost.name])
  const misspelt = innermost?.name !== name && !components.has(name) && hint !== undefined
  // Of a misspelt beginning it has been said.
  const meant = misspelt || (innermost !== undefined && !components.has(innermost.name) && hint !== undefined)
  if (innermost !== undefined && (innermost.name === name || meant)) {
    if (misspelt) loom.fail(at, noEnd(name, innermost.name), hint)
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
