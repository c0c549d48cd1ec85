/** The brand's currency where the data names its own: amounts that read well, and are another sum. */
import type { Brand, Fault, JsonSchema, Template } from '../model/index.ts'
import { isCurrency, readSchema, type SchemaNode } from '../schema/index.ts'

/**
 * The fault of a template that shows amounts in the brand's currency, and whose schema has a field that by its name or its values is
 * another. `used`: schema paths that it prints, without brackets: a list's own currency that is shown is one beside the bill's.
 */
export function brandCurrencyFault(
  { schema, file }: Template,
  { currency }: Brand,
  used: ReadonlySet<string>,
): Fault | undefined {
  const path = currencyFields(schema, currency).find(
    field => !(field.includes('[]') && used.has(field.replaceAll('[]', ''))),
  )
  if (path === undefined) return undefined
  const list = path.lastIndexOf('[]')
  return {
    code: 'template.setting',
    message: `amounts are shown in ${currency}, the brand's currency, and the data has one of its own in ${path}`,
    place: { file },
    hint:
      list < 0
        ? `write currency: ${path} in template.yaml, or currency: ${currency} where all amounts are in one`
        : `write {{money … currency=${path.slice(list + 3)}}} inside {{#each ${path.slice(0, list)}}}, or currency: ${currency} in template.yaml where all amounts are in one`,
  }
}

/** From the root down, dotted, `[]` behind a list; without those that can only be the brand's. */
function currencyFields(schema: JsonSchema, brands: string): readonly string[] {
  const found: string[] = []
  const seen = new Set<SchemaNode>()
  let level: readonly (readonly [string, SchemaNode])[] = [['', readSchema(schema)]]
  while (level.length > 0) {
    const below: (readonly [string, SchemaNode])[] = []
    for (const [path, node] of level) {
      // A schema may refer to itself.
      if (seen.has(node)) continue
      seen.add(node)
      const element = node.kind === 'list' ? node.element() : undefined
      if (element !== undefined) below.push([`${path}[]`, element])
      for (const name of node.names) {
        const child = node.child(name)
        const inner = path === '' ? name : `${path}.${name}`
        if (child === undefined) continue
        if (isCurrencyField(name, child, brands)) found.push(inner)
        else below.push([inner, child])
      }
    }
    level = below
  }
  return found
}

function isCurrencyField(name: string, { kind, values }: SchemaNode, brands: string): boolean {
  if (kind !== 'text' && kind !== 'any') return false
  if (values?.every(value => value === brands) === true) return false
  const codes = values?.every(value => typeof value === 'string' && isCurrency(value)) === true
  return codes || names.test(name.normalize('NFC').replace(/[^\p{L}]/gu, ''))
}

/** What such a field is called where Platen's users are at home, with what it is the currency of. */
const names =
  /^(invoice|bill|billing|account|order|document|payment|iso)?(currency|ccy|währung|waehrung|waluta|валюта|valuta|devise|moneda|moeda|měna)(code|iso|kod|код)?$/iu
