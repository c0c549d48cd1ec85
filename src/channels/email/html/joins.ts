/** Rules of a sheet that join elements (`.late b`, `td + td`): whose class or id an element's style may hang on besides its own. */
import { withoutCssComments } from './declarations.ts'

/** A selector of more than one element. */
export interface Join {
  /** All but what it chooses. */
  readonly outer: string
  /** What it chooses. */
  readonly subject: string
  /** Whether it looks at what stands before an element, or in it. */
  readonly beside: boolean
  readonly inside: boolean
  /** It may say anything: brackets are not read. */
  readonly opaque: boolean
}

/** What of an element a selector can ask about, in small letters. */
export interface Named {
  readonly name: string
  /** All classes and ids that it can have, as selectors write them: `.late`, `#sum`. */
  readonly marks: ReadonlySet<string>
}

/** Where it stands besides. */
interface Standing extends Named {
  readonly parent: Standing | undefined
  /** Elements beside it that stand before it. */
  readonly before: readonly Standing[]
}

/** Its selectors, one by one; two in brackets may come as parts. */
export function selectorsOf(css: string): readonly string[] {
  return [...withoutCssComments(css).matchAll(/([^{};]*)\{/g)].flatMap(([, written = '']) =>
    written.trim().startsWith('@') ? [] : written.split(',').map(selector => selector.trim().toLowerCase()),
  )
}

/** Whether one of its rules asks for an id. */
export function asksForIds(css: string): boolean {
  return selectorsOf(css).some(selector => selector.includes('#'))
}

export function joinsOf(css: string): readonly Join[] {
  return selectorsOf(css).flatMap((selector): Join[] => {
    const [, outer, subject] = /^(.*[^\s>+~])[\s>+~]+([^\s>+~]+)$/s.exec(selector) ?? []
    const inside = selector.includes(':has(')
    if ((outer === undefined || subject === undefined) && !inside) return []
    const opaque = isOpaque(selector)
    return [{ outer: outer ?? '', subject: subject ?? '', beside: /[+~]/.test(selector), inside, opaque }]
  })
}

const isOpaque = (selector: string): boolean => /[()[\]\\]/.test(selector)

/** Whether a rule may choose the element by another that has one of these classes and ids or not. */
export function mayJoin({ outer, subject, opaque }: Join, changing: ReadonlySet<string>, element: Named): boolean {
  return opaque || ([...changing].some(mark => outer.includes(mark)) && mayChoose(subject, element))
}

/** Whether what a selector chooses may be the element; brackets may say anything. */
export function mayChoose(subject: string, { name, marks }: Named): boolean {
  if (isOpaque(subject)) return true
  const [tag] = /^[a-z][\w-]*/.exec(subject) ?? []
  const asked = [...subject.matchAll(/[.#][\w-]+/g)].map(([one]) => one)
  return (tag === undefined || tag === name) && asked.every(one => marks.has(one))
}

/** The first selector that may choose an element, by what it is itself and where it stands. */
export function choosing(selectors: readonly string[], element: Standing): string | undefined {
  return selectors.find(selector => {
    const [subject = '', ...outer] = (selector.replace(bracketed, '').match(/[>+~]|[^\s>+~]+/g) ?? []).reverse()
    return mayChoose(subject, element) && mayStand(outer, element)
  })
}

const bracketed = /\([^()]*\)|\[[^\]]*\]/g

/** Whether the rest of a selector, from the element outwards, may be true of those around it; of itself for one before it, since loops repeat it. */
function mayStand([first, ...rest]: readonly string[], element: Standing): boolean {
  if (first === undefined) return true
  const joined = /^[>+~]$/.test(first)
  const [asked = '', ...others] = joined ? rest : [first, ...rest]
  const { parent, before } = element
  const near = first === '>' ? (parent === undefined ? [] : [parent]) : joined ? [...before, element] : above(element)
  return near.some(one => mayChoose(asked, one) && mayStand(others, one))
}

function above({ parent }: Standing): readonly Standing[] {
  return parent === undefined ? [] : [parent, ...above(parent)]
}
