/** What becomes of a communication's pieces together: why one is held says which of the others it waits for, and what is wrong there. */
import { expect, test } from 'vitest'
import type { Fault, Piece } from '../../src/model/index.ts'
import { settleOutcomes } from '../../src/run/press/outcomes.ts'

const piece: Piece = { bytes: new Uint8Array(), mediaType: 'text/plain', measures: {} }
const flaw = (code: Fault['code']): Fault => ({ code, message: 'what the proof found' })

function reasons(flawed: Readonly<Record<string, readonly Fault[]>>, failed: readonly string[] = []) {
  const finished = Object.entries(flawed).map(([channel, flaws]) => [channel, { piece, facts: {}, flaws }] as const)
  const faults = new Map(failed.map(channel => [channel, [flaw('pdf.fit')]]))
  const made = settleOutcomes([...Object.keys(flawed), ...failed], { finished: new Map(finished), faults, files: {} })
  return Object.fromEntries(made.map(one => [one.channel, one.outcome === 'rendered' ? one.outcome : one.reason]))
}

test('a piece that is held says what it waits for, and why', () => {
  expect(reasons({ sms: [], email: [flaw('run.fact')] })).toEqual({
    sms: 'waits for email (does not show what the data says)',
    email: 'run.fact: what the proof found',
  })
  expect(reasons({ sms: [], email: [flaw('run.unread')] })['sms']).toBe('waits for email (cannot be read back)')
  expect(reasons({ sms: [], email: [flaw('run.identity')] })['sms']).toBe(
    'waits for email (shows what is not its customer’s)',
  )
  expect(reasons({ sms: [], email: [flaw('run.fact')] }, ['pdf'])).toEqual({
    sms: 'waits for email (does not show what the data says) and pdf (failed)',
    email: 'run.fact: what the proof found',
    pdf: 'pdf.fit',
  })
  expect(reasons({ sms: [], email: [] })).toEqual({ sms: 'rendered', email: 'rendered' })
})
