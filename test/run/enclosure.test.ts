/** What is enclosed in a mail carries a name that its recipient understands. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Factory, makeFactory } from './factory.ts'

let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 2 })
})
afterEach(() => factory.close())

async function enclosedIn(id: string): Promise<(string | null)[]> {
  const ran = factory.platen('run', factory.job)
  expect(ran.status, ran.said).toBe(0)
  const bytes = readFileSync(join(factory.folder, `out/bills-2026-03/lot-0001/email/${id}.eml`))
  return (await PostalMime.parse(bytes)).attachments
    .filter(({ disposition }) => disposition === 'attachment')
    .map(({ filename }) => filename)
}

test('its title, in the language of the letter', async () => {
  factory.mend(
    'templates/bill/pdf.hbs',
    'title="{{t \'title\' number=number}}"',
    'title="Рахунок № {{number}} · O\'Brien / Sons…"',
  )
  expect(await enclosedIn('B-2')).toEqual(['Рахунок-B-2-O-Brien-Sons.pdf'])
})

test('without a word in the title, template and id', async () => {
  factory.mend('templates/bill/pdf.hbs', 'title="{{t \'title\' number=number}}"', 'title="…"')
  expect(await enclosedIn('B-1')).toEqual(['bill-B-1.pdf'])
})
