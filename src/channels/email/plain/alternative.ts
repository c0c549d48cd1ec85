/** The plain part of a mail, derived once per template from the pressed HTML. The one home of html-to-text. */
import { compile, type DomNode, type FormatCallback, type HtmlToTextOptions } from 'html-to-text'
import {
  type Brand,
  type Fault,
  failed,
  partialFor,
  quote,
  type Result,
  type Source,
  settle,
  takesParts,
} from '../../../model/index.ts'
import { decodeEntities } from '../html/entities.ts'
import { wordsBesideIcon } from '../html/networks.ts'
import { isBlock } from '../tags/blocks.ts'
import { withoutComments } from '../tags/comments.ts'
import { placeAt } from '../tags/place.ts'
import { type Shielded, type Shields, shieldPattern, shieldTags } from '../tags/shield.ts'
import { breakMark, cellEnd, cellMark, linkMark, tableMark } from '../tags/signs.ts'
import { findTags } from '../tags/tags.ts'
import { framedAlt, saidOnce } from './alts.ts'
import { flattenCells, withoutBreakMarks } from './cells.ts'
import { chosenWords } from './chosenwords.ts'
import { asDrawn, withoutApartMarks } from './drawn.ts'
import { orderedList } from './items.ts'

/** The plain part to merge, and warnings. */
export interface Plain {
  readonly text: string
  readonly remarks: readonly Fault[]
}

/**
 * A text to merge with the same tags as the HTML, so that both say the same. Rows of tables are lines with a tab before
 * each cell (aligned when the message is known), links are followed by their address, images are their alt text.
 * Partials hold HTML in mail: their text is put in their place.
 */
export function derivePlain(html: string, shields: Shields, source: Source, brand: Brand): Result<Plain> {
  const faults: Fault[] = []
  const body = /<body[\s\S]*<\/body>/.exec(html)?.[0] ?? html
  faults.push(...chosenWords(body, shields, source))
  const whole = includePartials(body, shields, brand, source, faults, [])
  const css = Array.from(html.matchAll(sheets), ([, sheet = '']) => sheet).join('\n')
  const drawn = asDrawn(whole, { css, shields, source })
  const flat = withoutApartMarks(flattenCells(toText(decodeWholes(drawn.html, shields), shields)))
  const text = saidOnce(flat, { shields, brand })
    .replace(new RegExp(`^ *${tableMark} *\\n?`, 'gm'), '')
    .replace(new RegExp(` *${cellMark} *`, 'g'), '\t')
    .replace(/[ \t]+$/gm, '')
    .replace(shieldPattern, (_whole, position: string, at: number, all: string) =>
      keepBreaks(shields.get(Number(position)), { shields, at, all }),
    )
    .replace(new RegExp(`^.*${breakMark}$`, 'gmu'), line => keepMark(line, shields))
    .replace(/^ *(?:\u{E000}\d+\u{E001} *){2,}$/gmu, line => ownLines(line, shields))
    .replace(/^((?:\u{E000}\d+\u{E001})+) +/gmu, (line, tags: string) => (areBlocks(tags, shields) ? tags : line))
  const merged = `${shields.lift(text.replaceAll('{{', '\\{{')).replace(/^\n+|\s+$/g, '')}\n`
  return settle({ text: merged, remarks: drawn.remarks }, faults)
}

const sheets = /<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi

/**
 * A shield for the same tag without a tilde that would take a line end or the tab of a cell away: blanks in HTML part nothing there,
 * and elements do.
 */
function keepBreaks(
  shielded: Shielded,
  { shields, at, all }: { readonly shields: Shields; readonly at: number; readonly all: string },
): string {
  const shield = /^\u{E000}\d+\u{E001}/u.exec(all.slice(at))?.[0] ?? ''
  const text = shielded.text
    .replace(/^(\{+)~/, (tag, braces: string) => (/(?:^|[\n\t]) *$/.test(all.slice(0, at)) ? braces : tag))
    .replace(/~(\}+)$/, (tag, braces: string) =>
      /^ *(?:$|[\n\t\u{E00D}])/u.test(all.slice(at + shield.length)) ? braces : tag,
    )
  return text === shielded.text ? shield : shields.add({ ...shielded, text })
}

/** HTML whose attributes that move as one have their character references decoded, as the parser does with all others. */
function decodeWholes(html: string, shields: Shields): string {
  return html.replace(shieldPattern, (shield, position: string) => {
    const shielded = shields.get(Number(position))
    if (shielded.tag !== 'whole' || !shielded.text.includes('&')) return shield
    let text = ''
    let from = 0
    const literal = (end: number): string => decodeEntities(shielded.text.slice(from, end)).replaceAll('{{', '\\{{')
    for (const tag of findTags(shielded.text).tags) {
      text += literal(tag.start) + tag.text
      from = tag.end
    }
    return shields.add({ ...shielded, text: text + literal(shielded.text.length) })
  })
}

/** Handlebars takes the line of a block tag away only if the tag stands alone on it: else omitted rows would leave empty lines. */
function ownLines(line: string, shields: Shields): string {
  return areBlocks(line, shields) ? [...line.matchAll(shieldPattern)].map(([shield]) => shield).join('\n') : line
}

/** A line with the mark of its break only where nothing but tags of blocks is on it: there the break is content, and would go. */
function keepMark(line: string, shields: Shields): string {
  const bare = withoutBreakMarks(line)
  return /^ *(?:\u{E000}\d+\u{E001} *)+$/u.test(bare) && areBlocks(bare, shields) ? line : bare
}

function areBlocks(line: string, shields: Shields): boolean {
  return [...line.matchAll(shieldPattern)].every(([, position]) => isBlock(shields.get(Number(position))))
}

function includePartials(
  html: string,
  shields: Shields,
  brand: Brand,
  source: Source,
  faults: Fault[],
  within: readonly string[],
): string {
  return html.replace(shieldPattern, (shield, position: string) => {
    const { tag, start, text } = shields.get(Number(position))
    if (tag === 'whole') return shield
    if (/^\{\{~?#>/.test(tag.text)) faults.push(notPlain(text, source, start))
    if (tag.kind !== 'partial') return shield
    const partial = partialFor(brand, tag.name, 'email')
    if (partial === undefined) return shield
    if (tag.rest !== '' || within.includes(tag.name)) {
      faults.push(notPlain(text, source, start))
      return shield
    }
    const inner = withoutComments(shieldTags(partial.text, shields).text, shields)
    faults.push(...chosenWords(inner, shields, partial))
    return includePartials(inner, shields, brand, source, faults, [...within, tag.name])
  })
}

function notPlain(tag: string, source: Source, start: number): Fault {
  return {
    code: 'email.text',
    message: `the plain part cannot be derived from ${quote(tag)}`,
    place: placeAt(source, start),
    hint: 'write the plain part as email.txt.hbs, or use a partial without arguments that does not include itself',
  }
}

/** Values in a link are parts of its address, as they are in the HTML: a slash or a blank in the data must not lead elsewhere. */
export function encodeParts(address: string, shields: Shields): string {
  let text = ''
  let literal = ''
  let from = 0
  for (const tag of findTags(address).tags) {
    const before = address.slice(0, tag.start)
    literal += address.slice(from, tag.start)
    const inside = takesParts(literal.trimStart())
    const behind = inside || (tag.name !== 'url' && /\{\{~?\s*url\s/.test(before))
    const part = tag.kind === 'value' && behind && !/^((?:@root\.|(?:\.\.\/)+)?brand\..*|urlPart|t)$/.test(tag.name)
    const value = tag.rest === '' ? tag.name : `(${tag.name} ${tag.rest})`
    const shielded = { text: part ? `{{urlPart ${value}}}` : tag.text, tag, start: tag.start }
    text += address.slice(from, tag.start) + shields.add(shielded)
    from = tag.end
  }
  return text + address.slice(from)
}

const formatters: NonNullable<HtmlToTextOptions['formatters']> = {
  hidden: () => {},
  alt: (element, _walk, builder) => {
    const alt = framedAlt(element)
    if (alt !== '') builder.addInline(alt)
  },
  link: (element, walk, builder) => {
    const href = (element.attribs?.['href'] ?? '').trim()
    const shown = textOf(element).trim()
    walk(element.children, builder)
    const bare = href.replace(/^(mailto|tel):/, '')
    // The same tag has another shield in the text than in the address.
    const shields = (builder as unknown as { readonly metadata: Shields }).metadata
    const { lift } = shields
    if (href !== '' && !href.startsWith('#') && lift(bare).replace(/\s/g, '') !== lift(shown).replace(/\s/g, ''))
      builder.addInline(` ${linkMark}<${encodeParts(lift(href), shields).replace(/^(mailto|tel):/, '')}>`)
  },
  orderedList,
  lineBreak: (_element, _walk, builder) => {
    builder.addInline(breakMark)
    builder.addLineBreak()
  },
  section: apart(2),
  table: (element, walk, builder) => {
    if (isLayout(element)) {
      apart(1)(element, walk, builder, {})
      return
    }
    builder.openBlock({ leadingLineBreaks: 2 })
    builder.addInline(tableMark)
    walk(element.children, builder)
    builder.closeBlock({ trailingLineBreaks: 2 })
  },
  layout: apart(1),
  cell: (element, walk, builder) => {
    if (isLayout(closest(element, 'table'))) {
      apart(1)(element, walk, builder, {})
      return
    }
    // The first one too: a loop may make it the next.
    builder.addInline(cellMark)
    walk(element.children, builder)
    builder.addInline(cellEnd)
  },
  row: (element, walk, builder, options) => {
    const words = isLayout(closest(element, 'table')) ? wordsBesideIcon(element) : undefined
    apart(1)(words === undefined ? element : { ...element, children: [words] }, walk, builder, options)
  },
}

/** A formatter that sets an element apart from what is before and after it by so many line ends. */
function apart(lines: number): FormatCallback {
  return (element, walk, builder) => {
    builder.openBlock({ leadingLineBreaks: lines })
    walk(element.children, builder)
    builder.closeBlock({ trailingLineBreaks: lines })
  }
}

/** Tables of MJML's own, which only place things. */
function isLayout(table: DomNode | undefined): boolean {
  const { role, class: own } = table?.attribs ?? {}
  return (
    role === 'presentation' || own === 'mj-accordion' || /^mj-accordion-/.test(table?.parent?.attribs?.['class'] ?? '')
  )
}

function closest(element: DomNode, name: string): DomNode | undefined {
  let outer = element.parent
  while (outer && outer.name !== name) outer = outer.parent
  return outer
}

function textOf(element: DomNode): string {
  return element.type === 'text' ? (element.data ?? '') : (element.children ?? []).map(textOf).join('')
}

/** Elements that stand in lines of their own. */
const lines = 'address caption center dd details dl dt fieldset figcaption figure legend summary'.split(' ')

const block = { leadingLineBreaks: 2, trailingLineBreaks: 2, uppercase: false }

/** Shields are handed in as metadata. */
const toText: (html: string, metadata: Shields) => string = compile({
  wordwrap: false,
  formatters,
  selectors: [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(selector => ({ selector, options: block })),
    { selector: 'ul', options: { itemPrefix: '- ' } },
    { selector: 'ol', format: 'orderedList' },
    { selector: 'img', format: 'alt' },
    { selector: 'br', format: 'lineBreak' },
    { selector: 'a', format: 'link' },
    { selector: 'style', format: 'hidden' },
    { selector: '.mj-accordion-ico', format: 'hidden' },
    { selector: 'div[style^="display:none"]', format: 'hidden' },
    { selector: 'div[style*="margin:0px auto"]', format: 'section' },
    { selector: 'table', format: 'table' },
    { selector: 'label.mj-accordion-element', format: 'section' },
    { selector: 'tr', format: 'row' },
    ...lines.map(selector => ({ selector, format: 'layout' })),
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
  ],
})

/** The plain part that a template brings itself. */
export function ownPlain(own: Source): Result<Plain> {
  return own.text.trim() === ''
    ? failed({
        code: 'email.text',
        message: 'the plain part is empty',
        place: { file: own.file, line: 1, column: 1 },
        hint: 'write it, or remove the file: it is then derived from the HTML',
      })
    : { ok: true, value: { text: own.text, remarks: [] } }
}
