/** Guards: what a condition proves to be present, where it holds and where it does not. */
import { typeOf } from './expressions.ts'
import type { Reading } from './reading.ts'
import { keysTo, type Scope } from './scope.ts'
import { type Expression, literal, type Path } from './tree.ts'

export interface Guards {
  /** Keys of what is present where the condition holds, and where it does not. */
  readonly whenTrue: ReadonlySet<string>
  readonly whenFalse: ReadonlySet<string>
}

const nothing: Guards = { whenTrue: new Set(), whenFalse: new Set() }

/** What a condition proves to be there. */
export function guardsOf(reading: Reading, condition: Expression, scope: Scope): Guards {
  if (condition.type === 'PathExpression') {
    const typed = typeOf(reading, condition, scope, { quiet: true })
    return typed?.spot === undefined ? nothing : { whenTrue: new Set(keysTo(typed.spot.key)), whenFalse: new Set() }
  }
  if (condition.type !== 'SubExpression') return nothing
  const call = condition as hbs.AST.SubExpression
  const inner = call.params.map(param => guardsOf(reading, param, scope))
  switch ((call.path as Path).original) {
    case 'not':
      return { whenTrue: inner[0]?.whenFalse ?? new Set(), whenFalse: inner[0]?.whenTrue ?? new Set() }
    case 'and':
      return {
        whenTrue: union(inner.map(guards => guards.whenTrue)),
        whenFalse: common(inner.map(guards => guards.whenFalse)),
      }
    case 'or':
      return {
        whenTrue: common(inner.map(guards => guards.whenTrue)),
        whenFalse: union(inner.map(guards => guards.whenFalse)),
      }
    case 'gt':
    case 'lt':
      return { whenTrue: union(inner.map(guards => guards.whenTrue)), whenFalse: new Set() }
    case 'eq':
      // Equal to something written out: then it is there.
      return call.params.some(param => literal(param) !== undefined)
        ? { whenTrue: union(inner.map(guards => guards.whenTrue)), whenFalse: new Set() }
        : nothing
    default:
      return nothing
  }
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap(set => [...set]))
}

function common(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first, ...rest] = sets
  return new Set([...(first ?? [])].filter(key => rest.every(set => set.has(key))))
}
