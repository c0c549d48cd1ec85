/** docs/job.md is run: every job on the page loads, and every setting and every option that replaces one is on it. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inputOptions, runOptions } from '../../src/cli/options.ts'
import { loadJob } from '../../src/job/index.ts'
import { jobSchema } from '../../src/job/settings.ts'
import type { Job } from '../../src/model/index.ts'
import { compileRoute } from '../../src/route/index.ts'
import { faultsOf, good } from '../outcome.ts'

const page = readFileSync(new URL('../../docs/job.md', import.meta.url), 'utf8')
const jobs = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text)

function load(text: string): Job {
  const files: Readonly<Record<string, string>> = {
    'clean.js': 'export default row => row',
    '../data/2010-12.control.yaml': 'rows: 42481',
  }
  const read = (path: string) => {
    const found = files[path]
    return found === undefined ? undefined : { file: path, text: found }
  }
  return good(loadJob({ name: 'job', source: { file: 'job.yaml', text }, read, channels: ['pdf', 'email', 'sms'] }))
}

const schema = {
  type: 'object',
  properties: {
    x: { type: 'integer' },
    issued: { type: 'string', format: 'date' },
    total: { type: 'string', format: 'decimal' },
    limit: { type: 'string', format: 'decimal' },
    due: { type: 'string', format: 'decimal' },
    recipient: { type: 'object', properties: { prefers: { type: 'string' } } },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: { code: { type: 'string' }, amount: { type: 'string', format: 'decimal' } },
      },
    },
  },
}

describe('docs/job.md', () => {
  it('has jobs', () => expect(jobs.length).toBeGreaterThan(6))

  it.each(jobs)('%s', text => {
    const job = load(text)
    expect(faultsOf(compileRoute(job, schema, {}))).toEqual([])
  })

  const rules = [...page.matchAll(/`((?:has\(|data\.|size\()[^`]*)`/g)].map(([, rule = '']) => rule)
  it.each(rules)('the rule %s is one', rule => {
    const job: Job = { ...load(jobs[0] ?? ''), route: [{ when: rule, to: ['pdf'], line: 1 }] }
    expect(faultsOf(compileRoute(job, schema, {}))).toEqual([])
  })

  it('names every setting, and no other', () => {
    const settings = Object.keys(jobSchema['properties'] as object)
    const rows = [...(page.split('## ')[0] ?? '').matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
    expect(rows.toSorted()).toEqual(settings.toSorted())
  })

  it('names every option about input and run', () => {
    for (const { long } of [...inputOptions(), ...runOptions()]) expect(page).toContain(`\`${long}`)
  })
})
