/** OpenMetrics text, as collectors read it. */
import { expect, test } from 'vitest'
import { metricsText } from '../../src/report/index.ts'
import { report } from './report.ts'

test('each family once, with its type, and the end marked', () => {
  const text = metricsText({ job: 'a "b"\\', run: 'r', exit: 0, report })
  expect(text).toContain('# TYPE platen_run_exit gauge\n# HELP platen_run_exit Exit code of the last start.\n')
  expect(text).toContain('platen_run_rows{job="a \\"b\\"\\\\",run="r",state="rejected"} 140\n')
  expect(text).toContain('platen_run_pieces{job="a \\"b\\"\\\\",run="r",channel="sms",outcome="skipped"} 385\n')
  const types = text.match(/^# TYPE .*/gm) ?? []
  expect(new Set(types).size).toBe(6)
  expect(text.endsWith('} 0\n# EOF\n')).toBe(true)
  for (const line of text.trim().split('\n')) expect(line).toMatch(/^(# |platen_run_[a-z_]+\{[^\n]*\} [0-9.]+$)/)
})

test('a start that found no run tells its exit code', () => {
  expect(metricsText({ job: 'bills', exit: 6 })).toBe(
    '# TYPE platen_run_exit gauge\n# HELP platen_run_exit Exit code of the last start.\nplaten_run_exit{job="bills"} 6\n# EOF\n',
  )
})
