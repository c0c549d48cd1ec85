/** Draws the pictures of docs/: starter documents and layouts as pages. `node scripts/pictures.ts`, after a build; needs pdftoppm (poppler-utils). */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { renderPdf } from '../test/channels/pdf/render.ts'

/** A page of a finished document, by the sample that it is made of. */
interface Wanted {
  readonly template: string
  readonly sample: string
  /** From 1. */
  readonly page: number
}

const languages = ['en', 'uk', 'ru', 'pl', 'de']
const invoice = (sample: string, page: number): Wanted => ({ template: 'invoice', sample, page })
const statement = (sample: string, page: number): Wanted => ({ template: 'statement', sample, page })
const notice = (sample: string, page: number): Wanted => ({ template: 'notice', sample, page })

const sheets: Readonly<
  Record<string, { readonly pages: readonly Wanted[]; readonly dpi: number; readonly grey?: true }>
> = {
  invoice: { pages: [invoice('en', 1), invoice('uk', 2)], dpi: 60 },
  statement: { pages: [statement('long', 1), statement('long', 2), statement('long', 4)], dpi: 50 },
  notice: { pages: [notice('en-final', 1), notice('en-final', 2), notice('en-tariff', 1)], dpi: 50 },
  languages: {
    pages: [invoice, statement, notice].flatMap(of => languages.map(sample => of(sample, 1))),
    dpi: 42,
  },
  grey: { pages: [invoice('pl', 1), statement('de', 1), notice('uk-firm', 1)], dpi: 50, grey: true },
}

const root = fileURLToPath(new URL('..', import.meta.url))
const images = join(root, 'docs/images')
const aside = mkdtempSync(join(tmpdir(), 'platen-pictures-'))

try {
  mkdirSync(join(images, 'layouts'), { recursive: true })
  const documents = new Map(['invoice', 'statement', 'notice'].map(template => [template, proofs(template)]))
  for (const [name, { pages, dpi, grey = false }] of Object.entries(sheets)) {
    const drawn = pages.flatMap(({ template, sample, page }) => {
      return draw(join(documents.get(template)!, `${sample}.pdf`), { dpi, page })
    })
    await write(join(images, `${name}.png`), drawn, { across: Math.min(drawn.length, languages.length), grey })
  }
  const gallery = join(root, 'test/channels/pdf/layout/gallery')
  for (const file of readdirSync(gallery).filter(name => name.endsWith('.xml'))) {
    const path = join(aside, `${basename(file, '.xml')}.pdf`)
    writeFileSync(path, (await renderPdf(readFileSync(join(gallery, file), 'utf8'))).bytes)
    const drawn = draw(path, { dpi: 110 })
    await write(join(images, 'layouts', `${basename(file, '.xml')}.png`), drawn, { across: Math.min(3, drawn.length) })
  }
} finally {
  rmSync(aside, { recursive: true })
}

/** The finished samples of a template: a folder of PDFs. */
function proofs(template: string): string {
  const cwd = join(aside, template)
  mkdirSync(cwd)
  run(
    process.execPath,
    [join(root, 'bin/platen.js'), 'proof', join(root, 'templates', template), '--channel', 'pdf'],
    cwd,
  )
  return join(cwd, 'proof/pdf')
}

/** Pages as PNG, all of them or one. */
function draw(pdf: string, { dpi, page }: { readonly dpi: number; readonly page?: number }): Buffer[] {
  const folder = mkdtempSync(join(aside, 'pages-'))
  const only = page === undefined ? [] : ['-f', String(page), '-l', String(page)]
  run('pdftoppm', ['-r', String(dpi), ...only, '-png', pdf, join(folder, 'page')], aside)
  return readdirSync(folder)
    .sort()
    .map(name => readFileSync(join(folder, name)))
}

/** Pages side by side on a grey table, in few colours. */
async function write(
  path: string,
  pages: readonly Buffer[],
  { across, grey = false }: { readonly across: number; readonly grey?: boolean },
): Promise<void> {
  const gap = 10
  const sizes = await Promise.all(pages.map(page => sharp(page).metadata()))
  const width = Math.max(...sizes.map(size => size.width)) + gap
  const height = Math.max(...sizes.map(size => size.height)) + gap
  const down = Math.ceil(pages.length / across)
  const table = sharp({
    create: { width: width * across + gap, height: height * down + gap, channels: 3, background: '#c9cfd6' },
  }).composite(
    pages.map((input, at) => ({
      input,
      left: gap + (at % across) * width,
      top: gap + Math.floor(at / across) * height,
    })),
  )
  const laid = await table.png().toBuffer()
  await sharp(laid).grayscale(grey).png({ palette: true, colours: 64, effort: 10 }).toFile(path)
}

function run(command: string, words: readonly string[], cwd: string): void {
  const { status, error, stderr } = spawnSync(command, words, { cwd, encoding: 'utf8' })
  if (error !== undefined) throw new Error(`${command} cannot be started; install poppler-utils for pdftoppm`)
  if (status !== 0) throw new Error(stderr)
}
