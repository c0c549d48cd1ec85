/** A JSON Schema as TypeScript declarations: what a program hands to a template, and what the template sees of it. */
import { type Declared, type Names, namesFor, type Side } from './declared.ts'
import { readSchema, type SchemaNode } from './reading.ts'

/**
 * Exported declarations: `NameInput` for what is handed in, without what prepare.js works out (`derived`), then `Name` for what
 * templates see, then those that the schema refers to. Formats and bounds stand in comments: types cannot say them.
 */
export function typescriptOf(schema: unknown, name: string): string {
  const root = readSchema(schema)
  const declared = namesFor(root, name)
  const texts: string[] = []
  // Declaring one may call for others: the list grows while it is gone through.
  for (let at = 0; at < declared.all.length; at += 1)
    texts.push(declaration(declared.all[at] as Declared, declared.nameOf))
  return texts.join('\n')
}

function declaration({ name, side, node, same }: Declared, nameOf: Names['nameOf']): string {
  const words = `${comment(node, '')}export `
  if (same !== undefined) return `${words}type ${name} = ${same}\n`
  const isGroup = node.types.size === 1 && node.kind === 'group' && !node.nullable && node.alternatives().length < 2
  const printing = { side, nameOf, indent: '', word: name, around: [node] }
  return isGroup
    ? `${words}interface ${name} ${members(node, printing)}\n`
    : `${words}type ${name} = ${body(node, printing)}\n`
}

interface Printing {
  readonly side: Side
  readonly nameOf: Names['nameOf']
  readonly indent: string
  /** The field it stands under. */
  readonly word: string
  /** What is being printed around it: what comes again inside itself needs a name. */
  readonly around: readonly SchemaNode[]
}

function typeOf(node: SchemaNode, printing: Printing): string {
  const { around, side, word, nameOf } = printing
  if (node.reference !== undefined || around.includes(node)) return nameOf(node, side, word)
  return body(node, { ...printing, around: [...around, node] })
}

function body(node: SchemaNode, printing: Printing): string {
  const alternatives = node.alternatives()
  if (alternatives.length > 1) return oneOf(alternatives.map(inner => typeOf(inner, printing)))
  const empty = node.nullable ? ['null'] : []
  if (node.values !== undefined) return oneOf([...node.values.map(value => JSON.stringify(value)), ...empty])
  if (node.kind === 'any') return 'unknown'
  return oneOf([...[...node.types].map(type => plainType(type, node, printing)), ...empty])
}

function oneOf(types: readonly string[]): string {
  const some = [...new Set(types)]
  return some.includes('unknown') ? 'unknown' : some.length === 0 ? 'never' : some.join(' | ')
}

function plainType(type: string, node: SchemaNode, printing: Printing): string {
  switch (type) {
    case 'number':
    case 'integer':
      return 'number'
    case 'array':
      return listType(node, printing)
    case 'object':
      return members(node, printing)
    default:
      return type
  }
}

function listType(node: SchemaNode, printing: Printing): string {
  const { own, least } = node.positions
  const rest = node.element(own)
  const others = rest === undefined ? 'unknown' : typeOf(rest, printing)
  const list = `${isUnion(others) ? `(${others})` : others}[]`
  if (own === 0) return `readonly ${list}`
  const first = Array.from({ length: own }, (_, at) => {
    const element = node.element(at)
    const type = element === undefined ? 'unknown' : typeOf(element, printing)
    return at < least ? type : `(${type})?`
  })
  return `readonly [${[...first, ...(others === 'never' ? [] : [`...${list}`])].join(', ')}]`
}

/** Whether a type has an alternative, or a word before it, outside of all brackets and texts. */
function isUnion(type: string): boolean {
  let bare = type.replace(/"(?:[^"\\]|\\.)*"/g, '')
  for (let before = ''; before !== bare; ) {
    before = bare
    bare = bare.replace(/\{[^{}]*\}|\[[^[\]]*\]|\([^()]*\)/g, '')
  }
  return /[|]|^readonly /.test(bare)
}

function members(node: SchemaNode, printing: Printing): string {
  const inner = { ...printing, indent: `${printing.indent}  ` }
  const fields = node.names
    .map(name => ({ name, child: node.child(name) }))
    .filter(
      (field): field is { name: string; child: SchemaNode } => field.child !== undefined && field.child.kind !== 'none',
    )
    .filter(({ child }) => printing.side === 'seen' || child.derived !== true)
    .map(({ name, child }) => ({
      name,
      child,
      type: typeOf(child, { ...inner, word: name }),
      optional: !child.required || (printing.side === 'given' && child.derived !== false),
    }))
  const lines = fields.map(({ name, child, type, optional }) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
    return `${comment(child, inner.indent)}${inner.indent}readonly ${key}${optional ? '?' : ''}: ${type}\n`
  })
  const rest = node.rest()
  // What is said of other names has to hold for those that are listed too, or TypeScript does not take it.
  const others = rest === undefined ? [] : [typeOf(rest, inner), ...fields.map(({ type }) => type)]
  const absent = fields.some(({ optional }) => optional) ? ['undefined'] : []
  const open = rest !== undefined ? oneOf([...others, ...absent]) : node.open ? 'unknown' : undefined
  const index = open ?? (fields.length === 0 && node.names.length === 0 ? 'never' : undefined)
  const signature = index === undefined ? '' : `${inner.indent}readonly [name: string]: ${index}\n`
  return `{\n${lines.join('')}${signature}${printing.indent}}`
}

/** Title, description, and what a type cannot say. */
function comment(node: SchemaNode, indent: string): string {
  const format = node.format === undefined || node.kind !== 'text' ? undefined : formats[node.format]
  const words = [...node.words, ...(format === undefined ? [] : [format])]
  if (words.length === 0) return ''
  const text = words.join('; ').replaceAll('*/', '* /').replace(/\s+/g, ' ')
  return `${indent}/** ${text} */\n`
}

const formats: Readonly<Record<string, string>> = {
  decimal: 'decimal text such as 12.50',
  date: 'ISO 8601, such as 2026-03-23',
  'date-time': 'ISO 8601, such as 2026-03-23T08:30:00',
  email: 'an e-mail address',
}
