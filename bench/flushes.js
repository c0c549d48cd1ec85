/**
 * Preloaded by bench/command.ts into every thread: how long it stands still for the disk. fsync and the ledger's commits (where SQLite
 * flushes) are timed, and appended as milliseconds to the file that PLATEN_BENCH_FLUSHES names. Of flushes in the background counts
 * what the thread has nothing else to do meanwhile; side by side they count once.
 * JavaScript, as what it is loaded into: stripping types would be measured with the rest.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { DatabaseSync } from 'node:sqlite'

const target = process.env['PLATEN_BENCH_FLUSHES'] ?? ''
const tell = from => fs.appendFileSync(target, `${performance.now() - from}\n`)

if (target !== '') {
  const { fsync, fsyncSync } = fs
  const { exec } = DatabaseSync.prototype
  let [pending, since] = [0, 0]
  const idle = () => performance.eventLoopUtilization().idle

  fs.fsyncSync = descriptor => {
    const from = performance.now()
    fsyncSync(descriptor)
    tell(from)
  }
  fs.fsync = (descriptor, then) => {
    if (pending === 0) since = idle()
    pending += 1
    fsync(descriptor, error => {
      pending -= 1
      if (pending === 0) fs.appendFileSync(target, `${idle() - since}\n`)
      then(error)
    })
  }
  DatabaseSync.prototype.exec = function timed(sql) {
    const from = performance.now()
    exec.call(this, sql)
    if (sql === 'COMMIT') tell(from)
  }
  syncBuiltinESMExports()
}
