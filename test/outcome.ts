/** Results in tests: the value that has to be there, or the faults as lines that a person can read. */
import { describe, type Result } from '../src/model/index.ts'

/** The value; throws with the faults where there is none. */
export function good<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(result.faults.map(describe).join('\n'))
}

/** `code | place: message | hint`, a line each; none for a value. */
export function faultsOf(result: Result<unknown>): readonly string[] {
  if (result.ok) return []
  return result.faults.map(fault => `${fault.code} | ${describe(fault)} | ${fault.hint ?? ''}`)
}
