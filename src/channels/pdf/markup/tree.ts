/** The tree that markup is read into: elements with their attributes, text, and where each element stands. */

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Node[]
  /** The element it stands in; absent for the outermost. */
  readonly parent?: Element
  /** Offset of its `<` in the text that was parsed. */
  readonly start: number
}

/** An element, or text with its references already resolved. */
export type Node = Element | string

/** The element children with one of these names, in order. */
export function childrenNamed(element: Element, ...names: readonly string[]): Element[] {
  const found: Element[] = []
  for (const child of element.children) if (typeof child !== 'string' && names.includes(child.name)) found.push(child)
  return found
}

/** Whether an element stands in one of these, at any depth. */
export function standsIn(element: Element, ...names: readonly string[]): boolean {
  for (let outer = element.parent; outer !== undefined; outer = outer.parent)
    if (names.includes(outer.name)) return true
  return false
}

/** Where an element stands, told by names and counts: `document/page[2]/table/tr[14]`. */
export function pathOf(element: Element): string {
  const steps: string[] = []
  for (let at: Element | undefined = element; at !== undefined && at.name !== ''; at = at.parent) {
    const same = at.parent === undefined ? [at] : childrenNamed(at.parent, at.name)
    steps.unshift(same.length > 1 ? `${at.name}[${same.indexOf(at) + 1}]` : at.name)
  }
  return steps.join('/')
}
