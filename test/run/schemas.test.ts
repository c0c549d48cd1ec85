/** Schemas for editors: what they complete and check is what Platen takes. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { editorSchemas } from '../../src/run/plan/schemas.ts'
import { readSettings } from '../../src/schema/index.ts'

const file = (path: string) => ({
  file: path,
  text: readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8'),
})
const schemas = editorSchemas()

test.each([
  ['job.json', 'starter/jobs/invoices.yaml'],
  ['job.json', 'examples/retail/jobs/invoices.yaml'],
  ['job.json', 'examples/embed/jobs/orders.yaml'],
  ['job.json', 'examples/retail/jobs/statements.yaml'],
  ['job.json', 'examples/telecom/jobs/notices.yaml'],
  ['brand.json', 'assets/brand.yaml'],
  ['brand.json', 'examples/telecom/assets/brand.yaml'],
  ['template.json', 'templates/invoice/template.yaml'],
  ['template.json', 'templates/statement/template.yaml'],
  ['template.json', 'templates/notice/template.yaml'],
])('%s takes %s, which names it in its first line', (name, path) => {
  const source = file(path)
  const read = readSettings(source, schemas[name] ?? {})
  expect(read.ok ? [] : read.faults).toEqual([])
  const [, named = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(source.text) ?? []
  const folder = path.startsWith('starter/') ? path.replace('starter/', '') : path
  expect(new URL(named, `file:///${folder}`).pathname).toBe(`/schemas/${name}`)
})

test('mistakes are told with the nearest name', () => {
  const { text } = file('starter/jobs/invoices.yaml')
  const read = readSettings(
    { file: 'job.yaml', text: text.replace('  sms: {}', '  smss: {}') },
    schemas['job.json'] ?? {},
  )
  expect(read.ok ? [] : read.faults.map(({ hint }) => hint)).toEqual(['did you mean "sms"?'])
})
