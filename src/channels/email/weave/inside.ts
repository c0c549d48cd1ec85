/** What a component holds, where MJML passes it on: HTML, a style sheet, or the plain text of title and preview. */

import { brandColors } from '../html/brandcolors.ts'
import { closingFaults } from '../html/closings.ts'
import { checkContent, checkWritten, finishContent } from '../html/content.ts'
import { checkDeclarations } from '../html/declarationchecks.ts'
import { sheetDeclarations } from '../html/declarations.ts'
import { decodeEntities } from '../html/entities.ts'
import { inlineRuleRemarks, sheetRemarks } from '../html/inbox.ts'
import { remark, tagFault } from '../html/reader.ts'
import { referenceRemarks } from '../html/unknownreferences.ts'
import { hexDeclarations } from '../look/colors.ts'
import { inlineSources } from '../look/sources.ts'
import { follow, reportUnclosed } from '../tags/blocks.ts'
import { blankComments, hideComments, withoutComments } from '../tags/comments.ts'
import { placeAt } from '../tags/place.ts'
import { newShields, type Shielded, shieldPattern } from '../tags/shield.ts'
import { findTags } from '../tags/tags.ts'
import { holdsHtml, makesRows } from './components.ts'
import type { Loom } from './loom.ts'
import type { Content, Opening } from './scan.ts'

/** Writes what the component of this name holds. Gives a text without markup back as one to merge, which the title is the subject by. */
export function weaveContent(opening: Opening & Around, content: Content, loom: Loom): string {
  const { name, attributes, around } = opening
  if (name === 'mj-html-attribute') checkWritten(opening, content, loom)
  if (holdsHtml.has(name)) weaveHtml({ name, around }, content, loom)
  else if (name === 'mj-style') weaveStyle(content, /\sinline\s*=\s*["']?inline\b/.test(attributes), loom)
  else return weaveWords(name, content, loom)
  return ''
}

interface Around {
  /** The component that it stands in. */
  readonly around: string | undefined
}

function weaveHtml({ name, around }: Pick<Opening, 'name'> & Around, { inner, at }: Content, loom: Loom): void {
  const within = name === 'mj-table' ? 'table' : undefined
  const bare = name === 'mj-raw' && around !== undefined && makesRows.has(around)
  const whole = checkContent(inner, { at, within: bare ? 'mj-raw' : within }, loom)
  const stretch = { ...loom, text: inner, sourceOffset: (offset: number) => loom.sourceOffset(at + offset) }
  // Raw HTML may close what other raw HTML has opened.
  if (whole && name !== 'mj-raw') loom.faults.push(...closingFaults(stretch, { brand: loom.brand, within }))
  const html = inlineSources(finishContent(inner, at, loom), loom.images)
  const blocks: Shielded[] = []
  for (const [, position] of html.matchAll(shieldPattern)) {
    loom.expected.push(Number(position))
    follow(blocks, loom.shields.get(Number(position)))
  }
  reportUnclosed(name, blocks, loom)
  loom.replace(html, { inner, at })
}

function weaveStyle({ inner, at }: Content, inline: boolean, loom: Loom): void {
  remark(loom, sheetRemarks('mj-style', inner, at))
  if (inline) remark(loom, inlineRuleRemarks(inner, at, loom.brand))
  checkDeclarations(sheetDeclarations(inner), at, loom)
  const css = hexDeclarations(brandColors(inner, loom))
  const left = /\u{E000}\d+\u{E001}/u.exec(css)
  if (left !== null)
    tagFault(
      loom,
      at + inner.indexOf(left[0]),
      'data cannot stand in mj-style',
      'use {{brand.colors.NAME}} or a fixed value',
    )
  loom.write(css, at)
}

function weaveWords(name: string, { inner, at }: Content, loom: Loom): string {
  const words = withoutComments(inner, loom.shields)
  remark(loom, referenceRemarks(blankComments(inner), at))
  if (words.includes('<')) loom.fail(at, `${name} holds markup`, 'write plain text')
  // The title becomes an attribute's value too: quotes of its own would end it. Behind the shield tags keep theirs.
  const safe = words.replaceAll('"', '&quot;').trim()
  loom.write(safe === '' ? '' : loom.whole(safe, at), at)
  if (safe === '') return ''
  // The subject is merged by itself.
  if (name === 'mj-title') loom.wholes.pop()
  // Blanks before it bring tags of the subject to their line and column: they are trimmed again.
  const { line = 1, column = 1 } = placeAt(loom.source, loom.sourceOffset(at))
  const written = loom.source.text.slice(loom.sourceOffset(at), loom.sourceOffset(at + inner.length))
  return '\n'.repeat(line - 1) + ' '.repeat(column - 1) + asWritten(written)
}

/** The text of a title as one to merge: what stands behind a comment keeps its line and column. */
function asWritten(title: string): string {
  const shields = newShields()
  let text = ''
  let from = 0
  for (const tag of findTags(title).tags) {
    text += title.slice(from, tag.start) + shields.add({ text: tag.text, tag, start: tag.start })
    from = tag.end
  }
  return shields.lift(decodeEntities(hideComments(text + title.slice(from), shields)))
}
