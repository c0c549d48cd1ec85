/** Random documents for the law that nothing is ever dropped: what is drawn at random, how it is written, and what has to come out. */
import fc from 'fast-check'

/** A text of the document: where it stands, and whether pages may show it elsewhere or again. */
export interface Leaf {
  readonly id: number
  /** Without blanks and soft hyphens. */
  readonly text: string
  readonly kind: 'body' | 'fixed' | 'header' | 'footer' | 'repeat'
  /** Furniture: its page element, and when it shows. */
  readonly page: number
  readonly on?: string
}

/** What comes before what: a sequence in order, or flows beside one another that pages may interleave. */
export type Order = Leaf | { readonly seq: readonly Order[] } | { readonly par: readonly Order[] }

export interface Written {
  readonly markup: string
  readonly leaves: readonly Leaf[]
  readonly order: Order
  readonly pages: readonly { readonly width: number; readonly height: number; readonly margin: number }[]
  readonly labels: number
}

type Attributes = Readonly<Record<string, string>>

type Block =
  | { readonly kind: 'text'; readonly name: string; readonly attributes: Attributes; readonly words: readonly string[] }
  | { readonly kind: 'list'; readonly name: string; readonly attributes: Attributes; readonly items: readonly Flow[] }
  | { readonly kind: 'box'; readonly attributes: Attributes; readonly inside: Flow }
  | { readonly kind: 'columns'; readonly attributes: Attributes; readonly columns: readonly Column[] }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'empty'; readonly name: string; readonly attributes: Attributes }

type Flow = readonly Block[]

interface Column {
  readonly attributes: Attributes
  readonly inside: Flow
}

interface Cell {
  readonly attributes: Attributes
  readonly colspan: number
  readonly rowspan: number
  readonly inside: Flow | readonly string[]
}

interface Row {
  readonly attributes: Attributes
  readonly on: number
  readonly cells: readonly Cell[]
}

interface Table {
  readonly attributes: Attributes
  readonly count: number
  readonly widths: readonly string[]
  readonly head: readonly Row[]
  readonly bodies: readonly { readonly attributes: Attributes; readonly rows: readonly Row[] }[]
  readonly foot: readonly Row[]
}

interface PageElement {
  readonly width: number
  readonly height: number
  readonly margin: number
  readonly furniture: readonly {
    readonly name: 'header' | 'footer'
    readonly on: string
    readonly words: readonly string[]
  }[]
  readonly inside: Flow
}

const word = fc.oneof(
  { weight: 12, arbitrary: fc.string({ unit: fc.constantFrom(...'abcdefgWйїґ0.,-–№€('), minLength: 1, maxLength: 9 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'aщ1'), minLength: 40, maxLength: 160 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '<br/>',
      '<b>bold text</b>',
      '<span font-size="16pt">large</span>',
      'so&shy;ft&shy;hyphens',
      'no&nbsp;break',
      'e\u0301\u0302',
    ),
  },
)
const words = fc.array(word, { minLength: 0, maxLength: 25 })

/** Some of these attributes, each with one of its values. */
const some = (of: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<Attributes> =>
  fc.record(Object.fromEntries(Object.entries(of).map(([name, values]) => [name, fc.constantFrom(...values)])), {
    requiredKeys: [],
  }) as fc.Arbitrary<Attributes>

const breaks = {
  'break-before': ['auto', 'auto', 'avoid', 'page'],
  'break-after': ['auto', 'auto', 'avoid', 'page'],
  'break-inside': ['auto', 'avoid'],
}
const margins = {
  'margin-top': ['3pt', '20pt', '90pt'],
  'margin-bottom': ['3pt', '20pt', '90pt'],
  'margin-left': ['4pt'],
}
const frame = {
  padding: ['2pt', '3pt 4pt 12pt 1pt'],
  border: ['0.5pt ink', '2pt accent'],
  'border-top': ['1pt ink'],
  background: ['#EEEEEE'],
}
const type = {
  'font-size': ['5pt', '9pt', '14pt'],
  'text-align': ['left', 'right', 'center', 'left', 'right', 'center', 'left', 'decimal'],
  orphans: ['1', '4'],
  widows: ['1', '5'],
}

const block = fc.letrec<{ flow: Flow; block: Block; cell: Cell; row: Row }>(tie => ({
  flow: fc.array(tie('block'), { minLength: 0, maxLength: 2 }),
  block: fc.oneof(
    { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
    fc.record({
      kind: fc.constant('text' as const),
      name: fc.constantFrom('p', 'p', 'p', 'h2'),
      attributes: some({ ...breaks, ...margins, ...frame, ...type }),
      words,
    }),
    fc.record({
      kind: fc.constant('empty' as const),
      name: fc.constantFrom('image', 'rule', 'p', 'box'),
      attributes: some({ ...breaks, height: ['3pt', '30pt', '600pt'] }),
    }),
    fc.record({
      kind: fc.constant('list' as const),
      name: fc.constantFrom('ul', 'ol'),
      attributes: some({ ...breaks, ...margins, 'padding-left': ['0', '30pt'], start: ['9998'] }),
      items: fc.array(tie('flow'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('box' as const),
      attributes: some({ ...breaks, ...margins, ...frame, ...type, height: ['40pt', '700pt'], width: ['60pt'] }),
      inside: tie('flow'),
    }),
    fc.record({
      kind: fc.constant('columns' as const),
      attributes: some({ ...breaks, ...margins, 'column-gap': ['4pt'], 'vertical-align': ['middle', 'bottom'] }),
      columns: fc.array(
        fc.record({ attributes: some({ ...frame, width: ['*', '2*', 'auto', '50pt'] }), inside: tie('flow') }),
        { minLength: 1, maxLength: 2 },
      ),
    }),
    fc.record({
      kind: fc.constant('table' as const),
      table: fc.record({
        attributes: some({ ...breaks, ...margins, ...type, 'column-gap': ['3pt'], 'cell-padding': ['2pt', '1pt 3pt'] }),
        count: fc.integer({ min: 1, max: 3 }),
        widths: fc.array(fc.constantFrom('*', '*', '2*', 'auto', '30pt'), { minLength: 0, maxLength: 4 }),
        head: fc.array(tie('row'), { minLength: 0, maxLength: 2 }),
        bodies: fc.array(
          fc.record({ attributes: some(breaks), rows: fc.array(tie('row'), { minLength: 0, maxLength: 6 }) }),
          {
            minLength: 0,
            maxLength: 3,
          },
        ),
        foot: fc.array(tie('row'), { minLength: 0, maxLength: 2 }),
      }),
    }),
  ),
  row: fc.record({
    attributes: some({
      ...breaks,
      height: ['30pt', '500pt'],
      'border-bottom': ['0.5pt ink'],
      'border-top': ['2pt ink'],
      background: ['#DDDDDD'],
      carry: ['12.50', '1,000.00'],
      'vertical-align': ['middle', 'bottom'],
    }),
    on: fc.nat(5),
    cells: fc.array(tie('cell'), { minLength: 1, maxLength: 3 }),
  }),
  cell: fc.record({
    attributes: some({ ...frame, ...type, 'vertical-align': ['middle', 'bottom'] }),
    colspan: fc.constantFrom(1, 1, 1, 2, 3),
    rowspan: fc.constantFrom(1, 1, 1, 1, 2, 3, 5),
    inside: fc.oneof({ weight: 4, arbitrary: words }, { weight: 1, arbitrary: tie('flow') }),
  }),
}))

/** None, one, or two that never show on one page. */
function furniture<Name extends 'header' | 'footer'>(name: Name) {
  const one = (on: string) =>
    fc.record({ name: fc.constant(name), on: fc.constant(on), words: fc.array(word, { minLength: 1, maxLength: 3 }) })
  return fc
    .constantFrom<string[]>(
      [],
      [],
      [''],
      ['first'],
      ['last'],
      ['even'],
      ['first', 'not-first'],
      ['last', 'not-last'],
      ['odd', 'even'],
    )
    .chain(ons => fc.tuple(...ons.map(one)))
}

const pageElement: fc.Arbitrary<PageElement> = fc.record({
  width: fc.constantFrom(120, 300, 420, 600),
  height: fc.constantFrom(90, 130, 200, 420),
  margin: fc.constantFrom(8, 20),
  furniture: fc.tuple(furniture('header'), furniture('footer')).map(both => both.flat()),
  inside: fc.array(block.block, { minLength: 1, maxLength: 5 }),
})

/** A document with all kinds of elements, at random. */
export const anyDocument: fc.Arbitrary<readonly PageElement[]> = fc.array(pageElement, { minLength: 1, maxLength: 2 })

/** A long table with a short text before and after it, on small pages. */
export const longTable: fc.Arbitrary<readonly PageElement[]> = fc
  .record({
    width: fc.constantFrom(200, 420),
    height: fc.constantFrom(110, 160, 300),
    before: fc.array(word, { maxLength: 30 }),
    table: fc.record({
      attributes: some({ ...type, 'column-gap': ['3pt'], 'cell-padding': ['2pt', '1pt 3pt'] }),
      count: fc.integer({ min: 1, max: 3 }),
      widths: fc.array(fc.constantFrom('*', '2*', 'auto', '40pt'), { maxLength: 3 }),
      head: fc.array(block.row, { maxLength: 3 }),
      bodies: fc.array(
        fc.record({ attributes: some(breaks), rows: fc.array(block.row, { minLength: 5, maxLength: 25 }) }),
        { minLength: 1, maxLength: 2 },
      ),
      foot: fc.array(block.row, { maxLength: 3 }),
    }),
  })
  .map(({ width, height, before, table }) => {
    const text = { kind: 'text' as const, name: 'p', attributes: {}, words: before }
    return [{ width, height, margin: 8, furniture: [], inside: [text, { kind: 'table' as const, table }, text] }]
  })

export function write(pages: readonly PageElement[]): Written {
  const leaves: Leaf[] = []
  let labels = 0
  let page = 0

  const leaf = (said: readonly string[], kind: Leaf['kind'], on?: string): { markup: string; leaf: Leaf } => {
    const id = leaves.length
    const markup = [`${id}§`, ...said].join(' ')
    const own: Leaf = { id, text: plain(markup), kind, page, ...(on !== undefined && { on }) }
    leaves.push(own)
    return { markup, leaf: own }
  }
  const flowOf = (flow: Flow, kind: Leaf['kind']): { markup: string; order: Order } => {
    const parts = flow.map(one => blockOf(one, kind))
    return { markup: parts.map(part => part.markup).join(''), order: { seq: parts.map(part => part.order) } }
  }
  const blockOf = (one: Block, kind: Leaf['kind']): { markup: string; order: Order } => {
    switch (one.kind) {
      case 'text': {
        const { markup, leaf: own } = leaf(one.words, kind)
        return { markup: element(one.name, one.attributes, markup), order: own }
      }
      case 'empty': {
        const { height, ...rest } = one.attributes
        const more: Attributes = one.name === 'image' ? { src: 'brand:logo', alt: '' } : {}
        const sized = one.name !== 'p' && (one.name !== 'rule' || height === '3pt') && height !== undefined
        return { markup: element(one.name, { ...rest, ...more, ...(sized && { height }) }, ''), order: { seq: [] } }
      }
      case 'list': {
        const items = one.items.map(item => flowOf(item, kind))
        if (kind === 'body') labels += items.length
        const attributes = one.name === 'ol' ? one.attributes : without('start', one.attributes)
        const markup = element(one.name, attributes, items.map(item => element('li', {}, item.markup)).join(''))
        return { markup, order: { seq: items.map(item => item.order) } }
      }
      case 'box': {
        const { markup, order } = flowOf(one.inside, kind)
        return { markup: element('box', one.attributes, markup), order }
      }
      case 'columns': {
        const columns = one.columns.map(column => ({ ...column, ...flowOf(column.inside, kind) }))
        const markup = columns.map(column => element('column', column.attributes, column.markup)).join('')
        return {
          markup: element('columns', one.attributes, markup),
          order: { par: columns.map(column => column.order) },
        }
      }
      case 'table':
        return tableOf(one.table, kind)
    }
  }
  const sectionOf = (rows: readonly Row[], count: number, kind: Leaf['kind'], ons: readonly string[]) => {
    const free: number[] = []
    const orders: Order[] = []
    let tied: Order[] = []
    let until = 0
    const markup = rows.map((row, index) => {
      const on = ons.length === 0 ? '' : (ons[row.on % ons.length] ?? '')
      const repeats = on.startsWith('not-')
      let column = 0
      const cells = row.cells.flatMap(cell => {
        while (column < count && (free[column] ?? 0) > index) column += 1
        if (column >= count) return []
        let span = 1
        while (span < cell.colspan && column + span < count && (free[column + span] ?? 0) <= index) span += 1
        // Rows with another `on` cannot be tied.
        const rowspan = ons.length > 0 ? 1 : Math.min(cell.rowspan, rows.length - index)
        for (let at = column; at < column + span; at += 1) free[at] = index + rowspan
        column += span
        until = Math.max(until, index + rowspan)
        const text = cell.inside.length === 0 || typeof cell.inside[0] === 'string'
        const whose = repeats ? 'repeat' : kind
        const filled = text
          ? (({ markup: said, leaf: own }) => ({ markup: said, order: own as Order }))(
              leaf(cell.inside as string[], whose),
            )
          : flowOf(cell.inside as Flow, whose)
        if (!repeats) tied.push(filled.order)
        return [
          element(
            'td',
            {
              ...cell.attributes,
              ...(span > 1 && { colspan: `${span}` }),
              ...(rowspan > 1 && { rowspan: `${rowspan}` }),
            },
            filled.markup,
          ),
        ]
      })
      if (until <= index + 1) {
        orders.push({ par: tied })
        tied = []
      }
      const rest = without('carry', row.attributes)
      const attributes = ons.length > 0 ? { ...rest, ...(on !== '' && { on }) } : row.attributes
      return element('tr', attributes, cells.join(''))
    })
    orders.push({ par: tied })
    return { markup: markup.join(''), order: { seq: orders } }
  }
  const tableOf = ({ attributes, count, widths, head, bodies, foot }: Table, kind: Leaf['kind']) => {
    const parts = [
      { name: 'thead', attributes: {}, ...sectionOf(head, count, kind, ['', 'first', 'not-first']) },
      ...bodies.map(body => ({ name: 'tbody', attributes: body.attributes, ...sectionOf(body.rows, count, kind, []) })),
      { name: 'tfoot', attributes: {}, ...sectionOf(foot, count, kind, ['', 'last', 'not-last']) },
    ]
    const columns = widths.length >= count ? { columns: widths.slice(0, count).join(' ') } : {}
    const markup = parts.map(part => element(part.name, part.attributes, part.markup)).join('')
    return {
      markup: element('table', { ...attributes, ...columns }, markup),
      order: { seq: parts.map(part => part.order) },
    }
  }

  // No two page elements have the same width, so that pages tell which they are of.
  const sized = pages.map((one, index) => ({ ...one, width: one.width + index / 4 }))
  const orders: Order[] = []
  const markup = pages.map((one, index) => {
    page = index
    const { width, height, margin } = sized[index]!
    const furniture = one.furniture.map(({ name, on, words: said }) => {
      const { markup: inside } = leaf(said, name, on)
      return element(name, on === '' ? {} : { on }, inside)
    })
    const { markup: inside, order } = flowOf(one.inside, 'body')
    orders.push(order)
    return element('page', { size: `${width}pt ${height}pt`, margin: `${margin}pt` }, furniture.join('') + inside)
  })
  return {
    markup: `<document title="Law" lang="en">${markup.join('')}</document>`,
    leaves,
    order: { seq: orders },
    pages: sized,
    labels,
  }
}

function without(name: string, attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([attribute]) => attribute !== name))
}

function element(name: string, attributes: Attributes, inside: string): string {
  const said = Object.entries(attributes).map(([attribute, text]) => ` ${attribute}="${text}"`)
  return `<${name}${said.join('')}>${inside}</${name}>`
}

/** Text as it is compared: without markup, blanks and soft hyphens. */
export function plain(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, '')
    .replaceAll('&shy;', '')
    .replaceAll('&nbsp;', '')
    .replace(/[\s\u00A0\u00AD]/g, '')
}
