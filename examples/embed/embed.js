// Platen inside a program: one invoice on demand, then a batch of two from objects in memory.
// Run it with: node examples/embed/embed.js (after npm ci && npm run build)
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FaultError, openFactory } from 'platen'

const here = path => fileURLToPath(new URL(path, import.meta.url))
const out = await mkdtemp(join(tmpdir(), 'platen-embed-'))

// This folder has a job of its own; brand and template are those of the starter kit.
const factory = await openFactory(here('.'), { assets: here('../../assets'), templates: here('../../templates'), out })

const order = {
  number: '417',
  issued: '2026-03-09',
  customer: {
    id: '1004',
    name: 'Olena Kovalenko',
    address: ['12 Harbour Street', 'Leith', 'EH6 6JJ'],
    locale: 'en-GB',
  },
  lines: [{ code: 'H500', description: 'Home 500', quantity: '1', price: '350.00', amount: '350.00' }],
}

// One piece, in memory.
const piece = await factory.render('invoice', 'pdf', order, {
  id: order.number,
  date: '2026-03-09',
  set: { days: '14' },
})
await writeFile(join(out, '417.pdf'), piece.bytes)
console.log(`one piece: ${piece.mediaType}, ${piece.measures.pages} page`)

// What is wrong with the data is a FaultError, with everything that is wrong.
try {
  await factory.render('invoice', 'pdf', { ...order, issued: 'yesterday' }, { set: { days: '14' } })
} catch (error) {
  if (!(error instanceof FaultError)) throw error
  console.log(`a fault: ${error.faults[0].message}`)
}

// A batch: rows as objects, from wherever they come.
async function* rows() {
  for (const number of ['418', '419']) {
    yield { number, issued: '2026-03-09', name: 'Taras Bondar', item: 'Home 500', quantity: 1, amount: '350.00' }
    yield { number, issued: '2026-03-09', name: 'Taras Bondar', item: 'Router', quantity: 1, amount: '49.00' }
  }
}
const run = factory.run('orders', { data: rows(), date: '2026-03-09' })
for await (const event of run) if (event.kind === 'published') console.log(`lot ${event.lot}: ${event.rendered} pieces`)
const report = await run.report
console.log(`a batch: ${report.communications.made} made from ${report.rows.read} rows, exit ${report.exit}`)

await factory.close()
await rm(out, { recursive: true })
