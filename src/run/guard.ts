/** Ends scripts that do not come back, so that an endless loop in clean.js is a fault, and signals are heard within seconds. */
import { createContext, Script } from 'node:vm'
import type { Guard, Template } from '../model/index.ts'

/** Far more than a hundred rows take (some 10 ms), and little enough that a signal which waits for it is heard within 5 s. */
const usualLimitMs = 3_000

/** Work was ended that had hardly had the processor: the process was stopped, or the machine is overloaded. To be begun again. */
export class Stalled extends Error {
  /** As `trouble.ts` has it. */
  readonly code = 'STALLED'
}

/** Less than this share of the time is no endless loop, however many share the processors. */
const leastShare = 0.2

/**
 * Opens a guard. `node:vm` watches the time in a thread of its own and ends whatever JavaScript this thread is at; 0.1 ms for each
 * call, so that work comes in groups: 42,481 rows of Online Retail by hundreds take 40 ms more.
 */
export function openGuard({ limitMs = usualLimitMs }: { readonly limitMs?: number } = {}): Guard {
  const room: { work: () => unknown } = { work: () => undefined }
  const script = new Script('work()')
  const context = createContext(room)
  return <T>(work: () => T, late: () => Error): T => {
    const before = process.threadCpuUsage()
    room.work = work
    try {
      return script.runInContext(context, { timeout: limitMs }) as T
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
      const { user, system } = process.threadCpuUsage(before)
      throw (user + system) / 1000 < limitMs * leastShare ? new Stalled('the process was stopped') : late()
    } finally {
      room.work = () => undefined
    }
  }
}

/**
 * Whether a template has a script of its own, or a schema that may search without end: by expressions, in lists that are held against
 * themselves, or in schemas that lead to others, twice at each step.
 */
export function mayRunOn({ prepare, schema }: Pick<Template, 'prepare' | 'schema'>): boolean {
  return prepare !== undefined || searching.test(JSON.stringify(schema))
}

const searching = /"(?:pattern|patternProperties|uniqueItems|\$ref|\$dynamicRef|\$recursiveRef)":/
