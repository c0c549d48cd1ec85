/** The structure of a finished PDF as another program sees it: qpdf's JSON of its objects, walked by the rules of PDF/UA-1 and PDF/A-3. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const hasQpdf = spawnSync('qpdf', ['--version']).status === 0

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
type Dict = Readonly<Record<string, Json>>

/** Every rule that the file breaks, in words; none for a file that keeps them. */
export function brokenRules(bytes: Uint8Array): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'platen-structure-'))
  const path = join(folder, 'a.pdf')
  try {
    writeFileSync(path, bytes)
    const checked = spawnSync('qpdf', ['--check', path], { encoding: 'utf8' })
    const json = execFileSync('qpdf', ['--json', '--json-stream-data=inline', '--decode-level=all', path], {
      maxBuffer: 1 << 28,
      encoding: 'utf8',
    })
    const { qpdf } = JSON.parse(json) as { qpdf: readonly [unknown, Readonly<Record<string, Dict>>] }
    return [...(checked.status === 0 ? [] : [`qpdf: ${checked.stdout}${checked.stderr}`]), ...walk(qpdf[1])]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function walk(objects: Readonly<Record<string, Dict>>): readonly string[] {
  const broken: string[] = []
  const rule = (holds: boolean, words: string): void => {
    if (!holds) broken.push(words)
  }
  const get = (value: Json | undefined): Json => {
    const found = typeof value === 'string' && /^\d+ 0 R$/.test(value) ? objects[`obj:${value}`] : undefined
    if (found === undefined) return value ?? null
    return (found['stream'] as Dict | undefined)?.['dict'] ?? found['value'] ?? null
  }
  const dict = (value: Json | undefined): Dict => (get(value) ?? {}) as Dict
  const list = (value: Json | undefined): readonly Json[] => {
    const found = get(value)
    return Array.isArray(found) ? found : found === null ? [] : [value as Json]
  }
  const stream = (reference: Json | undefined): string => {
    const found = objects[`obj:${String(reference)}`]?.['stream'] as Dict | undefined
    return Buffer.from(String(found?.['data'] ?? ''), 'base64').toString('latin1')
  }

  const catalog = dict((objects['trailer']?.['value'] as Dict)['/Root'])
  rule(dict(catalog['/MarkInfo'])['/Marked'] === true, 'the catalog does not say that it is marked')
  rule(typeof get(catalog['/Lang']) === 'string', 'the document has no language')
  rule(dict(catalog['/ViewerPreferences'])['/DisplayDocTitle'] === true, 'the title is not shown')
  const xmp = Buffer.from(stream(catalog['/Metadata']), 'latin1').toString('utf8')
  rule(/<dc:title>/.test(xmp), 'the metadata has no title')

  const root = dict(catalog['/StructTreeRoot'])
  const nums = list(dict(root['/ParentTree'])['/Nums'])
  const parents = new Map(Array.from({ length: nums.length / 2 }, (_, at) => [nums[at * 2], nums[at * 2 + 1]]))
  rule(
    [...parents.keys()].every((key, at) => at === 0 || Number(key) > Number([...parents.keys()][at - 1])),
    'keys of the parent tree are not in order',
  )

  // The tree, top down: what stands in what, and which marked content and annotations each element has.
  const owned = new Map<string, string>()
  const headings: number[] = []
  const visit = (reference: Json, parent: string, parentTag: string): void => {
    const element = dict(reference)
    const tag = String(element['/S']).slice(1)
    rule(String(element['/P']) === parent, `${tag} does not point back at its parent`)
    rule(allowed(tag, parentTag), `${tag} stands in ${parentTag}`)
    const attributes = dict(element['/A'])
    if (tag === 'TH') rule(attributes['/Scope'] !== undefined, 'TH has no scope')
    if (tag === 'Figure') {
      rule(String(get(element['/Alt']) ?? '').length > 2, 'Figure has no alternative text')
      rule(list(attributes['/BBox']).length === 4, 'Figure has no box')
    }
    const heading = /^H([1-6])$/.exec(tag)?.[1]
    if (heading !== undefined) {
      rule(Number(heading) <= (headings.at(-1) ?? 0) + 1, `${tag} skips a level`)
      headings.push(Number(heading))
    }
    const tags: string[] = []
    for (const kid of list(element['/K'])) {
      const inner = dict(kid)
      if (typeof kid === 'number') owned.set(`${String(element['/Pg'])} ${kid}`, String(reference))
      else if (inner['/Type'] === '/MCR')
        owned.set(`${String(inner['/Pg'])} ${String(inner['/MCID'])}`, String(reference))
      else if (inner['/Type'] === '/OBJR') owned.set(`annotation ${String(inner['/Obj'])}`, String(reference))
      else {
        tags.push(String(inner['/S']).slice(1))
        visit(kid, String(reference), tag)
      }
    }
    if (tag === 'Table') {
      const widths = widthsOf(rowsOf(reference).map(row => list(dict(row)['/K']).map(cell => dict(dict(cell)['/A']))))
      rule(new Set(widths).size <= 1, `a table has rows of ${[...new Set(widths)].join(' and ')} columns`)
    }
    for (const one of ['THead', 'TFoot']) {
      rule(tags.filter(inner => inner === one).length <= 1, `a table has more than one ${one}`)
      rule(!tags.includes(one) || tags.includes('TBody'), `a table has ${one} without TBody`)
    }
    rule(!tags.includes('TR') || tags.every(inner => inner === 'TR'), 'a table has rows beside its sections')
    if (tag === 'L')
      rule(
        tags.every(inner => inner === 'LI'),
        'L holds more than LI',
      )
  }
  const rowsOf = (reference: Json): readonly Json[] =>
    list(dict(reference)['/K']).flatMap(kid => (dict(kid)['/S'] === '/TR' ? [kid] : rowsOf(kid)))
  /** Columns of each row; a cell counts in all rows that it covers, and all of them are there. */
  const widthsOf = (rows: readonly (readonly Dict[])[]): readonly number[] => {
    const widths = rows.map(() => 0)
    rows.forEach((cells, at) => {
      for (const { '/RowSpan': down = 1, '/ColSpan': across = 1 } of cells) {
        rule(at + Number(down) <= rows.length, 'a cell covers more rows than there are')
        for (let row = at; row < at + Number(down); row += 1) widths[row] = (widths[row] ?? 0) + Number(across)
      }
    })
    return widths
  }
  for (const top of list(root['/K'])) visit(top, String(catalog['/StructTreeRoot']), 'root')

  // The pages: everything drawn is marked, and every mark is known to the tree and back.
  const pages = (node: Json): readonly Json[] =>
    dict(node)['/Kids'] === undefined ? [node] : list(dict(node)['/Kids']).flatMap(pages)
  let marks = 0
  for (const reference of pages(catalog['/Pages'] as Json)) {
    const page = dict(reference)
    const elements = list(parents.get(page['/StructParents'] as Json))
    const seen: number[] = []
    for (const problem of markedContent(list(page['/Contents']).length > 1 ? '' : stream(page['/Contents']), seen))
      broken.push(problem)
    marks += seen.length
    for (const id of seen) {
      const owner = owned.get(`${String(reference)} ${id}`)
      rule(owner !== undefined, `marked content ${id} belongs to no element`)
      rule(String(elements[id]) === owner, `marked content ${id} is another element's in the parent tree`)
    }
    const annotations = list(page['/Annots'])
    if (annotations.length > 0) rule(page['/Tabs'] === '/S', 'a page with annotations has no tab order')
    for (const annotation of annotations) {
      const { '/StructParent': key, '/Contents': words, '/F': flags } = dict(annotation)
      rule(String(get(words) ?? '').length > 2, 'an annotation has no words')
      rule(Number(flags) === 4, 'an annotation is not printable')
      rule(
        owned.get(`annotation ${String(annotation)}`) === String(parents.get(key as Json)),
        'an annotation is not in the tree',
      )
    }
    const codes = codesShown(stream(page['/Contents']))
    for (const [name, font] of Object.entries(dict(dict(page['/Resources'])['/Font']))) {
      const says = stream(dict(font)['/ToUnicode'])
      rule(says !== '', 'a font does not say what it reads as')
      const descendant = dict(list(dict(font)['/DescendantFonts'])[0])
      const descriptor = dict(descendant['/FontDescriptor'])
      rule((descriptor['/FontFile2'] ?? descriptor['/FontFile3']) !== undefined, 'a font is not embedded')
      const map = stream(descendant['/CIDToGIDMap'])
      for (const code of codes.get(name) ?? []) {
        rule(reads(code, says), `a glyph of ${name} stands for no character`)
        if (map !== '') rule(map.slice(code * 2, code * 2 + 2) !== '\0\0', `${name} shows a box for what it lacks`)
      }
    }
  }
  const all = [...owned.keys()].filter(key => !key.startsWith('annotation'))
  rule(all.length === marks, `the tree knows ${all.length} marks, the pages have ${marks}`)
  return [...new Set(broken)]
}

/** ISO 32000-1 §14.8.4: what may stand in what. */
function allowed(tag: string, parent: string): boolean {
  const homes: Readonly<Record<string, readonly string[]>> = {
    TR: ['Table', 'THead', 'TBody', 'TFoot'],
    TH: ['TR'],
    TD: ['TR'],
    THead: ['Table'],
    TBody: ['Table'],
    TFoot: ['Table'],
    LI: ['L'],
    Lbl: ['LI'],
    LBody: ['LI'],
    Document: ['root'],
  }
  return homes[tag]?.includes(parent) ?? !['Table', 'THead', 'TBody', 'TFoot', 'TR', 'L', 'root'].includes(parent)
}

/** Codes of two bytes that are drawn in each font, read from a content stream. */
function codesShown(content: string): ReadonlyMap<string, ReadonlySet<number>> {
  const shown = new Map<string, Set<number>>()
  let font = ''
  for (const [, name, literal] of content.matchAll(/(\/F\d+) [\d.]+ Tf|\(((?:[^\\()]|\\[\s\S])*)\)/g)) {
    if (name !== undefined) font = name
    if (literal === undefined) continue
    const bytes = literal.replace(/\\([\s\S])/g, (_, one: string) => (one === 'r' ? '\r' : one))
    const codes = shown.get(font) ?? new Set<number>()
    for (let at = 0; at < bytes.length; at += 2) codes.add(bytes.charCodeAt(at) * 256 + bytes.charCodeAt(at + 1))
    shown.set(font, codes)
  }
  return shown
}

/** Whether a ToUnicode CMap has characters for a code (ISO 32000-1 §9.10.3), and none that stands for nothing. */
function reads(code: number, says: string): boolean {
  for (const [, from, to] of says.matchAll(/^<([0-9a-f]{4})> <([0-9a-f]{4})> <[0-9a-f]+>$/gm))
    if (code >= Number.parseInt(from!, 16) && code <= Number.parseInt(to!, 16)) return true
  const one = new RegExp(`^<${code.toString(16).padStart(4, '0')}> <([0-9a-f]+)>$`, 'm').exec(says)
  return one !== null && !/^(0000|feff|fffe)/.test(one[1]!)
}

/** Operators that draw, outside marked content; sequences that are not closed. Fills `seen` with the numbers met. */
function markedContent(content: string, seen: number[]): readonly string[] {
  const problems: string[] = []
  let depth = 0
  for (const [, id, word] of content.matchAll(/\/MCID (\d+)|(?<![\w/<])(BDC|BMC|EMC|Tj|TJ|Do|f\*?|S|B)(?!\w)/g)) {
    if (id !== undefined) seen.push(Number(id))
    else if (word === 'BDC' || word === 'BMC') depth += 1
    else if (word === 'EMC') depth -= 1
    else if (depth !== 1) problems.push(`${word} draws ${depth === 0 ? 'unmarked' : 'doubly marked'} content`)
  }
  if (depth !== 0) problems.push('marked content is not closed')
  return problems
}
