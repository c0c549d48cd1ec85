/** The structure tree of finished pieces: what stands in what, in the order in which it is read aloud. */
import { expect, it } from 'vitest'
import { textOf } from '../../../../src/channels/pdf/layout/page.ts'
import { PdfFile } from '../../../../src/channels/pdf/read/file.ts'
import { Name, type PdfValue, Stream } from '../../../../src/channels/pdf/read/lexer.ts'
import { lay, page, renderPdf, value } from '../render.ts'

/** `P(1 Span:de(1))`: elements with their language, and the number of stretches of text between their children. */
async function structureOf(contents: string): Promise<string> {
  const file = new PdfFile((await renderPdf(page(contents))).bytes)
  const show = (one: PdfValue | undefined): string => {
    const element = file.resolve(one)
    if (!(element instanceof Map) || !element.has('S')) return '·'
    const kids = file.get(element, 'K')
    const all = kids === null ? [] : Array.isArray(kids) ? kids : [kids]
    const [tag, lang] = [file.get(element, 'S'), file.get(element, 'Lang')]
    return `${tag instanceof Name ? tag.text : '?'}${typeof lang === 'string' ? `:${lang}` : ''}(${all.map(show).join(' ')})`
  }
  const top = file.get(file.get(file.trailer.get('Root'), 'StructTreeRoot'), 'K')
  return (Array.isArray(top) ? top : [top]).map(show).join(' ')
}

/** What the marks say, one after the other, as who reads aloud takes them: without looking where they stand. */
function heard(contents: string): string {
  const marks = value(lay(page(contents))).pages.flatMap(one => one.marks)
  return marks.map(mark => (mark.kind === 'text' ? textOf(mark) + (mark.parted === true ? ' ' : '') : '')).join('')
}

it.each([
  ['by blanks', `<p>${'plain words '.repeat(20)}</p>`, 'plain words '.repeat(20).trim()],
  ['by forced ends', '<p>a<br/>b <br/> c</p>', 'a b c'],
  ['by line ends that are kept', '<p white-space="pre-line">a\nb</p>', 'a b'],
  [
    'within links and other type',
    `<p>${'a <b>b</b> <a href="#x">c</a> '.repeat(30)}</p><p id="x">d</p>`,
    `${'a b c '.repeat(30).trim()}d`,
  ],
  ['between columns', '<columns><column>total</column><column>10.00</column></columns><p>x</p>', 'total 10.00 x'],
  ['but not within a word', `<p>${'long'.repeat(60)}</p>`, 'long'.repeat(60)],
])('words of two lines are parted %s', (_, contents, words) => {
  expect(heard(contents)).toBe(words)
})

it.each([
  ['a paragraph', '<p>one</p>', 'Document(P(·))'],
  ['loose text around a paragraph, in its order', '<box>one<p>two</p>three</box>', 'Document(P(·) P(·) P(·))'],
  ['words that only look otherwise', 'one <b>two</b> three', 'Document(P(·))'],
  ['a link in loose text', 'see <a href="https://nord.example">there</a>.', 'Document(P(· Link(· ·) ·))'],
  ['a language in a line', '<p>a <span lang="de">Straße</span> b</p>', 'Document(P(· Span:de(·) ·))'],
  ['a language around blocks', '<box lang="fr"><p>un</p>deux</box><p>three</p>', 'Document(P:fr(·) P:fr(·) P(·))'],
  ['a language of a block', '<p lang="uk">один</p>', 'Document(P:uk(·))'],
  [
    'columns that go on over pages, one after the other',
    `<columns><column>${'left '.repeat(2000)}</column><column>right <p>a</p>${'right '.repeat(2000)}</column></columns>`,
    expect.stringMatching(/^Document\(Div\(P\(·( ·)+\)\) Div\(P\(·\) P\(·\) P\(·( ·)+\)\)\)$/),
  ],
  [
    'loose text over pages, with what stands beside it on the last one',
    `<header on="last">end</header><box position="fixed" on="last" left="0mm" top="0mm" width="9mm">box</box>${'body '.repeat(2000)}`,
    expect.stringMatching(/^Document\(P\(·( ·)+\) P\(·\) P\(·\)\)$/),
  ],
  [
    'rows that stand beside a head and a foot',
    '<table><thead><tr><th>h</th></tr></thead><tr><td>a</td></tr><tfoot><tr><td>f</td></tr></tfoot></table>',
    'Document(Table(THead(TR(TH(·))) TBody(TR(TD(·))) TFoot(TR(TD(·)))))',
  ],
  [
    'two heads and two feet as one',
    '<table><thead><tr><th>h</th></tr></thead><thead><tr><th>i</th></tr></thead><tbody><tr><td>a</td></tr></tbody><tfoot><tr><td>f</td></tr></tfoot><tfoot><tr><td>g</td></tr></tfoot></table>',
    'Document(Table(THead(TR(TH(·)) TR(TH(·))) TBody(TR(TD(·))) TFoot(TR(TD(·)) TR(TD(·)))))',
  ],
  [
    'a head and a foot without a body',
    '<table><thead><tr><th>h</th></tr></thead><tbody></tbody><tfoot><tr><td>f</td></tr></tfoot></table>',
    'Document(Table(TBody(TR(TH(·))) TBody(TR(TD(·)))))',
  ],
  [
    'a link in a running foot, behind everything',
    '<footer bottom="2mm"><p><a href="https://nord.example">nord</a></p></footer><p>one</p><p break-before="page">two</p>',
    'Document(P(·) P(·) Sect(Link(·) Link(·)))',
  ],
])('%s', async (_, contents, shown) => {
  expect(await structureOf(contents)).toEqual(shown)
})

it('the blank between two lines is drawn, and moves nothing', async () => {
  const { bytes } = await renderPdf(page('<p>a<br/>b</p>'))
  const file = new PdfFile(bytes)
  const kids = file.get(file.get(file.trailer.get('Root'), 'Pages'), 'Kids')
  const content = file.resolve(file.get(Array.isArray(kids) ? kids[0] : undefined, 'Contents'))
  const drawn = content instanceof Stream ? file.contents(content) : ''
  const codes = drawn.match(/\([^)]+\)/g)?.map(shown => (shown.length - 2) / 2)
  expect(codes).toEqual([2, 1])
})
