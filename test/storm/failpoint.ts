/** Loaded before everything else (`node --import`), also in worker threads: counts durable steps, and kills or fails the one asked for. */
import { appendFileSync, statSync } from 'node:fs'
import { type DurableStep, failpointName } from '../../src/model/failpoint.ts'

/**
 * What the environment of a rehearsal says. STORM_COUNT: a file that grows by a byte with each step, over all threads. STORM_AT: the
 * step that is not taken. STORM_HOW: `kill`, `stop`; or the error thrown there, once, or with `lasting` from there on.
 */
const { env } = process

const failpoint = (step: DurableStep, path: string): void => {
  const { STORM_COUNT: counter, STORM_AT: at = '0', STORM_HOW: how = '', STORM_LOG: log } = env
  if (counter === undefined) return
  appendFileSync(counter, '.')
  const now = statSync(counter).size
  if (log !== undefined) appendFileSync(log, `${now} ${step} ${path}\n`)
  const asked = Number(at)
  const [code = '', lasting] = how.split(' ')
  if (asked === 0 || now < asked || (now > asked && lasting === undefined)) return
  if (code === 'kill') process.kill(process.pid, 'SIGKILL')
  else if (code === 'stop') process.kill(process.pid, 'SIGSTOP')
  else throw errorOf(code, step, path)
}

Object.assign(globalThis, { [failpointName]: failpoint })

/** What Node and SQLite would throw. */
function errorOf(code: string, step: DurableStep, path: string): Error {
  if (step !== 'commit') return Object.assign(new Error(`${code}: rehearsed, ${step} '${path}'`), { code, path })
  const errcode = code === 'ENOSPC' ? 13 : code === 'EMFILE' ? 14 : 10
  return Object.assign(new Error('rehearsed'), { code: 'ERR_SQLITE_ERROR', errcode })
}
