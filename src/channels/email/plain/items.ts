/** Numbers of ordered lists in the plain part: marks while it is derived, numbers once it is merged, since a loop may repeat an item. */
import type { FormatCallback } from 'html-to-text'
import { itemOpen, itemShut } from '../tags/signs.ts'

/** Frame the marks: `\u{E004}0:1:a\u{E005}` begins a list of letters at depth 0, `\u{E004}0\u{E005}` is its next item. */
const [open, shut] = [itemOpen, itemShut]

/** An `ol`, with marks for its numbers. */
export const orderedList: FormatCallback = (element, walk, builder) => {
  let depth = 0
  for (let { parent } = element; parent; parent = parent.parent) if (parent.name === 'ol') depth += 1
  const { start = '1', type = '1' } = (element.attribs ?? {}) as { readonly start?: string; readonly type?: string }
  const first = /^-?\d{1,9}$/.test(start) ? start : '1'
  const lineEnds = element.parent?.name === 'li' ? 1 : 2
  builder.openBlock({ leadingLineBreaks: lineEnds })
  builder.addInline(`${open}${depth}:${first}:${/^[aAiI]$/.test(type) ? type : '1'}${shut}`)
  builder.openList({ interRowLineBreaks: 1, leadingLineBreaks: 1, maxPrefixLength: 3, prefixAlign: 'left' })
  // The mark of an item is as long as what takes its place, so that lines behind the first stand under it.
  for (const child of element.children ?? []) {
    if (child.type === 'text' && /^\s*$/.test(child.data ?? '')) continue
    builder.openListItem({ prefix: child.name === 'li' ? `${open}${depth}${shut}` : '' })
    walk([child], builder)
    builder.closeListItem()
  }
  builder.closeList({ trailingLineBreaks: 1 })
  builder.closeBlock({ trailingLineBreaks: lineEnds })
}

const mark = new RegExp(`(^ *)?${open}(\\d+)(?::(-?\\d+):(\\w))?${shut}( *\\n)?`, 'gmu')

/** A merged text with numbers in place of the marks. */
export function numberItems(text: string): string {
  if (!text.includes(open)) return text
  const lists: { next: number; type: string }[] = []
  return text.replace(
    mark,
    (whole, before: string | undefined, depth: string, start?: string, type = '1', after = '') => {
      if (start !== undefined) {
        lists[Number(depth)] = { next: Number(start), type }
        // A mark that stands alone takes its line along.
        return before === undefined ? after : ''
      }
      const list = lists[Number(depth)]
      if (list === undefined) return whole
      list.next += 1
      return `${before ?? ''}${numbered(list.next - 1, list.type)}. ${after}`
    },
  )
}

function numbered(place: number, type: string): string {
  if (place < 1 || place > 3999) return String(place)
  const written =
    type === 'a' || type === 'A' ? letters(place) : type === 'i' || type === 'I' ? roman(place) : `${place}`
  return type === 'a' || type === 'i' ? written.toLowerCase() : written
}

function letters(place: number): string {
  return place === 0 ? '' : letters(Math.floor((place - 1) / 26)) + String.fromCharCode(65 + ((place - 1) % 26))
}

const numerals = 'M:1000 CM:900 D:500 CD:400 C:100 XC:90 L:50 XL:40 X:10 IX:9 V:5 IV:4 I:1'.split(' ').map(pair => {
  const [sign = '', worth] = pair.split(':')
  return [sign, Number(worth)] as const
})

function roman(place: number): string {
  let rest = place
  return numerals
    .map(([sign, worth]) => {
      const times = Math.floor(rest / worth)
      rest -= times * worth
      return sign.repeat(times)
    })
    .join('')
}
