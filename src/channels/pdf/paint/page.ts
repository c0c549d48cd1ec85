/** One page -> its object and its content stream, with what of it is tagged. */
import { packed } from '../flate.ts'
import type { ImageMark, Mark, Page } from '../layout/page.ts'
import { drawRect, drawText, fresh } from './content.ts'
import { writeLink } from './links.ts'
import { Pen } from './pen.ts'
import type { Placements } from './pictures.ts'
import { number, reference } from './strings.ts'
import type { Structure } from './structure.ts'
import type { Subsets } from './subset.ts'
import type { Writer } from './writer.ts'

/** What all pages of a document are painted with. */
export interface Means {
  readonly writer: Writer
  readonly subsets: Subsets
  readonly placements: Placements
  readonly structure: Structure | undefined
  /** Numbers of the objects that hold all pages, and their fonts and images. */
  readonly tree: number
  readonly resources: number
}

const pen = new Pen()

/** Gives the number of the page's object. */
export function paintPage(page: Page, { writer, subsets, placements, structure, tree, resources }: Means): number {
  const id = writer.reserve()
  const tags = structure?.page(id)
  const state = fresh(page.heightPt)
  pen.begin()
  const links: string[] = []
  let marked: unknown = unmarked
  /** Everything drawn is an element's, or said to be none. */
  const mark = (one: Mark): void => {
    if (structure === undefined || tags === undefined) return
    const element = structure.of(one)
    if (element === marked) return
    if (marked !== unmarked) pen.text('\nEMC')
    marked = element
    pen.text('\n')
    if (element === undefined) pen.text('/Artifact BMC')
    else structure.begin(element, tags, pen)
    if (element !== undefined && one.kind === 'image') structure.place(element, boxOf(one, page))
  }
  for (const one of page.marks) {
    switch (one.kind) {
      case 'cell':
        structure?.of(one)
        break
      case 'link':
        links.push(reference(writeLink(one, { page, structure, tags }, writer)))
        break
      case 'text':
        mark(one)
        pen.text('\n')
        drawText(one, subsets.of(one.face), state, pen)
        break
      case 'rect':
        mark(one)
        pen.text('\n')
        drawRect(one, state, pen)
        break
      case 'image':
        mark(one)
        pen.text(`\n${placements.of(one.name).content(one, state.height)}`)
        break
    }
  }
  if (marked !== unmarked) pen.text('\nEMC')
  const stream = writer.stream('/Filter /FlateDecode', packed(pen.written))
  const tagged = tags === undefined ? '' : ` /StructParents ${tags.key} /Tabs /S`
  const annotated = links.length === 0 ? '' : ` /Annots [${links.join(' ')}]`
  const box = `[0 0 ${number(page.widthPt)} ${number(page.heightPt)}]`
  writer.put(
    id,
    `<</Type /Page /Parent ${reference(tree)} /MediaBox ${box} /Contents ${reference(stream)} /Resources ${reference(resources)}${tagged}${annotated}>>`,
  )
  return id
}

/** Nothing is marked yet: neither an element's nor an artifact. */
const unmarked = Symbol('unmarked')

function boxOf({ x, y, width, height }: ImageMark, { heightPt }: Page): readonly number[] {
  return [x, heightPt - y - height, x + width, heightPt - y]
}
