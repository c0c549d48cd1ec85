/** How a run ended, in a word, and in the sentences that an operator puts a name under: no more than the report bears out. */
import type { Report } from '../model/index.ts'
import { plural } from './words.ts'

export interface Verdict {
  readonly title: string
  readonly words: string
}

/** Says of sums and rejects what is so: a run without control totals has none that agree. */
export function verdict(report: Report): Verdict {
  if (report.voided !== null)
    return {
      title: 'void',
      words: 'This run should not have been: nothing of it may be sent. Its documents are free again.',
    }
  switch (report.exit) {
    case 0:
      return { title: 'done', words: doneWords(report) }
    case 3:
      return {
        title: 'done, but not all of it',
        words: `Some pieces failed or are held. They are listed below, and not among the lots. ${doneWords(report)}`,
      }
    case 4:
      return { title: 'does not add up', words: 'What was made is not what should exist. Do not send it.' }
    case 5:
      return { title: 'refused: no piece was made', words: 'The input was refused.' }
    default:
      return { title: `exit ${report.exit}`, words: '' }
  }
}

function doneWords({ communications, expected, sums }: Report): string {
  const { rejected, alreadyIssued } = communications
  const totals = Object.values(sums)
  const unreadable = totals.reduce((sum, total) => sum + total.unreadable, 0)
  return [
    'Every row and every communication is accounted for.',
    ...(rejected > alreadyIssued ? [`${plural(rejected - alreadyIssued, 'reject')}, within the allowance.`] : []),
    ...(alreadyIssued > 0 ? [`${plural(alreadyIssued, 'document')} issued before, and not again.`] : []),
    expected !== undefined || totals.some(sum => sum.expected !== null)
      ? 'The control totals are as expected.'
      : 'No control totals were given: whether the input was whole is not known.',
    ...(unreadable > 0 ? [`${plural(unreadable, 'value')} could not be read.`] : []),
  ].join(' ')
}
