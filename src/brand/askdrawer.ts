/** Has images drawn by a process of its own: what its decoders take of memory goes with it, and one that a file kills kills nothing else. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Drawn, type Order, unreadable } from './drawn.ts'

/** A large picture takes a second; what takes longer than this does not come to an end. */
const usualPatienceMs = 120_000

/** What became of each order. Rejects where the machine lets no process be started. */
export async function askDrawer(orders: readonly Order[], patienceMs = usualPatienceMs): Promise<readonly Drawn[]> {
  const script = fileURLToPath(import.meta.url).replace(/askdrawer(\.[jt]s)$/, 'drawer$1')
  const drawer = fork(script, [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  })
  const made = new Map<number, Drawn>()
  const died = new Promise<string>(resolve => drawer.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`)))
  await new Promise<void>((resolve, reject) => {
    drawer.on('message', message => {
      const [place, drawn] = message as [number, Drawn]
      made.set(place, drawn)
      if (made.size === orders.length) resolve()
    })
    // It has died: what it told before has come before.
    drawer.once('disconnect', resolve)
    drawer.once('error', reject)
    drawer.send(orders, () => {})
  })
  const ended = made.size === orders.length ? '' : await died
  if (drawer.connected) drawer.disconnect()
  // Nobody has to wait until it is gone.
  drawer.unref()
  return orders.map(({ path }, place) => made.get(place) ?? unreadable(path, `its decoder ended (${ended})`))
}
