/** In which order each country writes an address. Home of @fragaria/address-formatter, the templates of OpenCage. */
import { later } from '../schema/index.ts'

const formatter = later<typeof import('@fragaria/address-formatter')>('@fragaria/address-formatter')

/** Parts of an address from the small to the large: what each follows where a country's order has no place for it. */
export const placedParts = [
  'name',
  'organization',
  'building',
  'street',
  'houseNumber',
  'unit',
  'district',
  'city',
  'postcode',
  'region',
] as const
export type PlacedPart = (typeof placedParts)[number]

/** A part, or what stands between parts. */
export type Token = { readonly part: PlacedPart } | { readonly text: string }

export interface Order {
  /** In the order of writing; the country is in none of them. */
  readonly lines: readonly (readonly Token[])[]
  /** The country writes from the large to the small, the addressee last. */
  readonly largeFirst: boolean
}

/**
 * The order of a country (ISO 3166-1 alpha-2) for an address of these parts. Each is in it once, but `region` only where it is written.
 *
 * The library is asked with a sign in place of each part and never sees data. It cleans what geocoders return: it drops values
 * that are links, that stand twice or that are called `constructor`, makes "Salem" of "Town of Salem", and takes 12 s for 100,000 commas.
 */
export function orderOf(country: string, parts: ReadonlySet<PlacedPart>): Order {
  const key = `${country} ${placedParts.filter(part => parts.has(part)).join(' ')}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  if (remembered.size >= mostOrders) remembered.clear()
  const order = findOrder(country, parts)
  remembered.set(key, order)
  return order
}

const remembered = new Map<string, Order>()
const mostOrders = 2_000

type Component = NonNullable<keyof Parameters<ReturnType<typeof formatter>['format']>[0]>

/** What the library calls a part, if it knows it. Districts and regions have several names there, and each country takes another. */
const components: Readonly<Partial<Record<PlacedPart, Component | undefined>>> = {
  name: 'attention',
  building: 'house',
  street: 'road',
  houseNumber: 'houseNumber',
  district: 'suburb',
  city: 'city',
  postcode: 'postcode',
  region: 'state',
}
const otherwise: readonly (typeof components)[] = [
  {},
  { region: 'county' },
  { district: undefined },
  { district: undefined, region: 'county' },
]

/** Private-use characters stand for the parts, and one for the country. */
const signs = new Map(placedParts.map((part, at) => [String.fromCharCode(0xe001 + at), part]))
const countrySign = '\uE000'

function findOrder(country: string, parts: ReadonlySet<PlacedPart>): Order {
  let best: { lines: readonly string[]; lost: number } | undefined
  for (const names of otherwise) {
    const lines = ask(country, parts, { ...components, ...names })
    const text = lines.join('')
    // A region that is not written matters less than any other part, a city more.
    const weight = (part: PlacedPart) => (part === 'region' ? 1 : part === 'city' ? 20 : 10)
    let lost = 0
    for (const [sign, part] of signs) if (parts.has(part) && !text.includes(sign)) lost += weight(part)
    if (best === undefined || lost < best.lost) best = { lines, lost }
    if (lost === 0) break
  }
  const found = best?.lines ?? []
  const largeFirst = found.length > 1 && (found[0] ?? '').includes(countrySign)
  const lines = tokensOf(found)
  for (const part of placedParts) if (parts.has(part) && part !== 'region') place(part, lines, largeFirst)
  return { lines, largeFirst }
}

function ask(country: string, parts: ReadonlySet<PlacedPart>, names: typeof components): readonly string[] {
  const input: Partial<Record<Component, string>> = { country: countrySign, countryCode: country }
  for (const [sign, part] of signs) {
    const name = names[part]
    if (parts.has(part) && name !== undefined) input[name] = sign
  }
  return formatter().format(input, { output: 'array' })
}

/** Lines with a part in them, each part once; what is not between two parts falls away, but for a full stop. */
function tokensOf(found: readonly string[]): Token[][] {
  const seen = new Set<PlacedPart>()
  const lines: Token[][] = []
  for (const line of found) {
    const tokens: Token[] = []
    let text = ''
    for (const character of line) {
      const part = signs.get(character)
      if (part === undefined) text += character === countrySign ? '' : character
      else if (!seen.has(part)) {
        seen.add(part)
        if (tokens.length > 0) tokens.push({ text: text.trim() === '' ? ' ' : text })
        tokens.push({ part })
        text = ''
      }
    }
    if (tokens.length > 0 && text.trim() === '.') tokens.push({ text: '.' })
    if (tokens.length > 0) lines.push(tokens)
  }
  return lines
}

/** What a part stands behind in the same line, if that is there. */
const beside: Readonly<Partial<Record<PlacedPart, { readonly after: readonly PlacedPart[]; readonly text: string }>>> =
  {
    houseNumber: { after: ['street'], text: ' ' },
    unit: { after: ['street', 'houseNumber'], text: ', ' },
    postcode: { after: ['city'], text: ' ' },
  }

/** Finds room for a part that the order has none for: beside what it belongs to, else in a line of its own, by rank. */
function place(part: PlacedPart, lines: Token[][], largeFirst: boolean): void {
  const is = (which: (other: PlacedPart) => boolean) => (token: Token) => 'part' in token && which(token.part)
  const itself = is(other => other === part)
  if (lines.some(line => line.some(itself))) return
  const near = beside[part]
  if (near !== undefined) {
    const companion = is(other => near.after.includes(other))
    const line = lines.findLast(one => one.some(companion))
    if (line !== undefined) {
      const at = line.findLastIndex(companion) + 1
      const next = line[at]
      const stopped = next !== undefined && 'text' in next && next.text === '.'
      line.splice(stopped ? at + 1 : at, 0, { text: near.text }, { part })
      return
    }
  }
  // In Singapore the country stands where the city would; elsewhere a district does.
  const alone = lines.find(line => line.length === 1 && line.some(is(other => other === 'postcode')))
  if (part === 'city' && alone !== undefined) {
    alone.unshift({ part }, { text: ' ' })
    return
  }
  const rank = placedParts.indexOf(part)
  const smaller = is(other => placedParts.indexOf(other) < rank)
  const found = largeFirst
    ? lines.findIndex(line => line.some(smaller))
    : lines.findLastIndex(line => line.some(smaller)) + 1
  lines.splice(found === -1 ? lines.length : found, 0, [{ part }])
}
