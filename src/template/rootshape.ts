/** The shape of all that a template sees: the schema at the root, and the reserved names over it. */
import type { Brand, RunView, Template } from '../model/index.ts'
import { type Field, findPath, type Shape, shapeOf } from './shape.ts'
import { viewBrand } from './view.ts'

/** A field that stands in for another place of the data: what prints it, prints that. */
interface Alias extends Field {
  readonly path: string | undefined
}

export function rootShape(template: Template, brand: Brand, run?: Pick<RunView, 'period' | 'set'>): Shape {
  const data = shapeOf(template.schema)
  const over = new Map<string, Field>([
    ['brand', ours(shapeOfValue(viewBrand(brand)))],
    ['run', ours(runShape(run))],
    ['locale', ours({ kind: 'text' })],
    ['recipient', ours(recipientShape(template))],
  ])
  const names = data.kind === 'group' ? data.names : []
  return {
    kind: 'group',
    names: [...new Set([...names, ...over.keys()])],
    field: name => over.get(name) ?? (data.kind === 'group' ? data.field(name) : undefined),
  }
}

const ours = (shape: Shape): Alias => ({ shape, optional: false, path: undefined })

function group(fields: Readonly<Record<string, Field>>): Shape {
  return {
    kind: 'group',
    names: Object.keys(fields),
    field: name => (Object.hasOwn(fields, name) ? fields[name] : undefined),
  }
}

/** The brand is there to be looked at: what it has is known, and present. */
function shapeOfValue(value: unknown): Shape {
  if (Array.isArray(value)) return { kind: 'list', element: () => ({ kind: 'text' }) }
  if (typeof value !== 'object' || value === null) return { kind: 'text' }
  return group(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, ours(shapeOfValue(inner))])))
}

/** Without a run at hand its period and settings may or may not be there. */
function runShape(run?: Pick<RunView, 'period' | 'set'>): Shape {
  const text = ours({ kind: 'text' })
  const day = ours({ kind: 'text', format: 'date' })
  const period = group({ text: day, unit: text, start: day, end: day })
  const any: Shape = { kind: 'group', names: [], field: () => ({ ...text, optional: true }) }
  return group({
    name: text,
    date: day,
    ...(run !== undefined && run.period === undefined
      ? {}
      : { period: { ...ours(period), optional: run === undefined } }),
    set: ours(run === undefined ? any : group(Object.fromEntries(Object.keys(run.set).map(name => [name, text])))),
  })
}

function recipientShape(template: Template): Shape {
  const fields: Record<string, Alias> = {}
  for (const [name, path] of Object.entries(template.recipient) as [string, string][]) {
    const found = findPath(template.schema, path)
    const shape: Shape = name === 'address' ? { kind: 'list', element: () => ({ kind: 'text' }) } : { kind: 'text' }
    // Blank values count as absent, but a template need not guard what its schema requires.
    fields[name] = { shape, optional: !found.ok || found.optional, path }
  }
  return group(fields)
}
