/** What `platen types` prints is TypeScript, and true of what programs hand in: the example type-checks against it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { typesOfTemplate } from '../../src/run/ask/types.ts'
import { good } from '../outcome.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'platen-types-'))
const embed = readFileSync(join(root, 'examples/embed/embed.js'), 'utf8')

beforeAll(() => {
  for (const name of ['invoice', 'statement', 'notice']) {
    writeFileSync(join(folder, `${name}.ts`), good(typesOfTemplate(join(root, 'templates', name))))
  }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: true },
        ...{ allowJs: true, checkJs: true, noImplicitAny: false, allowImportingTsExtensions: true },
        ...{ module: 'nodenext', target: 'es2024', types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
        paths: { platen: [join(root, 'dist/index.d.ts')] },
      },
      include: ['*'],
    }),
  )
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
})

afterAll(() => rmSync(folder, { recursive: true }))

/** What the compiler says of the example, with the order of this type. */
function compiled(type: string, program = embed): string {
  const start = 'const order = {'
  expect(program).toContain(start)
  const text = program.replace(start, `/** @type {import('./invoice.ts').${type}} */\n${start}`)
  writeFileSync(join(folder, 'embed.js'), text)
  return spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' }).stdout
}

describe('the example', () => {
  test('hands in what InvoiceInput says', () => expect(compiled('InvoiceInput')).toBe(''))

  test('does not hand in what the template sees: that is made of it', () => {
    expect(compiled('Invoice')).toMatch(/embed\.js.*(?:missing the following|state|brief)/s)
  })

  test('would be told of a field that is forgotten or unknown', () => {
    expect(compiled('InvoiceInput', embed.replace("  issued: '2026-03-09',\n", ''))).toContain("'issued' is missing")
    expect(compiled('InvoiceInput', embed.replace("locale: 'en-GB'", "lokale: 'en-GB'"))).toContain("'lokale'")
  })
})

test('declarations are named by the folder, however it is written', () => {
  const text = good(typesOfTemplate(`${join(root, 'templates/invoice')}/.`))
  expect(text).toContain('export interface InvoiceInput {')
  expect(text).toBe(good(typesOfTemplate(join(root, 'templates/invoice'))))
})
