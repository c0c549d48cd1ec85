/** The metrics of a start, written where a collector looks for them: whole, or as they were before. */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, extname } from 'node:path'
import { openDurably } from '../../lots/index.ts'
import type { Fault } from '../../model/index.ts'
import { metricsText } from '../../report/index.ts'
import type { Ending } from '../start.ts'
import { troubleOf } from '../trouble.ts'

/** Collectors run as somebody else; counts are no secret. */
const readableByAll = { file: 0o644, folder: 0o755 }

/** Whether metrics can be written there at all: asked before the run begins. */
export function refusesMetrics(file: string): Fault | undefined {
  const folder = dirname(file)
  if (existsSync(folder) && statSync(folder).isDirectory() && !(existsSync(file) && statSync(file).isDirectory()))
    return
  const message = `--metrics names a file in a folder that is not there (found ${JSON.stringify(file)})`
  return { code: 'usage.option', message, hint: 'make the folder first, such as the one that your collector reads' }
}

/** Writes them. What is in the way is returned, with the exit code that it makes of a run that has none of its own. */
export function writeMetrics(file: string, { job, ending }: { readonly job: string; readonly ending: Ending }): Ending {
  const { exit, run, report } = ending
  const text = metricsText({
    job: report?.job ?? basename(job, extname(job)),
    exit,
    ...(run === undefined ? {} : { run }),
    ...(report === undefined ? {} : { report }),
  })
  try {
    const aside = openDurably(file, readableByAll)
    try {
      aside.write(text)
    } catch (error) {
      aside.discard()
      throw error
    }
    aside.commit()
    return ending
  } catch (error) {
    const trouble = troubleOf(error)
    if (trouble === undefined) throw error
    return { ...ending, exit: exit === 0 ? trouble.exit : exit, faults: [...ending.faults, trouble.fault] }
  }
}
