/** A process of its own that draws images, and tells of each what became of it. */
import { drawAll } from './draw.ts'
import type { Drawn, Order } from './drawn.ts'

process.once('message', async (orders: readonly Order[]) => {
  const told: Promise<void>[] = []
  await drawAll(orders, (place, drawn) => told.push(tell([place, drawn])))
  await Promise.all(told)
  process.disconnect()
})

/** Resolves once it is on its way: what is not is lost when the channel closes. */
function tell(answer: readonly [place: number, drawn: Drawn]): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(answer, undefined, {}, error => (error === null ? resolve() : reject(error)))
  })
}
