/** The rule of one element of page markup: what may stand in it, its attributes and what they are by default; and the kinds that many elements are. */
import {
  type AttributeRule,
  type Attributes,
  attribute,
  blockAttributes,
  classAttribute,
  frameAttributes,
  paragraphAttributes,
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

export const inline = ['span', 'b', 'i', 'sup', 'sub', 'a', 'br', 'page-number', 'page-count', 'carry']
const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6']
const blocks = ['columns', 'box', ...headings, 'p', 'ul', 'ol', 'table', 'image', 'rule']
export const flow = [...blocks, ...inline]

interface Parts {
  readonly holds?: readonly string[]
  readonly text?: boolean
  readonly attributes?: Attributes
  readonly required?: readonly string[]
  readonly defaults?: Readonly<Record<string, string>>
}

export function element(purpose: string, parts: Parts = {}): ElementRule {
  return { purpose, holds: [], text: false, attributes: {}, required: [], defaults: {}, ...parts }
}

export function heading(purpose: string, defaults: Readonly<Record<string, string>>): ElementRule {
  const rule = { 'font-weight': 'bold', 'break-after': 'avoid', ...defaults }
  return element(purpose, {
    holds: inline,
    text: true,
    attributes: { ...blockAttributes, ...frameAttributes },
    defaults: rule,
  })
}

export function cell(purpose: string, attributes: Attributes, defaults: Readonly<Record<string, string>>): ElementRule {
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
