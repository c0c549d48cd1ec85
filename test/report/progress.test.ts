import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../src/model/index.ts'
import { jsonProgress, movingProgress, quietProgress } from '../../src/report/index.ts'

const warned: RunEvent = {
  kind: 'warned',
  fault: { code: 'run.kit', message: 'the kit has changed', place: { file: 'jobs/a.yaml' }, hint: 'void it or go on' },
}
const story: readonly RunEvent[] = [
  { kind: 'started', run: 'invoices-2010-12', folder: 'out/invoices-2010-12', date: '2010-12-31', resumed: false },
  warned,
  { kind: 'reading', rows: 1000 },
  { kind: 'read', rows: 2001, communications: 2000, rejects: 1 },
  { kind: 'allocated', communications: 2000, pieces: 4000, lots: 4 },
  { kind: 'pressing', communications: 0, of: 2000 },
  { kind: 'pressing', communications: 500, of: 2000 },
  { kind: 'worker-lost', lot: 2, reason: 'out of memory' },
  { kind: 'published', lot: 1, rendered: 1000, failed: 0, held: 0 },
  { kind: 'finished', run: 'invoices-2010-12', exit: 0 },
]

/** What is written on a clock that goes on by a second for each look at it; `~` clears the line. */
function told(
  make: (write: (text: string) => void, now: () => number) => { tell: (event: RunEvent) => void; end: () => void },
) {
  let text = ''
  let clock = 0
  const progress = make(
    more => {
      text += more
    },
    () => {
      clock += 1000
      return clock
    },
  )
  for (const event of story) progress.tell(event)
  progress.end()
  return text.replaceAll('\r\u001b[K', '~')
}

describe('progress', () => {
  it('moves on a terminal: what is said stays, what is shown is written over', () => {
    expect(told(movingProgress)).toBe(
      [
        'invoices-2010-12: begins, dated 2010-12-31\n',
        'warning: jobs/a.yaml: the kit has changed\n  hint: void it or go on\n',
        '~  reading: 1,000 rows',
        '~  read: 2,001 rows, 2,000 communications, 1 reject\n',
        '  allocated: 4,000 pieces in 4 lots\n',
        '~  pressing: 0 of 2,000',
        '~  pressing: 500 of 2,000, 250/s, 6.0 s left',
        '~  a worker was lost on lot 2 (out of memory); it is pressed again\n',
      ].join(''),
    )
  })

  it('clears the moving line at the end', () => {
    let text = ''
    const progress = movingProgress(
      more => {
        text += more
      },
      () => 0,
    )
    progress.tell({ kind: 'reading', rows: 1 })
    progress.end()
    progress.end()
    expect(text).toBe('\r\u001b[K  reading: 1 row\r\u001b[K')
  })

  it('says that a run goes on', () => {
    let text = ''
    const resumed: RunEvent = { kind: 'started', run: 'a', folder: 'out/a', date: '2010-12-31', resumed: true }
    movingProgress(
      more => {
        text += more
      },
      () => 0,
    ).tell(resumed)
    expect(text).toBe('a: goes on, dated 2010-12-31\n')
  })

  it('is one JSON line per event on request', () => {
    const lines = told(jsonProgress).trimEnd().split('\n')
    expect(lines.map(line => JSON.parse(line))).toEqual(story)
  })

  it('is quiet when piped, but for warnings', () => {
    expect(told(quietProgress)).toBe('warning: jobs/a.yaml: the kit has changed\n  hint: void it or go on\n')
  })
})
