/** Has images drawn by a process of its own: what its decoders take of memory goes with it. */
import { type ChildProcess, fork } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Drawn, Order } from './drawn.ts'

/**
 * What became of each order. What the process has not answered is drawn here: where none may be started, and where it was ended, it is
 * no image's fault.
 */
export async function askDrawer(orders: readonly Order[]): Promise<readonly Drawn[]> {
  const made = new Map<number, Drawn>()
  const drawer = start()
  if (drawer !== undefined) {
    await new Promise<void>(resolve => {
      drawer.on('message', message => {
        const [place, drawn] = message as [number, Drawn]
        made.set(place, drawn)
        if (made.size === orders.length) resolve()
      })
      // It has died: what it told before has come before.
      drawer.once('disconnect', resolve)
      drawer.once('error', () => resolve())
      drawer.send(orders, () => {})
    })
    // Nobody has to wait until it is gone, nor until its channel is closed.
    drawer.unref()
    drawer.channel?.unref()
    if (drawer.connected) drawer.disconnect()
  }
  const left = [...orders.keys()].filter(place => !made.has(place))
  if (left.length > 0) {
    const { drawAll } = await import('./draw.ts')
    await drawAll(
      left.map(place => orders[place]!),
      (at, drawn) => made.set(left[at]!, drawn),
    )
  }
  return orders.map((_, place) => made.get(place)!)
}

/** Undefined where no process may be started. */
function start(): ChildProcess | undefined {
  const script = fileURLToPath(new URL(`./drawer${extname(import.meta.url)}`, import.meta.url))
  try {
    return fork(script, [], {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
  } catch {
    return undefined
  }
}
