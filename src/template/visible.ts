/** What of a template's markup every reader gets to see: without hidden parts, attributes, and pages that not every document has. */

/** Pages that every document has, by `on`; a document of one page has no others. */
const everywhere = new Set(['first', 'last', 'odd'])

/** Elements that mail programs do not show in the message. */
const hidden = new Set(['mj-head', 'mj-preview', 'mj-style', 'head', 'title', 'style', 'script', 'template'])

const empty = new Set(['area', 'br', 'col', 'hr', 'image', 'img', 'input', 'link', 'meta', 'mj-image', 'wbr'])

const value = `"(?:\\{\\{[^}]*\\}\\}|[^"{]|\\{(?!\\{))*"|'(?:\\{\\{[^}]*\\}\\}|[^'{]|\\{(?!\\{))*'`
const tags = new RegExp(
  `\\{\\{~?!--.*?--~?\\}\\}|\\{\\{[^}]*\\}\\}|<(/?)([a-z][\\w-]*)((?:${value}|\\{\\{[^}]*\\}\\}|[^<>"'{]|\\{(?!\\{))*?)(/?)>`,
  'gis',
)
const attributes = new RegExp(`([\\w:-]+)\\s*=\\s*(${value})`, 'gi')

/** Blocks that open or close in what is cut stay: they decide about what is outside of it. */
export function visiblePart(markup: string): string {
  let out = ''
  let from = 0
  let inside: { readonly name: string; depth: number } | undefined
  const take = (until: number): void => {
    const text = markup.slice(from, until)
    out += inside === undefined ? text : blocksOf(text)
    from = until
  }
  for (const { index, 0: whole, 1: slash = '', 2: written, 3: rest = '', 4: closed = '' } of markup.matchAll(tags)) {
    if (written === undefined) continue
    const name = written.toLowerCase()
    const opens = slash === '' && closed === '' && !empty.has(name)
    take(index)
    from = index + whole.length
    if (inside !== undefined) {
      out += blocksOf(whole)
      if (name === inside.name) inside.depth += slash === '/' ? -1 : opens ? 1 : 0
      if (inside.depth === 0) inside = undefined
      continue
    }
    const hides = slash === '' && isHidden(name, rest)
    out += hides ? blocksOf(whole) : textsOf(whole)
    if (hides && opens) inside = { name, depth: 1 }
  }
  take(markup.length)
  return out
}

function isHidden(name: string, rest: string): boolean {
  const bare = rest.replace(attributes, ' $1 ').replace(/\{\{[^}]*\}\}/g, '')
  if (hidden.has(name) || /(?:^|\s)hidden(?=\s|$)/i.test(bare)) return true
  return [...rest.matchAll(attributes)].some(({ 1: attribute = '', 2: quoted = '' }) => {
    const words = quoted.slice(1, -1).trim()
    if (attribute === 'on') return !everywhere.has(words)
    return /^style$/i.test(attribute) && hides(words)
  })
}

const gone = /display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0*\.?0+\s*(?:[;!]|$)/i
const noRoom = /(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*0*\.?0+(?:[a-z]+|%)?\s*(?:[;!]|$)/i

/** Not by letters of size 0: what stands inside may have a size of its own. */
function hides(style: string): boolean {
  return gone.test(style) || (noRoom.test(style) && /overflow\s*:\s*(?:hidden|clip)/i.test(style))
}

/** A tag without its attributes, but those that are printed. */
function textsOf(tag: string): string {
  return tag.replace(attributes, (_, name: string, quoted: string) =>
    name === 'return-line' ? quoted.slice(1, -1) : blocksOf(quoted),
  )
}

/** Comments of HTML, but not what only some programs read: `<!--[if mso]>…<![endif]-->`. */
const comments = /<!--(?!\[if\b|\s*<!\[endif\])(?:-?>|[\s\S]*?--!?>)/gi

/** A mail with blanks for what stands in its comments, which do not go out; blocks in them decide all the same. */
export function withoutCommented(markup: string): string {
  return markup.replace(comments, comment =>
    comment
      .split(block)
      .map((text, at) => (at % 2 === 1 ? text : text.replace(/[^\n]/g, ' ')))
      .join(''),
  )
}

const block = /(\{\{~?\s*(?:[#/^]|else\b)(?:[^}"']|"[^"]*"|'[^']*')*\}\})/

/** The blocks of Handlebars that open or close in a text. */
export function blocksOf(text: string): string {
  return text
    .split(block)
    .filter((_, at) => at % 2 === 1)
    .join('')
}
