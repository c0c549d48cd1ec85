/** Loads what whole runs take, twice as much as a piece takes: a program that makes pieces one by one does not wait for it. */
import { FaultError } from '../model/index.ts'
import { askForFiles } from './openfiles.ts'
import { troubleOf } from './trouble.ts'

/** What loading opens at a time, and some room. */
const fewFiles = 20

/** Rejects with a FaultError where the machine lets nothing be opened. */
export async function loadWhole(): Promise<typeof import('./whole.ts')> {
  try {
    // Without files to open modules fail to load in one way or another, and none of them says why.
    askForFiles(fewFiles)
    return await import('./whole.ts')
  } catch (error) {
    const trouble = troubleOf(error)
    throw trouble === undefined ? error : new FaultError([trouble.fault], { cause: error })
  }
}
