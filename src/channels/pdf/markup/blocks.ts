/** Elements and the blocks of their template (`{{#if}}`, `{{#each}}`): each is closed inside the block that it is opened in. */

/** Where blocks begin, change to their other branch, and end, in order. */
export interface Border {
  readonly kind: 'open' | 'else' | 'close'
  readonly offset: number
}

export interface Straddling {
  readonly name: string
  /** Of its `<`. */
  readonly offset: number
}

/** What an expression is to the blocks around it; undefined: nothing. */
export function borderOf(expression: string): Border['kind'] | undefined {
  if (/^\{\{~?(else\b|\^\s*~?\})/.test(expression)) return 'else'
  if (/^\{\{~?[#^]/.test(expression)) return 'open'
  if (/^\{\{~?\//.test(expression)) return 'close'
  return undefined
}

const tags = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([\w-]+)(?:"[^"]*"|'[^']*'|[^"'>])*?(\/?)>/g

/** Elements that are opened in one branch and closed in another. The text is well-formed, its expressions taken out. */
export function straddling(text: string, borders: readonly Border[]): Straddling[] {
  const found: Straddling[] = []
  const open: { readonly name: string; readonly offset: number; readonly branch: number }[] = []
  const branches = [0]
  let next = 0
  let last = 0
  for (const { index, 1: closes, 2: name, 3: empty } of text.matchAll(tags)) {
    for (; next < borders.length && borders[next]!.offset < index; next += 1) {
      const { kind } = borders[next]!
      if (kind !== 'open' && branches.length > 1) branches.pop()
      last += 1
      if (kind !== 'close') branches.push(last)
    }
    if (name === undefined || empty === '/') continue
    if (closes !== '/') open.push({ name, offset: index, branch: branches.at(-1)! })
    else {
      const opened = open.pop()
      if (opened !== undefined && opened.branch !== branches.at(-1)) found.push(opened)
    }
  }
  return found
}
