/** A process of its own that draws images, and tells of each what became of it. It ends when nobody listens any more, whatever it is at. */
import { drawAll } from './draw.ts'
import type { Order } from './drawn.ts'

process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.once('message', (orders: readonly Order[]) => {
  void drawAll(orders, (place, drawn) => process.send?.([place, drawn]))
})
