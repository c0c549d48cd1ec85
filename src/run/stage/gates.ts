/** Gates that look at the batch as a whole: empty data, too many rejects, control totals. */
import { dataFiles } from '../../intake/index.ts'
import { exceeds } from '../../job/index.ts'
import { counts, type Ledger, totals } from '../../ledger/index.ts'
import type { Expectation, Fault, InputSummary, Job } from '../../model/index.ts'
import { decimal } from '../../schema/index.ts'

/** Faults refuse the run. */
export function passGates(
  ledger: Ledger,
  job: Job,
  summary: InputSummary,
  expect: Expectation | undefined,
): readonly Fault[] {
  const { communications, rejectedWithId, issued } = counts(ledger)
  const faults: Fault[] = []
  const rejected = communications.rejected - issued
  if (communications.made + communications.rejected === 0 && !job.allowEmpty) {
    faults.push({
      code: 'run.empty',
      message: summary.rows === 0 ? 'the data has no rows' : 'the data has no communications: every row was filtered',
      place: { file: summary.files[0]?.file ?? job.file },
      hint: 'set allowEmpty: true in the job if that may be',
    })
  }
  faults.push(...emptyFiles(job, summary))
  if (exceeds(job.rejects, rejected, communications.made + rejected)) {
    const allowed =
      'count' in job.rejects
        ? String(job.rejects.count)
        : `${String(decimal(String(job.rejects.share)).times(100)).replace(/\.0+$/, '')} %`
    faults.push({
      code: 'run.rejects',
      message: `${rejected} of ${communications.made + rejected} communications are rejects, ${allowed} are allowed`,
      place: { file: job.file },
      hint: `mend the data, or allow more with rejects: in the job or --rejects; a run lists them all in rejects.csv${orphansHint(ledger, job)}`,
    })
  } else if (communications.made === 0 && rejected > 0) {
    // An allowance is for the batch beside its rejects: a run of nothing else would be done, and nobody would get anything.
    faults.push({
      code: 'run.rejects',
      message: `nothing is left to be made: ${rejected} of ${rejected + issued} communications are rejects${issued === 0 ? '' : ', all others were issued before'}`,
      place: { file: job.file },
      hint: `mend the data, whatever the job allows: a run makes at least one; it lists them all in rejects.csv${orphansHint(ledger, job)}`,
    })
  }
  if (expect !== undefined) faults.push(...compareTotals(ledger, summary, expect, communications.made + rejectedWithId))
  return faults
}

/** Rows whose parents are not there are often rows of the whole batch, beside a first file of mended rejects alone. */
function orphansHint(ledger: Ledger, job: Job): string {
  if (!counts(ledger).rejects.some(({ code }) => code === 'intake.orphan')) return ''
  const [, ...joined] = dataFiles(job)
  const named = joined.map(({ name }) => `--data ${name}=out/<run>/rejects/…`).join(' ')
  return `; with a mended first file name the rejected rows of the others too: ${named}`
}

/** Joined files with a header and nothing under it: each statement would be empty, and none would be wrong by itself. */
function emptyFiles(job: Job, { files }: InputSummary): readonly Fault[] {
  if (job.allowEmpty) return []
  return dataFiles(job).flatMap(({ allowEmpty }, at): readonly Fault[] => {
    const read = files[at]
    if (at === 0 || allowEmpty === true || read === undefined || read.rows > 0) return []
    return [
      {
        code: 'run.empty',
        message: 'the file has no rows',
        place: { file: read.file },
        hint: 'is it the right one? set allowEmpty: true beside file: in the job if that may be',
      },
    ]
  })
}

function compareTotals(
  ledger: Ledger,
  summary: InputSummary,
  expect: Expectation,
  communications: number,
): readonly Fault[] {
  const differ = (what: string, expected: string, found: string): Fault => ({
    code: 'run.control',
    message: `${what} should be ${expected}, and ${found}`,
    place: { file: expect.file },
    hint: 'ask for the whole file, or for the right control totals: the run begins only when they agree',
  })
  const faults: Fault[] = []
  const rows = summary.files[0]?.rows ?? 0
  if (expect.rows !== undefined && expect.rows !== rows)
    faults.push(
      differ(`rows of ${summary.files[0]?.file ?? 'the data file'}`, String(expect.rows), `${rows} were read`),
    )
  if (expect.communications !== undefined && expect.communications !== communications) {
    faults.push(differ('communications', String(expect.communications), `there are ${communications}`))
  }
  const found = totals(ledger)
  for (const [path, expected] of Object.entries(expect.sum)) {
    const unreadable = summary.unreadable[path] ?? 0
    const sum = decimal(found[path]?.accepted ?? '0').plus(found[path]?.rejected ?? '0')
    if (unreadable > 0)
      faults.push(differ(`the sum of ${path}`, expected, `${unreadable} of its values cannot be read`))
    else if (sum.cmp(expected) !== 0) faults.push(differ(`the sum of ${path}`, expected, `it is ${sum}`))
  }
  return faults
}
