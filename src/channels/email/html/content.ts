/** The HTML inside components and partials: what Handlebars may decide there, and which images of the brand it shows. */
import { addressAttributes, type Brand, type Fault, quote, type Source } from '../../../model/index.ts'
import { hintKnown } from '../../../schema/index.ts'
import { hexStyles } from '../look/colors.ts'
import { isBlock } from '../tags/blocks.ts'
import { blankComments, openComment, withoutComments } from '../tags/comments.ts'
import { markTexts } from '../tags/marks.ts'
import { placeAt } from '../tags/place.ts'
import { type Shields, shieldPattern } from '../tags/shield.ts'
import { checkBackground, checkPictures } from './backgrounds.ts'
import { brokenTags } from './brokentags.ts'
import { allDeclarations, wrongChoice } from './chosenstyle.ts'
import { checkColorAttribute, checkColors } from './colornames.ts'
import { conditionRemarks, readersOf } from './conditions.ts'
import { type Declaration, declarationsOf, sheetDeclarations, valueStart } from './declarations.ts'
import { dotRemarks } from './dots.ts'
import { imageRemarks, type Remark, sheetRemarks, supportRemarks } from './inbox.ts'
import { writtenAddress } from './links.ts'
import { type Rows, rowRemarks } from './rows.ts'
import { checkTwice } from './twice.ts'
import { elementRemarks } from './unknownelements.ts'
import { referenceRemarks } from './unknownreferences.ts'

/** Where faults of a stretch of text are to be reported. */
export interface Reader {
  readonly source: Source
  readonly shields: Shields
  readonly brand: Brand
  /** Offset in the shielded text -> offset in the source. */
  readonly sourceOffset: (offset: number) => number
  readonly faults: Fault[]
  /** Classes that the template defines itself. */
  readonly ownClasses?: ReadonlySet<string>
  /** Warnings. */
  readonly remarks: Fault[]
}

/** An element's opening tag: name and attributes, quoted texts skipped as wholes. */
const openTag = /<([A-Za-z][\w:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/g
const attributePattern = /([^\s=/>"']+)(?:(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+))?/g

export interface Attribute {
  readonly name: string
  /** Without quotes; undefined for a bare name. */
  readonly value: string | undefined
  readonly quoted: boolean
  /** Offset in the text of the attributes. */
  readonly start: number
  readonly end: number
}

/** Attributes of an opening tag, from the text between name and `>`. */
export function readAttributes(text: string): readonly Attribute[] {
  return [...text.matchAll(attributePattern)].map(match => {
    const raw = match[3]
    const quoted = raw !== undefined && /^["']/.test(raw)
    const value = raw === undefined ? undefined : quoted ? raw.slice(1, -1) : raw.replace(/\/$/, '')
    return { name: match[1] ?? '', value, quoted, start: match.index, end: match.index + match[0].length }
  })
}

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

/** What declarations, the offset of whose text is known, show wrong or not at all. */
export function checkDeclarations(declarations: readonly Declaration[], offset: number, reader: Reader): void {
  checkColors(declarations, offset, reader)
  checkPictures(declarations, offset, reader)
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

function checkAttribute(attribute: Attribute, offset: number, reader: Reader): void {
  const { name, value, quoted, start } = attribute
  const at = offset + start
  if (value !== undefined && /^src$/i.test(name)) checkImage(value, at, reader)
  if (value !== undefined) checkAddress(name, value, at, reader)
  checkColorAttribute(attribute, offset, reader)
  if (value !== undefined && /^style$/i.test(name)) {
    checkDeclarations(declarationsOf(allDeclarations(value, reader.shields)), offset + valueStart(attribute), reader)
    const wrong = wrongChoice(value, { shields: reader.shields, value: tag => brandColor(tag, reader.brand) ?? tag })
    if (wrong !== undefined) tagFault(reader, at, wrong.message, wrong.hint)
  }
  for (const found of `${name}\n${value ?? ''}`.matchAll(shieldPattern)) {
    const shielded = reader.shields.get(Number(found[1]))
    const { tag, text } = shielded
    const inName = found.index < name.length
    const kind = tag === 'whole' ? 'value' : tag.kind
    if (/^style$/i.test(name) && quoted && (isBlock(shielded) || brandColor(text, reader.brand) !== undefined)) continue
    if (/^(style|on\w+)$/i.test(name))
      tagFault(
        reader,
        at,
        `${quote(text)} stands in ${name}, where no escaping keeps data harmless`,
        /^style$/i.test(name) ? styleHint : activeHint,
      )
    else if (inName && (kind === 'value' || kind === 'partial'))
      tagFault(reader, at, `${quote(text)} stands where an attribute's name is expected`, 'write name="{{value}}"')
    else if (!inName && !quoted)
      tagFault(reader, at, `the value of ${name} is not in quotes around ${quote(text)}`, `write ${name}="${text}"`)
  }
}

/** What runs, or shows somebody else's page: mail programs drop it, and filters take the whole mail for an attack. */
const active = new Set(['script', 'iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'base'])

function checkActive(name: string, attributes: readonly Attribute[], offset: number, reader: Reader): void {
  const place = placeAt(reader.source, reader.sourceOffset(offset))
  const hint = activeHint
  const handler = attributes.find(attribute => /^on[a-z]/i.test(attribute.name))?.name
  const refresh =
    /^meta$/i.test(name) && attributes.some(one => /^http-equiv$/i.test(one.name) && /^refresh$/i.test(one.value ?? ''))
  const found = active.has(name.toLowerCase()) || refresh ? `<${name.toLowerCase()}>` : handler
  if (found === undefined) return
  reader.faults.push({ code: 'email.markup', message: `${found} would have filters refuse the mail`, place, hint })
}

const styleHint = 'choose between fixed declarations: style="{{#if late}}color:#b00020{{/if}}"'
const activeHint = 'take it out: a mail shows text, images and links only'

/** Says where a tag stands wrong. */
export function tagFault(reader: Reader, offset: number, message: string, hint: string): void {
  const place = placeAt(reader.source, reader.sourceOffset(offset))
  reader.faults.push({ code: 'email.tag', message, place, hint })
}

/** Puts remarks at their places. */
export function remark(reader: Reader, found: readonly Remark[]): void {
  putAt(reader, found, reader.remarks)
}

function putAt({ source, sourceOffset }: Reader, found: readonly Remark[], into: Fault[]): void {
  for (const { fault, offset } of found) into.push({ ...fault, place: placeAt(source, sourceOffset(offset)) })
}

/** `brand:logo` has to be an image of the brand. */
export function checkImage(value: string, offset: number, { brand, faults, source, sourceOffset }: Reader): void {
  const name = /^brand:(.*)$/s.exec(value.trim())?.[1]
  if (name === undefined || Object.hasOwn(brand.images, name) || name.includes('\u{E000}')) return
  faults.push({
    code: 'email.image',
    message: `the brand has no image ${quote(name)}`,
    place: placeAt(source, sourceOffset(offset)),
    hint: hintKnown(name, Object.keys(brand.images), 'add it to images: in brand.yaml'),
  })
}

/** An address that the template itself writes is known to be wrong before there is data. */
export function checkAddress(name: string, value: string, offset: number, reader: Reader): void {
  if (!addressAttributes.has(name.toLowerCase())) return
  // What names an image is looked at for itself.
  if (!/href$/i.test(name) && /^\s*brand:/.test(value)) return
  if (value === '' && name === 'background-url') return
  const wrong = writtenAddress(name, value, reader.shields)
  if (wrong !== undefined) report(wrong, offset, reader)
}

/** Puts a fault at its place. */
export function report(fault: Fault, offset: number, { faults, source, sourceOffset }: Reader): void {
  faults.push({ ...fault, place: placeAt(source, sourceOffset(offset)) })
}

/** Classes are bundles of the brand, or of the template itself: MJML passes over one that it does not know. */
export function checkClasses(
  value: string,
  offset: number,
  { brand, faults, ownClasses, source, sourceOffset }: Reader,
): void {
  for (const name of value.split(/\s+/)) {
    if (name === '' || Object.hasOwn(brand.classes, name) || ownClasses?.has(name) || name.includes('\u{E000}'))
      continue
    faults.push({
      code: 'email.class',
      message: `the brand has no class ${quote(name)}`,
      place: placeAt(source, sourceOffset(offset)),
      hint: hintKnown(
        name,
        [...Object.keys(brand.classes).filter(known => !known.endsWith('.email')), ...(ownClasses ?? [])],
        'add it to classes: in brand.yaml',
      ),
    })
  }
}

/** The colour behind `{{brand.colors.accent}}`, inside of blocks `{{@root.brand.colors.accent}}` or `{{../brand.colors.accent}}`, which is known before any data is. */
function brandColor(tag: string, { colors }: Brand): string | undefined {
  const name = /^\{\{~?\s*(?:@root\.|(?:\.\.\/)+)?brand\.colors\.([\w-]+)\s*~?\}\}$/.exec(tag)?.[1]
  return name !== undefined && Object.hasOwn(colors, name) ? colors[name] : undefined
}

/** Colours of the brand written out where only they may stand. */
export function brandColors(text: string, { shields, brand }: Pick<Reader, 'shields' | 'brand'>): string {
  return text.replace(
    shieldPattern,
    (whole, position: string) => brandColor(shields.get(Number(position)).text, brand) ?? whole,
  )
}
