/** Finished PDF -> the text that a recipient reads, in reading order. Shares no code with layout and paint, so that it can prove them. */
import { PdfFile } from './file.ts'
import { ReadFont } from './font.ts'
import { interpret } from './interpret.ts'
import type { PdfValue } from './lexer.ts'
import { Lines } from './lines.ts'

/** Lines end with a line feed, pages are parted by a form feed. Throws for bytes that are no PDF of ours, or that the password does not open. */
export function readPdf(bytes: Uint8Array, { password }: { readonly password?: string } = {}): string {
  const file = new PdfFile(bytes, password)
  const pages = readPages(file.get(file.get(file.trailer.get('Root'), 'Pages'), 'Kids'), file)
  const read = new Map<PdfValue, ReadFont>()
  return pages.map(page => readPage(page, { file, read })).join('\f')
}

/** The leaves of the page tree (ISO 32000-1 §7.7.3), in order. */
function readPages(kids: PdfValue, file: PdfFile): PdfValue[] {
  if (!Array.isArray(kids)) return []
  return kids.flatMap(kid => {
    const node = file.resolve(kid)
    const below = file.get(node, 'Kids')
    return Array.isArray(below) ? readPages(below, file) : [node]
  })
}

/** What the pages of a file share: its fonts are read once, by their dictionaries. */
interface Shared {
  readonly file: PdfFile
  readonly read: Map<PdfValue, ReadFont>
}

function readPage(page: PdfValue, shared: Shared): string {
  const { file } = shared
  const contents = file.get(page, 'Contents')
  const parts = Array.isArray(contents)
    ? contents.map(one => file.contents(file.resolve(one)))
    : [file.contents(contents)]
  const lines = new Lines()
  interpret(parts.join('\n'), new Fonts(page, shared), lines)
  return lines.text()
}

/** The fonts of a page by their names, each read when it is first named. */
class Fonts {
  readonly #fonts = new Map<string, ReadFont>()
  readonly #page: PdfValue
  readonly #shared: Shared

  constructor(page: PdfValue, shared: Shared) {
    this.#page = page
    this.#shared = shared
  }

  named(name: string): ReadFont {
    let font = this.#fonts.get(name)
    if (font === undefined) {
      const { file, read } = this.#shared
      const dict = file.get(file.get(file.get(this.#page, 'Resources'), 'Font'), name)
      font = read.get(dict) ?? new ReadFont(dict, file)
      read.set(dict, font)
      this.#fonts.set(name, font)
    }
    return font
  }
}
