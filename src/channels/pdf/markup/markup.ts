/** Page markup in and out of templates: the source checked before there is data, the merged text read into a tree. */
import type { Brand, Fault, Place, Result, Source } from '../../../model/index.ts'
import { settle } from '../../../model/index.ts'
import { hintNearest } from '../../../schema/index.ts'
import { blank, merged } from './blank.ts'
import { straddling } from './blocks.ts'
import type { Flaw } from './check.ts'
import { checkTree } from './check.ts'
import type { WhyDots } from './dots.ts'
import { checkDots } from './dots.ts'
import { checkFeatures } from './features.ts'
import { checkItalics } from './italics.ts'
import { entities, parseXml, unquoted } from './parse.ts'
import { checkReferences } from './references.ts'
import type { Element } from './tree.ts'
import { pathOf } from './tree.ts'
import { elements } from './vocabulary.ts'

/** What the brand's fonts cover. */
export interface Coverage {
  /** Characters of a text that no font has. */
  readonly lacks: (text: string) => readonly string[]
  /** OpenType features of a family, by tag; absent: not checked. */
  readonly features?: (family: string) => readonly string[]
  /** Absent: not checked. */
  readonly whyDots?: WhyDots
}

/** Faults, and what is worth a warning. */
export interface Inspected {
  readonly faults: readonly Fault[]
  readonly remarks: readonly Fault[]
}

/**
 * Every fault of a template's source that can be seen without data, with line and column, and those of the partials it includes.
 * An element must be closed inside the block (`{{#if}}`, `{{#each}}`, `{{else}}`) that it is opened in.
 */
export function inspectTemplate(
  source: Source,
  brand: Brand,
  { lacks, features, whyDots = () => undefined }: Coverage = { lacks: () => [] },
): Inspected {
  const faults: Fault[] = []
  const remarks: Fault[] = []
  const seen = new Set<string>()
  const inspect = (file: Source, fragment: boolean) => {
    const { text, partials, borders } = blank(file.text)
    const { root, errors, nested } = parseXml(text)
    const placeAt = (offset: number): Place => ({ file: file.file, ...lineAndColumn(text, offset) })
    for (const error of errors) {
      // Both branches of an {{#if}} inside a tag may set the same attribute.
      if (error.message.startsWith('duplicate attribute')) continue
      faults.push({
        code: 'pdf.markup',
        message: `not well-formed: ${error.message}`,
        place: placeAt(error.offset),
        hint: formHint(error.message),
      })
    }
    const flaws = nested ? checkTree(root, { brand, fragment, quoting: true, merged }) : []
    if (features !== undefined) flaws.push(...checkFeatures(root, { brand, features, merged }))
    if (nested) flaws.push(...checkItalics(root, brand))
    const dots = checkDots(root, brand, whyDots)
    for (const flaw of dots.remarks) remarks.push(toFault(flaw, placeAt(offsetOf(flaw, text))))
    for (const flaw of [...flaws, ...dots.flaws]) faults.push(toFault(flaw, placeAt(offsetOf(flaw, text))))
    for (const { name, offset } of nested ? straddling(text, borders) : []) {
      const message = `<${name}> is opened in one block and closed in another`
      faults.push({ code: 'pdf.markup', message, place: placeAt(offset), hint: formHint('') })
    }
    // What partials and values add is not known yet.
    if (!fragment && partials.length === 0) {
      for (const flaw of checkReferences(root, merged)) faults.push(toFault(flaw, placeAt(offsetOf(flaw, text))))
    }
    for (const { element, character } of textLacking(root, lacks)) {
      const fault = missingGlyph(character)
      faults.push({ ...fault, place: placeAt(text.indexOf(character, element.start)) })
    }
    for (const name of partials) {
      const partial = brand.partials[`${name}.pdf`] ?? brand.partials[name]
      if (partial === undefined || seen.has(name)) continue
      seen.add(name)
      inspect(partial, true)
    }
  }
  inspect(source, false)
  return { faults, remarks: eachOnce(remarks) }
}

/** The tree of a merged text. Its places are paths of elements, since the text itself is nowhere on disk; no value is quoted. */
export function readMarkup(text: string, file: string, brand: Brand): Result<Element> {
  const { root, errors } = parseXml(text, { bare })
  const faults = errors.map(({ offset, message: said, element }): Fault => {
    const message = unquoted(said)
    const { line, column } = lineAndColumn(text, offset)
    const where = `line ${line}, column ${column} of the merged text`
    return {
      code: 'pdf.markup',
      message: `not well-formed: ${message} (${where})`,
      place: element === undefined ? { file } : placeOf(element, file),
      hint: formHint(message),
    }
  })
  // A broken text makes misleading flaws: elements that seem to stand where they do not.
  if (faults.length === 0) {
    for (const flaw of [...checkTree(root, { brand }), ...checkReferences(root)])
      faults.push(toFault(flaw, placeOf(flaw.element, file)))
  }
  return settle(root.children.find(child => typeof child !== 'string') as Element, faults)
}

/** An image that is shown ten times is one remark, at the first place. */
function eachOnce(remarks: readonly Fault[]): Fault[] {
  return remarks.filter(({ message }, at) => remarks.findIndex(other => other.message === message) === at)
}

/** Elements that hold other elements only. */
const bare: ReadonlySet<string> = new Set(Object.keys(elements).filter(name => !elements[name]!.text))

/** Characters of the template's own text that no font has, each once. */
function textLacking(
  root: Element,
  lacks: (text: string) => readonly string[],
): { element: Element; character: string }[] {
  const found = new Map<string, { element: Element; character: string }>()
  const walk = (element: Element) => {
    for (const child of element.children) {
      if (typeof child !== 'string') walk(child)
      else {
        for (const character of lacks(child.replaceAll(merged, ''))) {
          if (!found.has(character)) found.set(character, { element, character })
        }
      }
    }
  }
  walk(root)
  return [...found.values()]
}

/** A fault for a character that cannot be shown. */
export function missingGlyph(character: string): Fault {
  const number = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
  const shown = /[\p{C}\p{Z}]/u.test(character) ? number : `${character} (${number})`
  const hint = 'add a font that has it to the fallback of the family in brand.yaml'
  return { code: 'pdf.glyph', message: `no font of the brand has the character ${shown}`, hint }
}

/** The place of an element of a merged text. */
export function placeOf(element: Element, file: string): Place {
  const path = pathOf(element)
  return path === '' ? { file } : { file, path }
}

function toFault({ code, message, hint }: Flaw, place: Place): Fault {
  return hint === undefined ? { code, message, place } : { code, message, place, hint }
}

function formHint(message: string): string {
  const [, unknown] = /^unknown entity &(\w+);/.exec(message) ?? []
  if (unknown !== undefined)
    return (
      hintNearest(unknown, Object.keys(entities)) ??
      `known: ${Object.keys(entities).join(', ')}; or write a number: &#160;`
    )
  if (message.includes('entity') || message.includes('&'))
    return 'write & as &amp;, or use a character reference such as &#160;'
  if (message.includes('disallowed character')) return 'write < as &lt;, and take control characters out of the data'
  return 'close every element inside the block that it is opened in, and quote every attribute'
}

/** The attribute itself, where the flaw has one, else the element. */
function offsetOf({ element, attribute }: Flaw, text: string): number {
  if (attribute === undefined) return element.start
  const tag = new RegExp(`\\s${attribute.replace(/[^\\w-]/g, '.')}\\s*=`, 'g')
  tag.lastIndex = element.start
  const match = tag.exec(text)
  return match === null ? element.start : match.index + 1
}

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/)
  return { line: before.length, column: [...(before.at(-1) ?? '')].length + 1 }
}
