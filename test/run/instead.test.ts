/** A piece that does not show a fact: what was looked for, and what stands there instead, for whoever has to find the mistake. */
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { storyLines } from '../../src/report/index.ts'
import { conduct, explain, readRequest } from '../../src/run/index.ts'
import { type Factory, makeFactory } from './factory.ts'

let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 1, mail: false })
  factory.mend('templates/bill/sms.hbs', "amount=(fact 'total')", 'amount=(money (times total 2))')
})
afterEach(() => factory.close())

async function told() {
  const out = join(factory.folder, 'out')
  const request = readRequest({ date: '2026-03-31', workers: 1 }, { job: join(factory.folder, factory.job), out })
  if (!request.ok) throw new Error(JSON.stringify(request.faults))
  const { exit, report } = await conduct(request.value, () => {})
  expect(exit).toBe(4)
  const story = await explain({ out, run: 'bills-2026-03', id: 'B-1' })
  if (!story.ok) throw new Error(JSON.stringify(story.faults))
  return {
    report: JSON.stringify(report),
    failures: factory.read('out/bills-2026-03/failed.csv'),
    story: storyLines(story.value).join('\n'),
  }
}

test('explain and failed.csv say it, and no report does', async () => {
  const { report, failures, story } = await told()
  const words = 'looked for £2.30, and found 4.60; show it with'
  expect(failures).toContain(words)
  expect(story).toContain(words)
  expect(report).not.toMatch(/4\.60|looked for/)
})

test('what the schema marks private is not told: the fact, or a figure that stands there', async () => {
  factory.mend(
    'templates/bill/schema.json',
    '"total": {',
    '"double": { "type": "string", "private": true },\n    "total": {',
  )
  factory.mend('templates/bill/prepare.js', 'return { ...data,', "return { ...data, double: '4.60',")
  const { failures, story } = await told()
  expect(`${failures}${story}`).toContain('looked for £2.30, and found no other amount like it')
  expect(`${failures}${story}`).not.toContain('4.60')
})

test('a private fact is named alone', async () => {
  factory.mend('templates/bill/schema.json', '"total": { "type"', '"total": { "private": true, "type"')
  const { failures, story } = await told()
  expect(`${failures}${story}`).not.toMatch(/looked for|2\.30|4\.60/)
  expect(story).toContain('fact total: private')
})
