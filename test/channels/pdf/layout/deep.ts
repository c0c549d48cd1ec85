/** Deeply nested markup in a process with a small stack: run by hostile.test.ts. Prints what becomes of each, a line of JSON. */
import { lay, page } from '../render.ts'

const nest = (count: number, open: string, close: string, inside = '<p>x</p>') =>
  page(open.repeat(count) + inside + close.repeat(count))

const documents: Readonly<Record<string, string>> = {
  boxes: nest(1000, '<box>', '</box>'),
  frames: nest(1000, '<box border="0.01pt ink" break-inside="avoid">', '</box>'),
  spans: page(`<p>${'<span>'.repeat(1000)}x${'</span>'.repeat(1000)}</p>`),
  tables: nest(200, '<table><tr><td>', '</td></tr></table>'),
  heads: nest(200, '<table columns="*"><thead><tr><th>h</th></tr></thead><tr><td>', '</td></tr></table>'),
  spanning: nest(200, '<table><tr><td rowspan="2">', '</td></tr><tr/></table>', '<p>x</p>'.repeat(100)),
  columns: nest(200, '<columns><column width="auto">', '</column></columns>'),
  lists: nest(15, '<ul><li>', '</li></ul>'),
  paddings: nest(1000, '<box padding="1mm">', '</box>'),
  'too many boxes': nest(1100, '<box>', '</box>'),
  'too many tables': nest(201, '<table><tr><td>', '</td></tr></table>'),
}

const found: Record<string, unknown> = {}
for (const [name, markup] of Object.entries(documents)) {
  const layout = lay(markup)
  found[name] = layout.ok ? 'laid out' : layout.faults.map(fault => `${fault.code}: ${fault.message}`)[0]
}
console.log(JSON.stringify(found))
