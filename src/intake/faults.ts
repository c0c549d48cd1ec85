/** Faults as the people see them who mend the data: at the row they come from, in the order of the files. */
import { describePlace, type Fault, type Place } from '../model/index.ts'
import { dotted, type Problem } from '../schema/index.ts'
import type { Table } from './tables.ts'

/** Faults by file in the job's order, then by line, each once; those without a place in the data come last, as they were met. */
export function inOrder(faults: readonly Fault[], tables: readonly Table[]): readonly Fault[] {
  const fileAt = ({ place }: Fault): number => {
    const at = tables.findIndex(table => table.shown === place?.file)
    return at < 0 ? tables.length : at
  }
  const ordered = [...faults].sort((a, b) => fileAt(a) - fileAt(b) || (a.place?.line ?? 0) - (b.place?.line ?? 0))
  const seen = new Set<string>()
  return ordered.filter(fault => {
    const key = JSON.stringify([fault.code, fault.message, fault.place])
    return seen.size < seen.add(key).size
  })
}

/** A problem with the checked data, at the row that its innermost list element or group came from. */
export function fromProblem(
  { steps, path, message, hint }: Problem,
  origins: ReadonlyMap<string, Place>,
  place: Place,
): Fault {
  let origin: Place | undefined
  for (let length = steps.length; length > 0 && origin === undefined; length -= 1)
    origin = origins.get(dotted(steps.slice(0, length)))
  return {
    code: 'intake.value',
    message,
    place: { ...(origin ?? place), ...(path === '' ? {} : { path }) },
    hint: hint ?? 'mend the data, or let schema.json allow it',
  }
}

/** A fault of prepare.js as the people see it who mend the data: at the row, with the place in the script beside it. */
export function inData(fault: Fault, origins: ReadonlyMap<string, Place>, first: Place): Fault {
  const { path, ...script } = fault.place ?? { file: '' }
  const origin = path === undefined ? first : (origins.get(path) ?? { ...first, path })
  const message = script.line === undefined ? fault.message : `${fault.message} (${describePlace(script)})`
  return { ...fault, message, place: origin }
}

/** What keeps a script from going on is most often a field that it counts on, and the data does not have. */
export function withAbsent(fault: Fault, absent: readonly Problem[]): Fault {
  if (fault.code !== 'prepare.threw' || absent.length === 0) return fault
  const names = absent.map(({ path }) => path)
  const shown = `${names.slice(0, mostNames).join(', ')}${names.length > mostNames ? ', …' : ''}`
  return {
    ...fault,
    message: `${fault.message}, where ${shown} ${names.length === 1 ? 'is' : 'are'} missing`,
    hint: `fill ${names.length === 1 ? 'it' : 'them'} in, or let prepare.js say what is wrong: reject(message, path)`,
  }
}

/** Missing fields that a fault names, at most. */
const mostNames = 3
