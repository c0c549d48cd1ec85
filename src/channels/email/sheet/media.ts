/** Whether the blocks of at-rules hold in a window of some width. */

/** At-rules whose blocks are no rules for elements. */
const inert =
  /^@(?:-[a-z]+-)?(?:font-face|page|keyframes|viewport|counter-style|property|font-feature-values|font-palette-values|color-profile|import|charset|namespace)\b/i

/** Undefined where it cannot be told: `@supports`, and queries of `@media` about more than screens and their width in px. */
export function holds(prelude: string, widthPx: number): boolean | undefined {
  if (inert.test(prelude)) return false
  const query = /^@media\b(.*)$/is.exec(prelude)?.[1]?.trim().toLowerCase()
  if (query === undefined) return undefined
  if (query === '') return true
  const found = query.split(',').map(one => holdsOne(one.trim(), widthPx))
  return found.includes(true) ? true : found.includes(undefined) ? undefined : false
}

function holdsOne(query: string, widthPx: number): boolean | undefined {
  const [first = '', ...others] = query.split(/\s+and\s+/)
  const isScreen = /^(?:only\s+)?(?:screen|all)$/.test(first)
  // Mails are read on screens: not in print, and `screen yahoo` is no query at all.
  if (!isScreen && /^(?!not\b)[\w\s-]+$/.test(first)) return false
  const found = (isScreen ? others : [first, ...others]).map(part => {
    const [, end, width = ''] = /^\(\s*(min|max)-(?:device-)?width\s*:\s*(0|[\d.]+(?=px))(?:px)?\s*\)$/.exec(part) ?? []
    return end === undefined ? undefined : end === 'min' ? widthPx >= Number(width) : widthPx <= Number(width)
  })
  return found.includes(false) ? false : found.includes(undefined) ? undefined : true
}
