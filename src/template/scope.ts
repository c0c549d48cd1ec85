/** Where a path in a template leads: contexts, block parameters and `@` names, with what is known to be present there. */
import type { Shape } from './shape.ts'
import { reserved } from './view.ts'

/** One place in what the template sees. */
export interface Spot {
  readonly shape: Shape
  /** Names the place within one audit; guards are kept by it. */
  readonly key: string
  /** Dotted schema path, lists without brackets; absent for what is not data (brand, run). */
  readonly path: string | undefined
  /** May be absent as far as is known here. */
  readonly optional: boolean
  /** Could not be followed, which has been reported: nothing is said of what is inside. */
  readonly lost?: boolean
  /** Names laid over the fields: a partial's arguments. */
  readonly over?: ReadonlyMap<string, Spot>
}

export interface Scope {
  /** Contexts, innermost last: `../` goes back one. */
  readonly contexts: readonly Spot[]
  readonly names: ReadonlyMap<string, Spot>
  readonly root: Spot
  /** What `each` is around, innermost last: lists and maps, for `@index` and `@key`. */
  readonly loops: readonly Spot[]
  /** Keys of places known to be there. */
  readonly present: ReadonlySet<string>
}

/** Why a path leads nowhere: the wrong step with what there is instead, or else what to do. */
export interface Lost {
  readonly message: string
  readonly wrong?: string
  readonly known: readonly string[]
  readonly hint?: string
}

export type Resolved = { readonly ok: true; readonly spot: Spot } | ({ readonly ok: false } & Lost)

export interface PathParts {
  readonly data: boolean
  readonly depth: number
  readonly parts: readonly string[]
  readonly original: string
}

/** Follows a path expression. What it says of a wrong step names the step and what there is instead. */
export function resolvePath(scope: Scope, { data, depth, parts, original }: PathParts): Resolved {
  if (data) return resolveData(scope, { depth, parts, original })
  const named = depth === 0 && !/^\.|this\b/.test(original) ? scope.names.get(parts[0] ?? '') : undefined
  if (named !== undefined) return follow(scope, named, parts.slice(1))
  const context = scope.contexts.at(-1 - depth)
  if (context === undefined)
    return { ok: false, message: `${original} leaves the template`, known: [], hint: 'take one ../ away' }
  const [first = ''] = parts
  if (isReserved(first) && context !== scope.root && !enter(context, first).ok) {
    const whole = parts.join('.')
    const message = `${original} does not lead to ${first} from inside of a block that changes what fields mean`
    return { ok: false, message, known: [], hint: `write {{@root.${whole}}}` }
  }
  return follow(scope, context, parts)
}

/**
 * How to write a path whose first step is no field where it stands, and is one further out: around an `each` or a `with`, or at the root
 * of what a partial is called in. Undefined where it is none there either.
 */
export function writtenFromOutside(scope: Scope, { data, depth, parts }: PathParts): string | undefined {
  const [first = ''] = parts
  const context = scope.contexts.at(-1 - depth)
  if (data || context === undefined || isReserved(first) || enter(context, first).ok) return undefined
  const whole = parts.join('.')
  const fromRoot = `@root.${whole}`
  for (let up = depth + 1; up < scope.contexts.length; up += 1) {
    const around = scope.contexts.at(-1 - up) as Spot
    if (around.lost === true || !enter(around, first).ok) continue
    const outwards = `${'../'.repeat(up)}${whole}`
    return around === scope.root ? `${outwards}, or ${fromRoot}` : outwards
  }
  return enter(scope.root, first).ok ? fromRoot : undefined
}

function isReserved(name: string): boolean {
  return (reserved as readonly string[]).includes(name)
}

function resolveData(scope: Scope, { depth, parts, original }: Omit<PathParts, 'data'>): Resolved {
  const [name = '', ...rest] = parts
  if (name === 'root') return follow(scope, scope.root, rest)
  const known = ['index', 'key', 'first', 'last', 'root']
  if (!known.includes(name) || rest.length > 0) {
    return { ok: false, message: `there is no ${original}`, wrong: name, known }
  }
  if (scope.loops.length <= depth) {
    const hint = 'put it inside {{#each …}} … {{/each}}'
    return { ok: false, message: `${original} stands outside of {{#each}}`, known: [], hint }
  }
  const shape: Shape = name === 'key' ? { kind: 'text' } : { kind: name === 'index' ? 'number' : 'boolean' }
  return { ok: true, spot: { shape, key: `@${depth}.${name}`, path: undefined, optional: false } }
}

function follow(scope: Scope, start: Spot, steps: readonly string[]): Resolved {
  let spot = start
  for (const step of steps) {
    const next = enter(spot, step)
    if (!next.ok) return next
    spot = scope.present.has(next.spot.key) ? { ...next.spot, optional: false } : next.spot
  }
  return { ok: true, spot }
}

function enter(spot: Spot, step: string): Resolved {
  const laid = spot.over?.get(step)
  if (laid !== undefined) return { ok: true, spot: laid }
  if (spot.lost) return { ok: true, spot }
  const { shape } = spot
  const key = spot.key === '' ? step : `${spot.key}.${step}`
  const path = spot.path === undefined ? undefined : spot.path === '' ? step : `${spot.path}.${step}`
  if (shape.kind === 'group') {
    const field = shape.field(step)
    if (field !== undefined) {
      const through = field as typeof field & { readonly path?: string }
      return {
        ok: true,
        spot: {
          shape: field.shape,
          key,
          path: 'path' in through ? through.path : path,
          optional: spot.optional || field.optional,
        },
      }
    }
    const known = [...shape.names, ...(spot.over?.keys() ?? [])]
    const where = spot.path || spot.key
    return {
      ok: false,
      message: `${where === '' || where.startsWith('#') ? step : `${where}.${step}`} ${spot.path === undefined ? 'does not exist' : 'is not in the schema'}`,
      wrong: step,
      known,
      hint: where.startsWith('brand')
        ? 'add it to brand.yaml'
        : where.startsWith('run')
          ? 'declare it under set: in the job'
          : 'add it to schema.json',
    }
  }
  if (shape.kind === 'list') {
    if (step === 'length')
      return { ok: true, spot: { shape: { kind: 'number' }, key, path: undefined, optional: spot.optional } }
    if (/^\d+$/.test(step)) return { ok: true, spot: { shape: shape.element(), key, path: spot.path, optional: true } }
    return {
      ok: false,
      message: `${spot.path ?? spot.key} is a list, and ${step} is a field of its elements`,
      known: [],
      hint: `write {{#each ${spot.path ?? spot.key}}}{{${step}}}{{/each}}`,
    }
  }
  return {
    ok: false,
    message: `${spot.path ?? spot.key} is a single value and has no field ${step}`,
    known: [],
    hint: `leave .${step} out, or make it a group in schema.json`,
  }
}

/** The place and every place on the way to it: what is known to be there when it is. */
export function keysTo(key: string): readonly string[] {
  const steps = key.split('.')
  return steps.map((_, at) => steps.slice(0, at + 1).join('.'))
}
