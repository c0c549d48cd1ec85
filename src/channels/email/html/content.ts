/** The HTML inside components and partials: element by element, what Handlebars may decide there, and what its readers would not see. */
import { hexStyles } from '../look/colors.ts'
import { isBlock } from '../tags/blocks.ts'
import { blankComments, openComment, withoutComments } from '../tags/comments.ts'
import { markTexts } from '../tags/marks.ts'
import { placeAt } from '../tags/place.ts'
import { shieldPattern } from '../tags/shield.ts'
import { checkActive } from './activecontent.ts'
import { checkAttribute } from './attributechecks.ts'
import { type Attribute, readAttributes } from './attributes.ts'
import { checkBackground } from './backgrounds.ts'
import { brandColors } from './brandcolors.ts'
import { brokenTags } from './brokentags.ts'
import { allDeclarations } from './chosenstyle.ts'
import { conditionRemarks, readersOf } from './conditions.ts'
import { checkDeclarations } from './declarationchecks.ts'
import { sheetDeclarations, valueStart } from './declarations.ts'
import { dotRemarks } from './dots.ts'
import { imageRemarks, sheetRemarks, supportRemarks } from './inbox.ts'
import { putAt, type Reader, remark } from './reader.ts'
import { type Rows, rowRemarks } from './rows.ts'
import { checkTwice } from './twice.ts'
import { elementRemarks } from './unknownelements.ts'
import { referenceRemarks } from './unknownreferences.ts'

/** An element's opening tag: name and attributes, quoted texts skipped as wholes. */
const openTag = /<([A-Za-z][\w:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/g

/**
 * Checks shielded HTML that begins at an offset, inside of `within`. Values may stand in text and in quoted attributes, but not in style or on* attributes,
 * where no escaping holds; blocks may stand anywhere but in those. Whether its tags are whole: nothing behind a broken one is what it seems.
 */
export function checkContent(
  written: string,
  { at: offset, within }: { readonly at: number; readonly within?: Rows | undefined },
  reader: Reader,
): boolean {
  const text = blankComments(written)
  const endless = openComment(written)
  if (endless >= 0)
    reader.faults.push({
      code: 'email.markup',
      message: 'a comment is never closed, and mail programs show nothing behind it',
      place: placeAt(reader.source, reader.sourceOffset(offset + endless)),
      hint: 'write --> where it ends',
    })
  putAt(reader, conditionRemarks(text, offset), reader.faults)
  const broken = brokenTags(written, { offset, shields: reader.shields })
  putAt(reader, broken, reader.faults)
  if (broken.length > 0) return false
  const wordless = linksWithoutWords(text, reader)
  const readers = readersOf(text)
  for (const match of text.matchAll(openTag)) {
    const name = match[1] ?? ''
    const at = offset + match.index + 1 + name.length
    const attributes = readAttributes(match[2] ?? '')
    for (const attribute of attributes) {
      checkAttribute(attribute, at, reader)
      checkBackground({ element: name, attribute }, at, reader)
    }
    checkTwice({ name, attributes, at }, reader)
    checkActive(name, attributes, at - name.length - 1, reader)
    const alone = wordless.some(({ start, end }) => start < match.index && match.index < end)
    const flat = attributes.map(one =>
      /^style$/i.test(one.name) ? { ...one, value: one.value && allDeclarations(one.value, reader.shields) } : one,
    )
    const element = { name, attributes: flat, at, alone, readBy: readers(match.index) }
    remark(reader, [
      ...imageRemarks(element),
      ...dotRemarks(element, reader.brand),
      ...supportRemarks(element, reader.brand),
    ])
  }
  for (const match of text.matchAll(/(<style\b[^>]*>)([\s\S]*?)<\/style/gi)) {
    const [, head = '', css = ''] = match
    const at = offset + match.index + head.length
    remark(reader, sheetRemarks('<style>', css, at))
    checkDeclarations(sheetDeclarations(css), at, reader)
  }
  remark(reader, elementRemarks(text, offset))
  remark(reader, referenceRemarks(text, offset))
  remark(
    reader,
    rowRemarks(text.replace(/<!--[\s\S]*?-->|<!\[[^>]*>/g, blank), { within, offset, shields: reader.shields }),
  )
  return true
}

/** Where links stand in which there are images without an alt text, and nothing else to read. */
function linksWithoutWords(
  text: string,
  { shields }: Reader,
): readonly { readonly start: number; readonly end: number }[] {
  const links = text.matchAll(/<a\b((?:[^<>"']|"[^"]*"|'[^']*')*)>([\s\S]*?)<\/a\s*>/gi)
  return [...links].flatMap(({ 0: whole, 1: attributes = '', 2: inner = '', index: start }) => {
    const leads = readAttributes(attributes).some(({ name }) => /^href$/i.test(name))
    const words = inner
      .replace(shieldPattern, (shield, position: string) => (isBlock(shields.get(Number(position))) ? '' : shield))
      .replace(openTag, (_tag, _name, written: string) => readAttributes(written).find(isAlt)?.value ?? '')
      .replace(/<[^>]*>/g, '')
    return leads && words.trim() === '' ? [{ start, end: start + whole.length }] : []
  })
}

const isAlt = ({ name }: Attribute): boolean => /^alt$/i.test(name)

const blank = (text: string): string => ' '.repeat(text.length)

/** Shielded HTML without comments, its colours of the brand written out, each text with a mark of where it stands. */
export function finishContent(text: string, offset: number, reader: Reader): string {
  const { shields, sourceOffset } = reader
  const marked = markTexts(text, { shields, sourceOffset: at => sourceOffset(offset + at) })
  return withoutComments(marked, shields).replace(openTag, tag =>
    hexStyles(tag.replace(/\sstyle\s*=\s*("[^"]*"|'[^']*')/gi, style => brandColors(style, reader))),
  )
}

/** The same of one that `mj-html-attribute` writes, what its tag says and what it holds; it may be of any element. */
export function checkWritten(
  opening: { readonly attributes: string; readonly attributesAt: number },
  content: { readonly inner: string; readonly at: number },
  reader: Reader,
): void {
  const named = readAttributes(opening.attributes).find(({ name }) => name === 'name')
  if (named?.value === undefined) return
  const at = opening.attributesAt + valueStart(named)
  const value = content.inner.trim()
  const begins = content.at + content.inner.indexOf(value)
  const attribute = { name: named.value, value, quoted: true, start: 0, end: begins - at + value.length + 1 }
  checkAttribute(attribute, at, reader)
  checkBackground({ element: 'mj-html-attribute', attribute }, at, reader)
  checkActive('', [attribute], at, reader)
}
