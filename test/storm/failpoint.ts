/** Loaded before everything else (`node --import`), also in worker threads: counts durable steps, and kills or fails the one asked for. */
import { appendFileSync } from 'node:fs'
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads'
import { type DurableStep, failpointName } from '../../src/model/failpoint.ts'

/** Shared by all threads, so that of two steps at the same moment each has its own number. A rehearsal sets it back before each run. */
const counting = 'storm.steps'
if (isMainThread) setEnvironmentData(counting, new SharedArrayBuffer(4))
const steps = new Int32Array(getEnvironmentData(counting) as unknown as SharedArrayBuffer)

/**
 * What the environment of a rehearsal says. STORM_COUNT: a file that grows by a byte with each step, for who watches. STORM_AT: the
 * step that is not taken. STORM_HOW: `kill`, `stop`; or the error thrown there, once, or with `lasting` from there on.
 */
const { env } = process

const failpoint = (step: DurableStep, path: string): void => {
  const { STORM_COUNT: counter, STORM_AT: at = '0', STORM_HOW: how = '', STORM_LOG: log } = env
  if (counter === undefined) return
  appendFileSync(counter, '.')
  const now = Atomics.add(steps, 0, 1) + 1
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
