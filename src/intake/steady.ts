/** Whether clean.js goes by the row alone: now and then it gets one again. What it keeps of a row would come into another's. */
import { describePlace, FaultError, type Place } from '../model/index.ts'
import { repeatableHint } from '../schema/index.ts'
import type { Cleaned } from './clean.ts'
import type { RawRow } from './raw.ts'

/** Rows of a group that are asked for again: its first, and one that only its place chooses, so that no script can go by the count. */
export function askedAgain(group: readonly RawRow[]): readonly RawRow[] {
  const legible = group.filter(({ damage }) => damage === undefined)
  const [first] = legible
  if (first === undefined) return []
  const other = legible[mixed(first.start) % legible.length] as RawRow
  return other === first ? [first] : [first, other]
}

/** The finish of MurmurHash3: neighbouring places lead to rows far apart. */
function mixed(place: number): number {
  const half = Math.imul(place ^ (place >>> 16), 0x85ebca6b)
  return (half ^ (half >>> 13)) >>> 0
}

/** All that clean.js said of a row, to be compared. */
export function saidOf(cleaned: Cleaned): string {
  if (cleaned.kind !== 'row') return cleaned.kind
  const { cells, faults } = cleaned
  const said = cleaned.names().map(name => [name, cells(name)])
  return JSON.stringify([said, faults.map(({ message }) => message)])
}

/** The fault of a script that asks for what no row decides. Whether other rows would ask too nobody knows: the data is refused. */
export function asksElsewhere(script: Place, asked: string, place: Place): FaultError {
  return new FaultError([
    { code: 'clean.state', message: `${describePlace(script)}: ${asked}`, place, hint: repeatableHint },
  ])
}

/** The fault of a script that says two things of one row. The values are in neither: they may be another's. */
export function unsteady(script: string, place: Place): FaultError {
  return new FaultError([
    {
      code: 'clean.state',
      message: `${script} says something else of this row when it gets it again`,
      place,
      hint: 'let it depend on the row alone: not on rows before it, the clock or chance',
    },
  ])
}
