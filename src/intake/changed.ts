/** Lists and groups that clean.js gave back: what it left alone stays what it was, numbers as numbers. */
import type { Value } from '../model/index.ts'
import { isGroup, plainValue, type Written, type WrittenGroup, WrittenNumber } from '../schema/index.ts'
import type { Cell } from './cell.ts'

/** The cell of a list or group, by what it was before the script. */
export function changedJson(value: Value, before: Cell | undefined): Cell {
  const known = typeof before === 'object' && before !== null && 'json' in before ? before : undefined
  if (known !== undefined && JSON.stringify(value) === JSON.stringify(plainValue(known.json))) return known
  return { json: marked(value, known?.json, leavesOf(known?.json)), clean: true }
}

/** Texts that stood for numbers, and those that were text. */
interface Leaves {
  readonly numbers: Set<string>
  readonly texts: Set<string>
}

/** Scripts see exact numbers as text: that which stood at this place, or anywhere and never as text, is a number still. */
function marked(value: Value, before: Written | undefined, leaves: Leaves): Written {
  if (typeof value === 'number') return new WrittenNumber(String(value))
  if (typeof value === 'string') {
    const same = before instanceof WrittenNumber && before.text === value
    return same || (leaves.numbers.has(value) && !leaves.texts.has(value)) ? new WrittenNumber(value) : value
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const list: readonly Written[] = Array.isArray(before) ? before : []
    return value.map((inner, at) => marked(inner as Value, list[at], leaves))
  }
  const group: WrittenGroup = isGroup(before) ? before : {}
  const own = (name: string): Written | undefined => (Object.hasOwn(group, name) ? group[name] : undefined)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, marked(inner, own(name), leaves)]))
}

function leavesOf(written: Written | undefined, leaves: Leaves = { numbers: new Set(), texts: new Set() }): Leaves {
  if (written instanceof WrittenNumber) leaves.numbers.add(written.text)
  else if (typeof written === 'string') leaves.texts.add(written)
  else if (Array.isArray(written)) for (const inner of written) leavesOf(inner, leaves)
  else if (isGroup(written)) for (const inner of Object.values(written)) leavesOf(inner, leaves)
  return leaves
}
