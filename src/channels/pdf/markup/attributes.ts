/** Attributes that many elements take, in groups: each with the kind of its values and what it is for. */
import * as value from './values.ts'

export interface AttributeRule {
  readonly kind: value.Kind<unknown>
  readonly purpose: string
}

export type Attributes = Readonly<Record<string, AttributeRule>>

export const attribute = (kind: value.Kind<unknown>, purpose: string): AttributeRule => ({ kind, purpose })

/** Properties of type; the only ones that are inherited. */
const typeAttributes = {
  'font-family': attribute(value.family, 'type family'),
  'font-size': attribute(value.size, 'size of type'),
  'font-weight': attribute(value.weight, 'weight; 600 and over is the family’s bold'),
  'font-style': attribute(value.fontStyle, 'upright or italic'),
  color: attribute(value.color, 'colour of type'),
  'line-height': attribute(value.leading, 'leading'),
  'white-space': attribute(value.whiteSpace, 'nowrap: one line; pre-line: line ends in the text count'),
  hyphens: attribute(value.hyphens, 'auto: words may be parted at the end of a line'),
  'font-features': attribute(value.features, 'OpenType features: figures, fractions, small capitals'),
  'letter-spacing': attribute(value.spacing, 'space after each letter; closer by a twentieth of their size at most'),
  lang: attribute(value.locale, 'language; a document that says none is in the recipient’s'),
} satisfies Attributes

const lineAttributes = {
  'text-align': attribute(
    value.lineAlign,
    'side that lines keep to; decimal: in a column, digits of one value under each other',
  ),
  orphans: attribute(value.count, 'least number of lines before a page ends'),
  widows: attribute(value.count, 'least number of lines after a page began'),
} satisfies Attributes

export const paragraphAttributes = { ...typeAttributes, ...lineAttributes } satisfies Attributes

export const marginAttributes = {
  margin: attribute(value.sides, 'space around it; margins that meet become the larger one'),
  'margin-top': attribute(value.length, 'space above'),
  'margin-right': attribute(value.length, 'space to the right'),
  'margin-bottom': attribute(value.length, 'space below'),
  'margin-left': attribute(value.length, 'space to the left'),
} satisfies Attributes

export const frameAttributes = {
  padding: attribute(value.sides, 'space inside'),
  'padding-top': attribute(value.length, 'space inside, above'),
  'padding-right': attribute(value.length, 'space inside, right'),
  'padding-bottom': attribute(value.length, 'space inside, below'),
  'padding-left': attribute(value.length, 'space inside, left'),
  border: attribute(value.border, 'line on all four sides'),
  'border-top': attribute(value.border, 'line above'),
  'border-right': attribute(value.border, 'line on the right'),
  'border-bottom': attribute(value.border, 'line below'),
  'border-left': attribute(value.border, 'line on the left'),
  'border-radius': attribute(value.length, 'radius of rounded corners; the line is then the same on all four sides'),
  background: attribute(value.color, 'colour behind it'),
} satisfies Attributes

export const breakAttributes = {
  'break-before': attribute(value.breakOutside, 'page: begin a page; avoid: stay with what is before'),
  'break-after': attribute(value.breakOutside, 'page: end the page; avoid: stay with what follows'),
  'break-inside': attribute(value.breakInside, 'avoid: keep on one page if it fits on one'),
} satisfies Attributes

export const anchorAttributes = {
  id: attribute(value.id, 'name that links lead to: href="#…"'),
} satisfies Attributes

/** Attributes that many elements share, by the name that the reference gives each group. */
export const groups: Readonly<Record<string, Attributes>> = {
  type: typeAttributes,
  lines: lineAttributes,
  margins: marginAttributes,
  frame: frameAttributes,
  breaks: breakAttributes,
  anchor: anchorAttributes,
}

export const classAttribute = {
  class: attribute(value.classes, 'classes of the brand; the later one wins'),
} satisfies Attributes

export const blockAttributes = {
  ...classAttribute,
  ...paragraphAttributes,
  ...marginAttributes,
  ...breakAttributes,
  ...anchorAttributes,
} satisfies Attributes

export const spanAttributes = { ...classAttribute, ...typeAttributes } satisfies Attributes

export const onAttribute = { on: attribute(value.on, 'pages on which it shows; without it, all') } satisfies Attributes

/** Attribute names that classes may bundle: all that any element takes for its looks. */
export const lookAttributes: Attributes = {
  ...paragraphAttributes,
  ...marginAttributes,
  ...frameAttributes,
  ...breakAttributes,
  width: attribute(value.length, 'width'),
  height: attribute(value.length, 'height'),
  'vertical-align': attribute(value.verticalAlign, 'where it stands'),
  'column-gap': attribute(value.length, 'space between columns'),
  'cell-padding': attribute(value.sides, 'padding of cells'),
}
