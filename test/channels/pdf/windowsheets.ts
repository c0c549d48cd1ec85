/**
 * A sheet for each preset of the address window, to be looked at: where the window is when the sheet lies in each corner of its envelope.
 * `node test/channels/pdf/windowsheets.ts DIR` writes PRESET.pdf into the folder.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { windows } from '../../../src/channels/pdf/markup/windows.ts'
import { type Box, envelopes, lines, seen } from './envelopes.ts'
import { renderPdf } from './render.ts'

const corners = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const

function outline({ left, top, right, bottom }: Box, line: string): string {
  // Nothing is drawn left of the sheet.
  const from = Math.max(0, left)
  const place = `left="${from}mm" top="${top}mm" width="${right - from}mm" height="${bottom - top}mm"`
  return `<box position="fixed" ${place} border="${line}"/>`
}

function sheet(preset: string): string {
  const envelope = envelopes[preset]
  const { text, shows, returnTop } = windows[preset]!
  const size = envelope?.sheet.size ?? 'A4'
  const found = envelope === undefined ? [] : corners.map(corner => seen(envelope, envelope.folded[0]!, corner))
  const seenAlways: Box | undefined =
    found.length === 0
      ? undefined
      : {
          left: Math.max(...found.map(({ left }) => left)),
          top: Math.max(...found.map(({ top }) => top)),
          right: Math.min(...found.map(({ right }) => right)),
          bottom: Math.min(...found.map(({ bottom }) => bottom)),
        }
  const area = { left: text.left, top: text.top, right: text.left + text.width, bottom: text.top + text.height }
  const ever = { left: shows.left, top: shows.top, right: shows.left + shows.width, bottom: shows.top + shows.height }
  const count = lines[preset] ?? 6
  const address = Array.from({ length: count }, (_, at) => `<p>${at + 1} Пані Glyph Þórdís, проспект Łódź</p>`).join('')
  const sender =
    returnTop === undefined ? '' : 'return-line="Nord &amp; Sohn, вул. Хрещатик, 1, 01001 Київ" return-class="muted"'
  const folds = (envelope?.folded ?? [105]).flatMap(fold => [fold, 2 * fold])
  return `<document title="${preset}"><page size="${size}" margin="20mm 20mm 20mm 25mm">
    <header top="12mm"><p class="muted">${preset}: bold what is always seen, fine where the window goes, dots the text’s area; folds at the edge</p></header>
    ${found.map(box => outline(box, '0.35pt hairline')).join('')}
    ${outline(ever, '0.35pt muted')}
    ${seenAlways === undefined ? '' : outline(seenAlways, '1pt accent')}
    ${outline(area, '0.2pt accent')}
    ${folds.map(y => outline({ left: 3, top: y, right: 9, bottom: y }, '0.35pt muted')).join('')}
    <address-window preset="${preset}" ${sender}>${address}</address-window>
    <h1>What this is</h1><p>Text of the page.</p>
  </page></document>`
}

const [folder = '.'] = process.argv.slice(2)
for (const preset of Object.keys(windows)) {
  writeFileSync(join(folder, `${preset}.pdf`), (await renderPdf(sheet(preset))).bytes)
}
