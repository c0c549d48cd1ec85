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
  const made: (Drawn | undefined)[] = []
  drawer.on('message', message => {
    const [place, drawn] = message as [number, Drawn]
    made[place] = drawn
  })
  const died = new Promise<string>((resolve, reject) => {
    drawer.once('error', reject)
    drawer.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`))
  })
  // What it has told comes before its channel closes, and may come behind its end.
  const closed = new Promise<void>(resolve => drawer.once('disconnect', resolve))
  // One that has died before it was told is known by its end.
  drawer.send(orders, () => {})
  const ended = await died
  await closed
  return orders.map(({ path }, place) => made[place] ?? unreadable(path, `its decoder ended (${ended})`))
}
