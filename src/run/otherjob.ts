/** Whether a start means the run that is there, or only calls its own by the same name: by the job, not by the data alone. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import type { Ledger } from '../ledger/index.ts'
import type { Fault } from '../model/index.ts'
import type { Found } from './find.ts'
import { kitFolder } from './place.ts'
import type { RunRequest } from './request.ts'

type Asked = Pick<Found, 'name' | 'folder' | 'out' | 'job'> & { readonly request: Pick<RunRequest, 'job'> }

/** Where a job lies, seen from the out folder: the same wherever both are moved together, and from wherever it is started. */
export function jobPlace(out: string, job: string): string {
  return relative(resolve(out), resolve(job))
}

/**
 * A fault where a run was started with another job. The same file is the same job, whatever was changed in it since, but for its
 * template, which makes a document the document that it is; so is a copy elsewhere that has the same text.
 */
export function otherJob(ledger: Ledger, { name, folder, out, job, request }: Asked): Fault | undefined {
  const template = ledger.meta('template') ?? job.template
  const place = ledger.meta('jobPlace')
  const moved = place !== undefined && place !== jobPlace(out, request.job) && !isFrozen(ledger, folder, request.job)
  if (template === job.template && !moved) return undefined
  const before = `${ledger.meta('job')}${template === job.template ? '' : ` and the template ${template}`}`
  return {
    code: 'run.job',
    message: `the run ${name} was started with another job: ${moved ? `a ${before} elsewhere` : before}`,
    place: { file: request.job },
    hint: 'name a new run with --run; to have the one that is there, start it with its own job, which is frozen in its kit',
  }
}

/** Whether any kit of the run has this very job. */
function isFrozen(ledger: Ledger, folder: string, job: string): boolean {
  if (basename(job) !== ledger.meta('job')) return false
  const text = readFileSync(job)
  return [...new Set([1, ...ledger.lots().map(({ kit }) => kit)])].some(kit => {
    const frozen = join(kitFolder(folder, kit), 'job', basename(job))
    return existsSync(frozen) && text.equals(readFileSync(frozen))
  })
}
