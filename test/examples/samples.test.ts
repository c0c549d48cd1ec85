/** Every sample of the starter templates as PDF, looked at by other people's programs. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { proofTemplate, readRequest } from '../../src/run/index.ts'
import { brokenRules, hasQpdf } from '../channels/pdf/structure.ts'

const folder = mkdtempSync(join(tmpdir(), 'platen-samples-'))
afterAll(() => rmSync(folder, { recursive: true }))

const hasGhostscript = spawnSync('gs', ['--version']).status === 0

async function samplesOf(template: string): Promise<readonly string[]> {
  const request = readRequest({ channels: ['pdf'] }, { job: join('templates', template) })
  if (!request.ok) throw new Error(JSON.stringify(request.faults))
  const choice = { ids: [], folder: join(folder, template), request: request.value }
  const { exit, files, faults } = await proofTemplate(
    join('templates', template),
    choice,
    () => new Date('2026-11-26T12:00:00Z'),
  )
  expect(faults).toEqual([])
  expect(exit).toBe(0)
  return files
}

describe.each(['invoice', 'statement', 'notice'])('the samples of %s', template => {
  test('keep the rules of tagged archives, and are drawn without a word of complaint', async () => {
    const files = await samplesOf(template)
    expect(files.length).toBeGreaterThan(5)
    if (hasQpdf) {
      for (const file of files) expect([basename(file), brokenRules(readFileSync(file))]).toEqual([basename(file), []])
    }
    if (hasGhostscript) {
      const strict = ['-q', '-dNOPAUSE', '-dBATCH', '-dPDFSTOPONERROR', '-dPDFSTOPONWARNING', '-sDEVICE=nullpage']
      const drawn = spawnSync('gs', [...strict, ...files], { encoding: 'utf8' })
      expect([drawn.status, drawn.stdout, drawn.stderr]).toEqual([0, '', ''])
    }
  })
})

test.runIf(process.env['CI'] !== undefined)('the programs that look are there where it counts', () => {
  const present = (command: string, ...args: readonly string[]) => spawnSync(command, args).error === undefined
  expect(present('qpdf', '--version'), 'qpdf').toBe(true)
  expect(present('gs', '--version'), 'gs').toBe(true)
  expect(present('pdftoppm', '-v'), 'pdftoppm').toBe(true)
})
