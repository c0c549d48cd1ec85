/** Rules of `<mj-style inline="inline">` for classes and ids that blocks choose: each under the blocks that it hangs on. The one home of juice. */
import { done, type Fault, type Place, quote, type Result, type Source, settle } from '../../../model/index.ts'
import { readAttributes } from '../html/attributes.ts'
import { type Element, elementsOf, maxOwn, openingTag } from '../html/elements.ts'
import { asksForIds, type Join, joinsOf, mayJoin } from '../html/joins.ts'
import { firstMark } from '../tags/marks.ts'
import { placeAt } from '../tags/place.ts'
import { type Shields, shieldPattern } from '../tags/shield.ts'
import { type Answers, agrees, type Part, packed, told, waysThrough, writeWays } from '../tags/ways.ts'

/** An element whose style hangs on what blocks choose, with every way of it. */
interface Hanging {
  readonly element: Element
  readonly parts: readonly Part[]
  readonly ways: readonly Answers[]
}

/** More ways than this are not followed: each is a mail of its own to put the rules into. */
const maxJoined = 32
const maxMails = 64

/**
 * Pressed HTML behind shields with the rules in its style attributes, each under the blocks that choose the classes it hangs on. Faults
 * `email.tag`: a class that is a value of data, or that a loop makes; too many ways; a class that is chosen outside of a loop for an
 * element inside of it.
 */
export async function putInlineRules(
  html: string,
  { css, shields, source }: { readonly css: string; readonly shields: Shields; readonly source: Source },
): Promise<Result<string>> {
  const elements = elementsOf(html, shields, { byId: asksForIds(css) })
  const own = elements.flatMap(element => unknownIn(element, { shields, source }))
  if (own.length > 0) return settle('', own)
  const place = ({ at }: Element) => placeAt(source, placeIn(html, at, shields))
  const joins = joinsOf(css)
  const hanging: Hanging[] = []
  for (const element of elements) {
    const parts = [...(element.chosen?.parts ?? []), ...kinOf(element, elements, joins)]
    if (parts.every(part => typeof part === 'string')) continue
    const ways = waysThrough(parts, { most: maxJoined })
    if (ways === undefined)
      return settle('', [
        {
          code: 'email.tag',
          message: `the style of <${element.name}> hangs on classes that blocks choose in more than ${maxJoined} ways`,
          place: place(element),
          hint: 'choose between fewer classes, or write the rules into an mj-style without inline',
        },
      ])
    hanging.push({ element, parts, ways })
  }
  const mails = packed(hanging.flatMap(({ ways }) => ways))
  if (mails.length > maxMails)
    return settle('', [
      {
        code: 'email.tag',
        message: `blocks choose classes in more than ${maxMails} ways, which rules of <mj-style inline="inline"> hang on`,
        place: place(hanging[0]!.element),
        hint: 'choose between fewer classes, or write the rules into an mj-style without inline',
      },
    ])
  const { default: juice } = await import('juice')
  // Each time the whole mail, so that rules which count children or look at neighbours see what stands there.
  const put = mails.map(answers =>
    juice(marked(html, hanging, answers), {
      applyStyleTags: false,
      extraCss: css,
      insertPreservedExtraCss: false,
      removeStyleTags: false,
      // Attributes such as align and width would be those of one way in all of them.
      applyAttributesTableElements: false,
      applyWidthAttributes: false,
      applyHeightAttributes: false,
    }),
  )
  const styles = put.map(stylesOf)
  const faults: Fault[] = []
  const written = (put[0] ?? html).replace(markedTag, (tag, _name: string, mark: string, attributes: string) => {
    const { element, parts, ways } = hanging[Number(mark)]!
    const seen = new Map(
      ways.map(way => [way, styles[mails.findIndex(answers => covers(answers, way))]?.get(mark) ?? '']),
    )
    const differs = new Set(seen.values()).size > 1
    if (differs && !sameData(element, parts)) faults.push(otherData(element, place(element)))
    const style = writeWays(parts, {
      shields,
      text: answers => seen.get(ways.find(way => agrees(answers, way))!) ?? '',
    })
    return rewritten(html, { element, attributes, style, closed: tag.endsWith('/>') })
  })
  return faults.length > 0 ? settle('', faults.slice(0, 1)) : done(written)
}

function unknownIn(
  { chosen }: Element,
  { shields, source }: { readonly shields: Shields; readonly source: Source },
): readonly Fault[] {
  if (chosen === undefined) return []
  const fail = (shield: number, message: string): readonly Fault[] => [
    {
      code: 'email.tag',
      message,
      place: placeAt(source, shields.get(shield).start),
      hint: 'choose between fixed classes with {{#if}}, or write the rules into an mj-style without inline',
    },
  ]
  const { unknown, classes, ids } = chosen
  if (unknown !== undefined)
    return fail(
      unknown.shield,
      `${quote(unknown.text)} makes ${unknown.loop ? 'classes' : 'a class'}, which rules of <mj-style inline="inline"> cannot know`,
    )
  const own = [...classes, ...ids]
  const first = own.find(part => typeof part !== 'string')
  return first === undefined || waysThrough(own, { most: maxOwn }) !== undefined
    ? []
    : fail(first.shield, `a class or id that its blocks make in more than ${maxOwn} ways`)
}

/** What blocks choose of the elements that a rule may reach this one through. */
function kinOf(element: Element, elements: readonly Element[], joins: readonly Join[]): readonly Part[] {
  if (joins.length === 0) return []
  const above: Element[] = []
  for (let one = element.parent; one !== undefined; one = one.parent) above.unshift(one)
  const besides = [...above, element].flatMap(({ before }) => before)
  const through = (join: Join): readonly Element[] =>
    join.inside ? elements : join.beside ? [...above, ...besides] : above
  const kin = new Set(
    joins.flatMap(join =>
      through(join).filter(
        one => one !== element && one.chosen !== undefined && mayJoin(join, one.chosen.changing, element),
      ),
    ),
  )
  return [...kin]
    .sort((one, other) => one.at - other.at)
    .flatMap(({ chosen }) => [...(chosen?.classes ?? []), ...(chosen?.ids ?? [])])
}

/** Shielded HTML as it is by these answers, each element that hangs on them with its number. */
function marked(html: string, hanging: readonly Hanging[], answers: Answers): string {
  let text = ''
  let from = 0
  for (const [number, { element }] of hanging.entries()) {
    const { at, chosen } = element
    const [tag = '', name = '', attributes = ''] = tagAt(html, at)
    const so =
      chosen === undefined
        ? attributes
        : withAttributes(attributes, {
            class: told(chosen.classes, answers),
            ...(chosen.ids.some(part => typeof part !== 'string') && { id: told(chosen.ids, answers) }),
            style: told(chosen.styles, answers),
          })
    text += `${html.slice(from, at)}<${name} ${way}="${number}"${so}>`
    from = at + tag.length
  }
  return text + html.slice(from)
}

/** Stands at an element whose style hangs on a way, while rules are put in. */
const way = 'platen-way'
const markedTag = new RegExp(`<([A-Za-z][\\w:-]*) ${way}="(\\d+)"((?:[^<>"']|"[^"]*"|'[^']*')*)>`, 'g')

function tagAt(html: string, at: number): readonly string[] {
  openingTag.lastIndex = at
  return openingTag.exec(html) ?? ['', '', '']
}

/** Attributes as written, but for the values of some. */
function withAttributes(attributes: string, values: Readonly<Record<string, string>>): string {
  let text = ''
  let from = 0
  for (const { name, start, end } of readAttributes(attributes)) {
    const value = values[name.toLowerCase()]
    if (value === undefined) continue
    const sign = value.includes('"') ? "'" : '"'
    text += `${attributes.slice(from, start)}${name}=${sign}${value}${sign}`
    from = end
  }
  return text + attributes.slice(from)
}

/** Styles of a mail by the numbers of their elements. */
function stylesOf(mail: string): ReadonlyMap<string, string> {
  return new Map(
    [...mail.matchAll(markedTag)].map(([, , mark = '', attributes = '']) => [
      mark,
      readAttributes(attributes).find(({ name }) => name === 'style')?.value ?? '',
    ]),
  )
}

/** The element with its class and id as they were written, and the style of each way in that way's place. */
function rewritten(
  html: string,
  {
    element,
    attributes,
    style,
    closed,
  }: { readonly element: Element; readonly attributes: string; readonly style: string; readonly closed: boolean },
): string {
  const [, name = '', before = ''] = tagAt(html, element.at)
  const own = new Map(readAttributes(before).map(one => [one.name.toLowerCase(), one]))
  const kept = readAttributes(attributes.replace(/\/$/, '')).flatMap(one => {
    const written = own.get(one.name)?.value
    if (one.name === 'style') return []
    if ((one.name === 'class' || one.name === 'id') && written !== undefined) return [` ${one.name}="${written}"`]
    return [` ${attributes.slice(one.start, one.end)}`]
  })
  return `<${name}${kept.join('')}${style === '' ? '' : ` style="${style}"`}${closed ? '/' : ''}>`
}

/** Whether every way is that of the way asked for. */
function covers(answers: Answers, asked: Answers): boolean {
  return [...asked].every(([key, answer]) => answers.get(key) === answer)
}

/** Whether what is asked for its style is asked of the data around the element. */
function sameData(element: Element, parts: readonly Part[]): boolean {
  return parts.every(
    part =>
      typeof part === 'string' ||
      ((part.scope === '' || part.scope === element.scope) && sameData(element, [...part.holds, ...part.fails])),
  )
}

function otherData({ name, marks }: Element, place: Place): Fault {
  const classes = [...marks].flatMap(mark => (mark.startsWith('.') ? [mark.slice(1)] : []))
  const own = classes.length === 0 ? '' : ` of class ${quote(classes.join(' '))}`
  return {
    code: 'email.tag',
    message: `a rule of mj-style reaches <${name}>${own}, which stands in a loop, through a class that a block chooses outside of it`,
    place,
    hint: 'choose a class of the element itself, or ask from the root of the data: {{#if @root.late}}',
  }
}

/** Where an element stands in the source: at what a block chooses of it, or at its text. */
function placeIn(html: string, at: number, shields: Shields): number {
  const [tag = ''] = tagAt(html, at)
  const inside = new RegExp(shieldPattern.source, 'u').exec(tag)?.[1]
  return inside === undefined ? (firstMark(html.slice(at)) ?? 0) : shields.get(Number(inside)).start
}
