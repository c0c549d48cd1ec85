/** What whole runs take is loaded when one is asked for: where that cannot be, the report says so as it says any other trouble. */
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

const built = new URL('../../dist/index.js', import.meta.url).href

/** A program that has used up its files by the time it asks for a run; then it closes some of them. */
const program = `
import { closeSync, openSync } from 'node:fs'
import { FaultError, openFactory } from '${built}'
const factory = await openFactory('.')
const opened = []
try { for (;;) opened.push(openSync(process.execPath, 'r')) } catch {}
for (const one of opened.splice(-5)) closeSync(one)
const told = async work => {
  try { await work } catch (error) {
    return error instanceof FaultError ? error.faults.map(({ code, message }) => code + ': ' + message) : String(error.stack)
  }
}
const few = [await told(factory.run('bills').report), await told(factory.explain('bills', 'B-1'))]
for (const one of opened) closeSync(one)
const enough = [await told(factory.run('bills').report), await told(factory.explain('bills', 'B-1'))]
await factory.close()
console.log(JSON.stringify({ few, enough }))
`

it('a program that is out of files learns that, and runs once it has closed some', () => {
  const line = 'ulimit -n 150; exec "$0" "$@"'
  const ran = spawnSync('sh', ['-c', line, process.execPath, '--input-type=module', '-e', program], {
    encoding: 'utf8',
  })
  expect(ran.stderr).toBe('')
  const { few, enough } = JSON.parse(ran.stdout) as Record<'few' | 'enough', readonly (readonly string[])[]>
  const machine = ['run.machine: too many files are open (EMFILE)']
  expect(few).toEqual([machine, machine])
  expect(enough).toEqual([['usage.file: the job is not there'], ['usage.option: there is no run bills in out']])
})
