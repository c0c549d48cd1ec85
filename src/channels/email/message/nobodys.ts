/** How an address to unsubscribe at reads where it has nothing of the data in it: whoever leaves there is nobody. */
import { type Brand, literal, lookup } from '../../../model/index.ts'
import { findTags, type Tag } from '../tags/tags.ts'

/** Whether a value is the data's, and no value of brand or run, which are the same for everybody. */
export function isOfData(tag: Pick<Tag, 'name' | 'rest'>): boolean {
  return !ours.test(shownBy(tag))
}

/** What a tag shows, by its path: `customer.token` of `{{urlPart customer.token}}`. */
export function shownBy({ name, rest }: Pick<Tag, 'name' | 'rest'>): string {
  return rest === '' ? name : rest
}

const ours = /^(?:@root\.)?(?:brand|run|locale)\b/

/**
 * The address with all values of the data blank, as they are or percent-encoded, whichever of its blocks are left out. Undefined where
 * that would also be an address with a value: what is not known here must not stand beside one without a sign that no value has.
 */
export function nobodysAddress(text: string, brand: Pick<Brand, 'name' | 'company'>): RegExp | undefined {
  let pattern = ''
  let from = 0
  // Whether a value that is not known here stood last, and whether something of the data did, with no such sign since.
  let behind: 'unknown' | 'data' | undefined
  const { tags } = findTags(text)
  const hasBlocks = tags.some(({ kind }) => kind === 'block')
  for (const tag of tags) {
    const written = text.slice(from, tag.start)
    if (/[/?&=#]/.test(written)) behind = undefined
    pattern += pieces(written) + (inPattern[tag.kind] ?? '')
    from = tag.end
    if (tag.kind === 'partial') return undefined
    if (tag.kind !== 'value') continue
    const value = isOfData(tag) ? undefined : known(shownBy(tag), brand)
    const kind = isOfData(tag) ? 'data' : value === undefined ? 'unknown' : undefined
    if (kind === 'unknown' && hasBlocks) return undefined
    if (kind !== undefined && behind !== undefined && kind !== behind) return undefined
    if (kind !== undefined) behind = kind
    pattern += kind === 'data' ? blanks : kind === 'unknown' ? '[^/?&=#]*' : literal(value ?? '')
  }
  return new RegExp(`^${pattern}${pieces(text.slice(from))}$`, 'i')
}

/** What stands between tags; blanks around blocks are in no address. */
function pieces(written: string): string {
  return literal(written.replace(/\s/g, ''))
}

/** A block may show any of its parts, or none. */
const inPattern: Readonly<Partial<Record<Tag['kind'], string>>> = { block: '(?:', else: '|', close: ')?' }

/** Blanks, tabs, line ends, and signs that nobody sees, in UTF-8. */
const blanks = '(?:%(?:20|09|0A|0D|C2%A0|E2%80%[89A]\\w|E2%81%A0|E3%80%80|EF%BB%BF))*'

/** A value of the brand; undefined for one of the run, which is not known yet. */
function known(path: string, { name, company }: Pick<Brand, 'name' | 'company'>): string | undefined {
  const inside = /^(?:@root\.)?brand\.(.+)$/.exec(path)?.[1]
  const found = inside === undefined ? undefined : lookup({ name, company: company ?? {} }, inside)
  return typeof found === 'string' ? found : undefined
}
