/** Names inside the document: each stands once, and links lead to one that is there. */
import type { Flaw } from './check.ts'
import type { Element } from './tree.ts'

/** What is wrong with ids and links to them. With `merged`, what is merged in later counts for nothing, and may be anything. */
export function checkReferences(root: Element, merged?: string): Flaw[] {
  const met: Met = { ids: new Set(), names: new Set(), links: [], flaws: [], merged, open: false }
  meet(root, met)
  const { ids, links, flaws, open } = met
  if (open) return flaws
  for (const element of links) {
    if (ids.has(element.attributes['href']!.slice(1))) continue
    const hint = 'give a block that id, or mend the link'
    flaws.push({
      code: 'pdf.link',
      message: 'href of a leads to an id that no block has',
      hint,
      element,
      attribute: 'href',
    })
  }
  return flaws
}

interface Met {
  readonly ids: Set<string>
  readonly names: Set<string>
  readonly links: Element[]
  readonly flaws: Flaw[]
  readonly merged: string | undefined
  /** Whether an id is merged in later, which any link may lead to. */
  open: boolean
}

function meet(element: Element, met: Met): void {
  const { ids, names, links, flaws, merged } = met
  const { id, href } = element.attributes
  if (id !== undefined) {
    if (merged !== undefined && id.includes(merged)) met.open = true
    else if (ids.has(id) && merged === undefined) {
      const message = `an id of ${element.name} stands twice`
      flaws.push({ code: 'pdf.value', message, hint: 'give every block an id of its own', element, attribute: 'id' })
    } else ids.add(id)
  }
  if (element.name === 'attachment' && merged === undefined) {
    const { name = '' } = element.attributes
    const hint = 'give every attachment a name of its own'
    if (names.has(name)) flaws.push({ code: 'pdf.value', message: 'two attachments have one name', hint, element })
    names.add(name)
  }
  if (element.name === 'a' && href?.startsWith('#') && (merged === undefined || !href.includes(merged)))
    links.push(element)
  for (const child of element.children) if (typeof child !== 'string') meet(child, met)
}
