/**
 * Draws the pictures of docs/: starter documents and layouts as pages, mails as inboxes show them. `node scripts/pictures.ts [mails]`,
 * after a build; needs pdftoppm (poppler-utils) and Chromium.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

/** A mail, seen in one way. */
interface Seen {
  readonly template: string
  readonly sample: string
  readonly view: string
}

const views = ['375-light', '375-dark', '600-light', '600-dark']

const mailSheets: Readonly<Record<string, readonly Seen[]>> = {
  mail: views.map(view => ({ template: 'invoice', sample: 'uk', view })),
  mails: languages.map((sample, at) => ({
    template: at % 2 === 0 ? 'notice' : 'statement',
    sample: at % 2 === 0 ? `${sample}-firm` : sample,
    view: at < 3 ? '375-light' : '375-dark',
  })),
}

const root = fileURLToPath(new URL('..', import.meta.url))
const images = join(root, 'docs/images')
const aside = mkdtempSync(join(tmpdir(), 'platen-pictures-'))

try {
  mkdirSync(join(images, 'layouts'), { recursive: true })
  for (const [name, seen] of Object.entries(mailSheets)) {
    const shown = await Promise.all(seen.map(see))
    await write(join(images, `${name}.png`), shown, { across: seen.length })
  }
  if (process.argv[2] !== 'mails') await drawPages()
} finally {
  rmSync(aside, { recursive: true })
}

/** A mail as a browser shows it, with the brand's own type, at its size on a screen. */
async function see({ template, sample, view }: Seen): Promise<Buffer> {
  const cwd = join(aside, `${template}-mail`)
  const picture = join(cwd, `proof/email/${sample}.${view}.png`)
  if (!existsSync(picture)) {
    cpSync(join(root, 'assets/fonts'), join(aside, 'fonts'), { recursive: true })
    mkdirSync(cwd, { recursive: true })
    const words = [
      join(root, 'bin/platen.js'),
      'proof',
      join(root, 'templates', template),
      sample,
      '--channel',
      'email',
    ]
    run(process.execPath, words, cwd)
  }
  const { width } = await sharp(picture).metadata()
  return sharp(picture)
    .resize({ width: Math.round(width * 0.4) })
    .png()
    .toBuffer()
}

async function drawPages(): Promise<void> {
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
  const height = Math.max(...sizes.map(size => size.height)) + gap
  const down = Math.ceil(pages.length / across)
  /** Each stands beside those before it in its row. */
  const left = (at: number): number =>
    sizes.slice(at - (at % across), at).reduce((sum, size) => sum + size.width + gap, gap)
  const width = Math.max(...sizes.map((size, at) => left(at) + size.width)) + gap
  const table = sharp({
    create: { width, height: height * down + gap, channels: 3, background: '#c9cfd6' },
  }).composite(pages.map((input, at) => ({ input, left: left(at), top: gap + Math.floor(at / across) * height })))
  const laid = await table.png().toBuffer()
  await sharp(laid).grayscale(grey).png({ palette: true, colours: 64, effort: 10 }).toFile(path)
}

function run(command: string, words: readonly string[], cwd: string): void {
  const { status, error, stderr } = spawnSync(command, words, {
    cwd,
    encoding: 'utf8',
    // Where browsers look for the type of the mails.
    env: { ...process.env, XDG_DATA_HOME: aside },
  })
  if (error !== undefined) throw new Error(`${command} cannot be started; install poppler-utils for pdftoppm`)
  if (status !== 0) throw new Error(stderr)
}
