/** Names inside the document: each stands once, and links lead to one that is there. */
import type { Flaw } from './check.ts'
import type { Element } from './tree.ts'

/** What is wrong with ids and links to them. With `merged`, what is merged in later counts for nothing, and may be anything. */
export function checkReferences(root: Element, merged?: string): Flaw[] {
  const ids = new Set<string>()
  const names = new Set<string>()
  const links: Element[] = []
  const flaws: Flaw[] = []
  let open = false
  const unknown = (text: string) => merged !== undefined && text.includes(merged)
  const walk = (element: Element) => {
    const { id, href } = element.attributes
    if (id !== undefined && unknown(id)) open = true
    else if (id !== undefined && ids.has(id) && merged === undefined) {
      const hint = 'give every block an id of its own'
      flaws.push({
        code: 'pdf.value',
        message: `an id of ${element.name} stands twice`,
        hint,
        element,
        attribute: 'id',
      })
    } else if (id !== undefined) ids.add(id)
    if (element.name === 'attachment' && merged === undefined) {
      const { name = '' } = element.attributes
      const hint = 'give every attachment a name of its own'
      if (names.has(name)) flaws.push({ code: 'pdf.value', message: 'two attachments have one name', hint, element })
      names.add(name)
    }
    if (element.name === 'a' && href?.startsWith('#') && !unknown(href)) links.push(element)
    for (const child of element.children) if (typeof child !== 'string') walk(child)
  }
  walk(root)
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
