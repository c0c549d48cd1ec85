/** The published types: whole, and fit for a project that has nothing but TypeScript. Reads dist/. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const project = mkdtempSync(join(tmpdir(), 'platen-types-'))
afterAll(() => rmSync(project, { recursive: true, force: true }))

const program = `import { type Channel, type DataSource, openFactory, type Report, type RunOptions } from 'platen'
const rows: DataSource = [{ number: 'B-1' }]
const options: RunOptions = { data: { bills: rows }, rejects: '10%', mode: 0o640, lotSize: 500 }
const factory = await openFactory('.')
const report: Report = await factory.run('bills', options).report
const digests: readonly string[] = report.data.files.map(file => file.sha256)
export const piece = await factory.render('bill', 'pdf', {}, { id: digests.join() })
export const names = (channels: readonly Channel[]): readonly string[] => channels.map(({ name }) => name)
// @ts-expect-error an option that does not exist
factory.run('bills', { lotsize: 3 })
`

test('a bare project compiles against them: no @types/node, libraries checked', () => {
  mkdirSync(join(project, 'node_modules'))
  symlinkSync(root, join(project, 'node_modules/platen'))
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(project, 'main.ts'), program)
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2024',
    strict: true,
    skipLibCheck: false,
    types: [],
    noEmit: true,
    preserveSymlinks: true,
  }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['main.ts'] }))
  const ran = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project], {
    encoding: 'utf8',
  })
  expect(ran.stdout).toBe('')
  expect(ran.status).toBe(0)
})

test('whatever an exported type mentions is exported, too', () => {
  const sources = [
    ...readdirSync(join(root, 'src/model'), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => `model/${name}`),
    ...['request', 'factory', 'events'].map(name => `run/${name}.ts`),
  ]
  const declared = new Map(
    sources.flatMap(path =>
      readFileSync(join(root, 'src', path), 'utf8')
        .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
        .split(/^(?=export |function |const |import )/m)
        .flatMap(text => {
          const name = /^export (?:interface|type|class) (\w+)/.exec(text)?.[1]
          return name === undefined ? [] : [[name, text] as const]
        }),
    ),
  )
  const door = readFileSync(join(root, 'src/index.ts'), 'utf8')
  const exported = new Set(door.match(/\b[A-Z]\w+/g))
  const lacking = [...exported].flatMap(name =>
    (declared.get(name)?.match(/\b[A-Z]\w+/g) ?? []).filter(other => declared.has(other) && !exported.has(other)),
  )
  expect(declared.size).toBeGreaterThan(40)
  expect([...new Set(lacking)]).toEqual([])
})
