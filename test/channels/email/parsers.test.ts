/** Mails of the three starter templates in five languages, as two independent parsers read them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { proofTemplate } from '../../../src/run/index.ts'
import { type Seen, seenByPostalMime, seenByPython } from './parsers.ts'

/** In the order of names, as proofs are made. */
const languages = ['de', 'en', 'pl', 'ru', 'uk']
const folder = mkdtempSync(join(tmpdir(), 'platen-mails-'))
let paths: readonly string[]
let seen: readonly Seen[]

beforeAll(async () => {
  const made = await Promise.all(
    ['invoice', 'statement', 'notice'].map(async template => {
      const request = { job: template, channels: ['email'], date: '2026-03-09' }
      const choice = { ids: languages, folder: join(folder, template), pictures: false, request }
      return proofTemplate(join('templates', template), choice, () => new Date(0))
    }),
  )
  expect(made.flatMap(({ faults, warnings = [] }) => [...faults, ...warnings])).toEqual([])
  paths = made.flatMap(({ files }) => files)
  seen = await seenByPostalMime(paths)
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('each is whole: sender, recipient, subject, both texts, the document and the mark', () => {
  expect(paths.map(path => basename(path))).toEqual([1, 2, 3].flatMap(() => languages.map(name => `${name}.eml`)))
  for (const [at, { from, to, subject, text, html, attachments }] of seen.entries()) {
    expect(from, paths[at]).toEqual([['Nord & Sohn', 'billing@nord.example']])
    expect(to).toHaveLength(1)
    expect(subject.length).toBeGreaterThan(10)
    expect(text.length).toBeGreaterThan(200)
    // No wording is missing, and no table lost its figures.
    expect(text).not.toMatch(/\{\{|undefined|\[object|null/)
    expect(text).toMatch(/\d[.,]\d\d/)
    if (!paths[at]?.includes('notice')) expect(text).toMatch(/^\S.* {2,}\S*\d[.,]\d\d/m)
    expect(html).toContain('</html>')
    expect(attachments.map(([type]) => type)).toEqual(['image/png', 'application/pdf'])
  }
  expect(new Set(seen.map(({ messageId }) => messageId)).size).toBe(seen.length)
})

test('Python reads the same, and finds no defect (needs python3)', context => {
  const other = seenByPython(paths)
  if (other === undefined) return context.skip('python3 is not installed')
  expect(other.flatMap(({ defects }) => defects)).toEqual([])
  for (const { kinds } of other)
    expect(kinds).toEqual([
      'multipart/mixed',
      'multipart/related',
      'multipart/alternative',
      'text/plain',
      'text/html',
      'image/png',
      'application/pdf',
    ])
  expect(other.map(({ kinds: _, defects: __, ...rest }) => rest)).toEqual(seen)
})
