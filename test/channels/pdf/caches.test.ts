/** What a worker remembers changes no byte: documents in any order, in a worker that has just begun and in one that has made others. */
import { expect, it, vi } from 'vitest'
import { brand } from './brand.ts'
import { page } from './render.ts'

const money = (name: string, amount: string) =>
  `<document title="Рахунок ${name}"><page size="100mm 100mm" margin="10mm">
    <footer><p>Nord &amp; Sohn, 3 Lighthouse Quay, QX1 1NS, для ${name}, № 0000 0000 417</p></footer>
    <address-window left="10mm" top="15mm" width="60mm" height="10mm" return-line="Nord, ${amount} Quay"><p>${name}</p></address-window>
    <h1 color="accent">Рахунок ${name}</h1><p>Dear ${name}, Ваш борг ${amount} грн до 2026-03-09, é\u00A0fi office.
      <a href="https://nord.example/${amount.length}">${amount}</a></p>
    <table columns="* 20mm" cell-padding="2pt"><col/><col color="muted"/><thead><tr on="not-first"><td/><td><carry/></td></tr></thead><tbody>
      ${`<tr carry="${amount}" border-bottom="0.35pt hairline"><td>${name} #417</td><td text-align="decimal">${amount}</td></tr>`.repeat(30)}
    </tbody><tfoot><tr on="not-last"><td/><td><carry/></td></tr><tr on="last"><td>${name}</td><td>${amount}</td></tr></tfoot></table></page></document>`

const texts = [
  money('Ірина', '1 234,56'),
  money('Dvořák', '−7,05'),
  money('Müller & Co'.replace('&', '&amp;'), '98.372'),
]

/** A worker that remembers nothing, since all its modules are loaded anew. */
async function freshWorker(): Promise<(at: number) => Promise<string>> {
  vi.resetModules()
  const { pdf } = await import('../../../src/channels/pdf/index.ts')
  const sources = { 'pdf.hbs': { file: 'pdf.hbs', text: page('<p>test</p>') } }
  const prepared = await pdf.prepare({ sources, settings: {}, brand })
  if (!prepared.ok) throw new Error('not prepared')
  const channel = await pdf.open(prepared.value, { brand, settings: {} })
  return async at => {
    const communication = { id: String(at), locale: 'uk-UA', recipient: {}, data: {} }
    const merged = { 'pdf.hbs': texts[at]! }
    const piece = await channel.render({ communication, date: '2026-03-09', texts: merged, enclosed: {} })
    if (!piece.ok) throw new Error(JSON.stringify(piece.faults))
    return Buffer.from(piece.value.bytes).toString('base64')
  }
}

it('documents are the same in any order, and in a worker that remembers nothing', async () => {
  const alone: string[] = []
  for (const at of texts.keys()) alone.push(await (await freshWorker())(at))
  const worker = await freshWorker()
  // Three times each: what is kept from the second time on is met the third time.
  for (const at of [0, 1, 0, 2, 1, 0, 2, 2, 1]) expect(await worker(at)).toBe(alone[at])
})
