/** The vocabulary of page markup, written once: checking, layout defaults, hints and the reference all come from here. */

import type { AttributeRule, Attributes } from './attributes.ts'
import {
  anchorAttributes,
  attribute,
  blockAttributes,
  breakAttributes,
  classAttribute,
  frameAttributes,
  marginAttributes,
  onAttribute,
  paragraphAttributes,
  spanAttributes,
} from './attributes.ts'
import * as value from './values.ts'

export interface ElementRule {
  readonly purpose: string
  /** Elements that may stand in it. */
  readonly holds: readonly string[]
  /** Whether text may stand in it. */
  readonly text: boolean
  readonly attributes: Readonly<Record<string, AttributeRule>>
  readonly required: readonly string[]
  /** What its attributes are when neither it nor a class says; as it would be written in markup. */
  readonly defaults: Readonly<Record<string, string>>
}

const inline = ['span', 'b', 'i', 'sup', 'sub', 'a', 'br', 'page-number', 'page-count', 'carry']
const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6']
const blocks = ['columns', 'box', ...headings, 'p', 'ul', 'ol', 'table', 'image', 'rule']
const flow = [...blocks, ...inline]

interface Parts {
  readonly holds?: readonly string[]
  readonly text?: boolean
  readonly attributes?: Attributes
  readonly required?: readonly string[]
  readonly defaults?: Readonly<Record<string, string>>
}

function element(purpose: string, parts: Parts = {}): ElementRule {
  return { purpose, holds: [], text: false, attributes: {}, required: [], defaults: {}, ...parts }
}

function heading(purpose: string, defaults: Readonly<Record<string, string>>): ElementRule {
  const rule = { 'font-weight': 'bold', 'break-after': 'avoid', ...defaults }
  return element(purpose, {
    holds: inline,
    text: true,
    attributes: { ...blockAttributes, ...frameAttributes },
    defaults: rule,
  })
}

function cell(purpose: string, attributes: Attributes, defaults: Readonly<Record<string, string>>): ElementRule {
  return element(purpose, {
    holds: flow,
    text: true,
    attributes: {
      ...classAttribute,
      ...paragraphAttributes,
      ...frameAttributes,
      colspan: attribute(value.columnSpan, 'columns it covers'),
      rowspan: attribute(value.rowSpan, 'rows it covers'),
      'vertical-align': attribute(value.verticalAlign, 'where it stands in a taller row'),
      ...attributes,
    },
    defaults,
  })
}

const pageMargins: Attributes = {
  margin: attribute(value.sides, 'the page’s margins'),
  'margin-top': attribute(value.length, 'margin above'),
  'margin-right': attribute(value.length, 'margin on the right'),
  'margin-bottom': attribute(value.length, 'margin below'),
  'margin-left': attribute(value.length, 'margin on the left'),
}

/** Every element by name, in the order of the reference. */
export const elements: Readonly<Record<string, ElementRule>> = {
  document: element('The whole document.', {
    holds: ['page', 'attachment'],
    attributes: {
      title: attribute(value.text, 'title that readers show'),
      author: attribute(value.text, 'who wrote it; without it, the brand’s name'),
      subject: attribute(value.text, 'what it is about'),
      keywords: attribute(value.text, 'words to find it by, with commas'),
      bookmarks: attribute(value.bookmarks, 'headings: readers list the headings, nested by their level'),
      ...classAttribute,
      ...paragraphAttributes,
    },
    required: ['title'],
    defaults: { 'font-family': 'text', 'font-size': '10.5pt', 'line-height': '1.333', 'text-align': 'left' },
  }),
  attachment: element('A file that travels inside the document.', {
    attributes: {
      src: attribute(value.file, 'brand:NAME, or the template’s own'),
      name: attribute(value.fileName, 'name that readers save it under; no other attachment has it'),
      description: attribute(value.text, 'what it is, in words'),
      relationship: attribute(value.relationship, 'what it is to the document'),
    },
    required: ['src', 'name'],
    defaults: { relationship: 'Unspecified' },
  }),
  page: element('A run of pages of one format. Each begins a new page.', {
    holds: ['header', 'footer', 'address-window', ...flow],
    text: true,
    attributes: {
      size: attribute(value.pageSize, 'format'),
      ...pageMargins,
      ...classAttribute,
      ...paragraphAttributes,
    },
    defaults: { size: 'A4', margin: '20mm' },
  }),
  header: element('What stands at the head of pages. It pushes the text down as far as it needs to.', {
    holds: ['address-window', ...flow],
    text: true,
    attributes: {
      ...onAttribute,
      top: attribute(value.length, 'distance from the page’s upper edge; without it, the upper margin'),
      height: attribute(value.length, 'least height'),
      ...classAttribute,
      ...paragraphAttributes,
      ...frameAttributes,
      'margin-bottom': attribute(value.length, 'least space between it and the text'),
    },
  }),
  footer: element('What stands at the foot of pages. It ends the text earlier as far as it needs to.', {
    holds: flow,
    text: true,
    attributes: {
      ...onAttribute,
      bottom: attribute(value.length, 'distance from the page’s lower edge; without it, the lower margin'),
      height: attribute(value.length, 'least height'),
      ...classAttribute,
      ...paragraphAttributes,
      ...frameAttributes,
      'margin-top': attribute(value.length, 'least space between it and the text'),
    },
  }),
  columns: element('Columns side by side, each with its own contents.', {
    holds: ['column'],
    attributes: {
      'column-gap': attribute(value.length, 'space between columns'),
      'vertical-align': attribute(value.verticalAlign, 'where shorter columns stand'),
      ...blockAttributes,
    },
    defaults: { 'column-gap': '0', 'vertical-align': 'top' },
  }),
  column: element('One of the columns.', {
    holds: flow,
    text: true,
    attributes: {
      width: attribute(value.width, 'width: a length, a share of what is left, or by content'),
      'vertical-align': attribute(value.verticalAlign, 'where it stands beside taller ones'),
      ...classAttribute,
      ...paragraphAttributes,
      ...frameAttributes,
    },
    defaults: { width: '*' },
  }),
  box: element('A block with padding, lines or a ground; in the text, or at a fixed place of the page.', {
    holds: flow,
    text: true,
    attributes: {
      width: attribute(value.length, 'width; without it, all there is'),
      height: attribute(value.length, 'least height'),
      position: attribute(value.position, 'fixed: at a place of the page, taking no room in the text'),
      left: attribute(value.length, 'fixed: distance from the page’s left edge'),
      top: attribute(value.length, 'fixed: distance from the page’s upper edge'),
      on: attribute(value.on, 'fixed: pages on which it is repeated; without it, only where it stands'),
      ...blockAttributes,
      ...frameAttributes,
    },
  }),
  'address-window': element(
    'The recipient’s address where the envelope’s window shows it. Text before it that reaches into it is a fault, so it is best the first on its page; what follows begins below the window, or below what is before it where that is lower. A window is for its own paper: `us-10` for Letter, the others for A4.',
    {
      holds: flow,
      text: true,
      attributes: {
        preset: attribute(value.preset, 'standard or envelope that places it; without it, a place of its own'),
        left: attribute(value.length, 'own place: distance of the address from the page’s left edge'),
        top: attribute(value.length, 'own place: distance of the address from the page’s upper edge'),
        width: attribute(value.length, 'own place: width of the address'),
        height: attribute(value.length, 'own place: height that the address may have'),
        'return-line': attribute(value.text, 'the sender in one line, above the address'),
        'return-class': attribute(value.classes, 'classes of that line'),
        'margin-bottom': attribute(value.length, 'space between the window and what follows'),
        ...classAttribute,
        ...paragraphAttributes,
      },
      defaults: { 'font-size': '10.5pt', 'line-height': '12.9pt', 'margin-bottom': '8.46mm' },
    },
  ),
  h1: heading('The document’s heading.', { 'font-size': '17pt', 'line-height': '21pt' }),
  h2: heading('A heading of the second level.', { 'font-size': '13pt', 'line-height': '17.5pt' }),
  h3: heading('A heading of the third level.', {}),
  h4: heading('A heading of the fourth level.', {}),
  h5: heading('A heading of the fifth level.', {}),
  h6: heading('A heading of the sixth level.', {}),
  p: element('A paragraph.', { holds: inline, text: true, attributes: { ...blockAttributes, ...frameAttributes } }),
  span: element('Text with its own type.', { holds: inline, text: true, attributes: spanAttributes }),
  b: element('Text in the family’s bold.', {
    holds: inline,
    text: true,
    attributes: spanAttributes,
    defaults: { 'font-weight': 'bold' },
  }),
  i: element(
    'Text in the family’s italic. A family without one is a fault, and bold italic without boldItalic is set bold.',
    {
      holds: inline,
      text: true,
      attributes: spanAttributes,
      defaults: { 'font-style': 'italic' },
    },
  ),
  sup: element('Superscript. None stands in another.', { holds: inline, text: true, attributes: spanAttributes }),
  sub: element('Subscript. None stands in another.', { holds: inline, text: true, attributes: spanAttributes }),
  a: element('A link. One without words is a fault.', {
    holds: inline.filter(name => name !== 'a'),
    text: true,
    attributes: { href: attribute(value.link, 'where it leads'), ...spanAttributes },
    required: ['href'],
  }),
  br: element('The end of a line.'),
  ul: element('A list.', {
    holds: ['li'],
    attributes: { ...blockAttributes, 'padding-left': attribute(value.length, 'room for the marks') },
    defaults: { 'padding-left': '14pt' },
  }),
  ol: element('A numbered list.', {
    holds: ['li'],
    attributes: {
      ...blockAttributes,
      'padding-left': attribute(value.length, 'room for the numbers'),
      start: attribute(value.ordinal, 'first number'),
    },
    defaults: { 'padding-left': '18pt', start: '1' },
  }),
  li: element(
    'An entry of a list. Its mark stands on the first baseline of what it holds, and at the top of an image.',
    { holds: flow, text: true, attributes: blockAttributes },
  ),
  table: element(
    'A table. Its head and foot are repeated on every page; no row is lost. Columns by content share what is left of the line; with fixed columns it is as wide as they are. A table without any rows prints nothing; one that has only a head or foot prints that.',
    {
      holds: ['col', 'thead', 'tbody', 'tfoot', 'tr'],
      attributes: {
        columns: attribute(value.widths, 'widths of the columns; without it, by content'),
        'column-gap': attribute(value.length, 'space between columns'),
        'cell-padding': attribute(value.sides, 'padding of cells that say nothing else'),
        ...blockAttributes,
      },
      defaults: { 'column-gap': '0', 'cell-padding': '0' },
    },
  ),
  col: element('What the cells of a column have where they say nothing themselves. Columns are told in order.', {
    attributes: {
      width: attribute(value.width, 'width, over what columns of the table says: a length, a share, or auto'),
      span: attribute(value.columnSpan, 'columns that it tells of'),
      'vertical-align': attribute(value.verticalAlign, 'where cells stand in a taller row'),
      ...classAttribute,
      ...paragraphAttributes,
      ...frameAttributes,
    },
  }),
  thead: element('Rows at the head of the table, repeated on every page.', {
    holds: ['tr'],
    attributes: { ...classAttribute, ...paragraphAttributes },
  }),
  tbody: element('The table’s own rows, or a group of them.', {
    holds: ['tr'],
    attributes: { ...classAttribute, ...paragraphAttributes, ...breakAttributes },
  }),
  tfoot: element('Rows at the foot of the table, repeated on every page; totals are rows on the last.', {
    holds: ['tr'],
    attributes: { ...classAttribute, ...paragraphAttributes },
  }),
  tr: element('A row. It is not broken over pages unless it is taller than one.', {
    holds: ['th', 'td'],
    attributes: {
      ...onAttribute,
      carry: attribute(value.carried, 'what carry shows when the page ends after this row'),
      height: attribute(value.length, 'least height'),
      background: attribute(value.color, 'colour behind it'),
      'border-top': attribute(value.border, 'line above'),
      'border-bottom': attribute(value.border, 'line below'),
      'vertical-align': attribute(value.verticalAlign, 'where shorter cells stand'),
      ...classAttribute,
      ...paragraphAttributes,
      ...breakAttributes,
    },
    defaults: { 'vertical-align': 'top', 'break-inside': 'avoid' },
  }),
  th: cell(
    'A cell that names its column or row.',
    { scope: attribute(value.scope, 'what it names') },
    { 'font-weight': 'bold' },
  ),
  td: cell('A cell.', {}, {}),
  carry: element('The `carry` of the last row so far: brought and carried forward.', { attributes: spanAttributes }),
  image: element('An image of the brand.', {
    attributes: {
      src: attribute(value.image, 'brand:NAME'),
      alt: attribute(value.text, 'what it shows, in words; empty for decoration'),
      width: attribute(value.length, 'width; without it, from the height'),
      height: attribute(value.length, 'height; without it, from the width'),
      ...classAttribute,
      'text-align': attribute(value.align, 'side it keeps to'),
      ...marginAttributes,
      ...breakAttributes,
      ...anchorAttributes,
    },
    required: ['src', 'alt'],
  }),
  rule: element('A line across.', {
    attributes: {
      height: attribute(value.length, 'thickness'),
      width: attribute(value.length, 'length; without it, all there is'),
      color: attribute(value.color, 'colour'),
      ...classAttribute,
      'text-align': attribute(value.align, 'side it keeps to'),
      ...marginAttributes,
      ...breakAttributes,
      ...anchorAttributes,
    },
    defaults: { height: '0.5pt' },
  }),
  'page-number': element('The number of the page, or of one before or after it.', {
    attributes: {
      offset: attribute(value.pageOffset, 'pages to count on; 1: the next page, -1: the page before'),
      ...spanAttributes,
    },
  }),
  'page-count': element('The number of the document’s pages.', { attributes: spanAttributes }),
}
