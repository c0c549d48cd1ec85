/** The audit of one tree: what each statement prints, opens and includes, and what is known to be present inside it. */
import { partialFor, partialNames } from '../model/index.ts'
import { hintKnown } from '../schema/index.ts'
import { checkArguments, checkInner } from './arguments.ts'
import { auditBraces } from './braces.ts'
import { faultAt, present, typeOf } from './expressions.ts'
import { guardsOf } from './guards.ts'
import type { Reading } from './reading.ts'
import { keysTo, type Scope, type Spot } from './scope.ts'
import { isDecimalShape, nameOf } from './shape.ts'
import { blockSignatures, signatures } from './signatures.ts'
import { type Call, type Path, type Program, partialName, type Statement } from './tree.ts'

export function auditProgram(reading: Reading, program: Program | undefined | null, scope: Scope): void {
  for (const node of program?.body ?? []) auditStatement(reading, node, scope)
}

function auditStatement(reading: Reading, node: Statement, scope: Scope): void {
  switch (node.type) {
    case 'ContentStatement':
      auditBraces(reading, node as hbs.AST.ContentStatement, scope)
      break
    case 'MustacheStatement':
      auditMustache(reading, node as hbs.AST.MustacheStatement, scope)
      break
    case 'BlockStatement':
      auditBlock(reading, node as hbs.AST.BlockStatement, scope)
      break
    case 'PartialStatement':
      auditPartial(reading, node as hbs.AST.PartialStatement, scope)
      break
  }
}

function isCall({ params, hash }: Call): boolean {
  return params.length > 0 || (hash?.pairs.length ?? 0) > 0
}

function auditMustache(reading: Reading, node: hbs.AST.MustacheStatement, scope: Scope): void {
  if (node.path.type !== 'PathExpression') return
  const path = node.path as Path
  if (isCall(node)) {
    const signature = Object.hasOwn(signatures, path.original) ? signatures[path.original] : undefined
    if (signature === undefined) return
    checkArguments(reading, node, { name: path.original, signature }, scope)
    if (signature.gives === 'boolean') {
      faultAt(
        reading,
        node,
        'template.argument',
        `${path.original} is true or false, not text`,
        `use it in {{#if (${path.original} …)}}`,
      )
    }
    if (signature.gives === 'list') {
      const hint = `use it in {{#each (${path.original} …)}}`
      faultAt(reading, node, 'template.argument', `${path.original} is a list, not text`, hint)
    }
    return
  }
  const typed = typeOf(reading, path, scope, { printed: true })
  if (typed === undefined) return
  const { kind } = typed.shape
  if (kind === 'group' || kind === 'list' || kind === 'boolean') {
    const hint = {
      group: 'name one of its fields',
      list: `use {{#each ${path.original}}}`,
      boolean: `use {{#if ${path.original}}}`,
    }[kind]
    faultAt(reading, path, 'template.argument', `${path.original} is ${nameOf(typed.shape)}, not text`, hint)
    return
  }
  present(reading, path, typed)
}

function auditBlock(reading: Reading, node: hbs.AST.BlockStatement, scope: Scope): void {
  const name = node.path.type === 'PathExpression' ? (node.path as Path).original : ''
  const signature = Object.hasOwn(blockSignatures, name) ? blockSignatures[name] : undefined
  if (signature === undefined) return
  checkArguments(reading, node, { name, signature: { ...signature, gives: 'text' } }, scope)
  const [condition] = node.params
  if (condition === undefined) return
  const typed = typeOf(reading, condition, scope, { quiet: true })
  const { whenTrue, whenFalse } = guardsOf(reading, condition, scope)
  switch (name) {
    case 'if':
    case 'unless': {
      if (
        typed !== undefined &&
        !typed.optional &&
        typed.spot !== undefined &&
        typed.shape.kind === 'text' &&
        isDecimalShape(typed.shape)
      ) {
        faultAt(
          reading,
          node,
          'template.argument',
          `#${name} always takes ${(condition as Path).original} for true, 0.00 too`,
          `write {{#if (gt ${(condition as Path).original} 0)}}, or (eq … 0)`,
        )
      }
      const [first, second] = name === 'if' ? [whenTrue, whenFalse] : [whenFalse, whenTrue]
      auditProgram(reading, node.program, knowing(scope, first))
      auditProgram(reading, node.inverse, knowing(scope, second))
      break
    }
    case 'with': {
      const spot = spotOf(reading, typed)
      auditProgram(reading, node.program, inside(knowing(scope, whenTrue), spot, named(node.program, [spot])))
      auditProgram(reading, node.inverse, scope)
      break
    }
    case 'each': {
      const list = spotOf(reading, typed)
      const element = elementOf(reading, list)
      const position: Spot = {
        shape: { kind: list.shape.kind === 'list' ? 'number' : 'text' },
        key: reading.frame(),
        path: undefined,
        optional: false,
      }
      const scopeInside = inside(knowing(scope, whenTrue), element, named(node.program, [element, position]))
      auditProgram(reading, node.program, { ...scopeInside, loops: [...scope.loops, list] })
      auditProgram(reading, node.inverse, scope)
      break
    }
  }
}

/** What could not be followed has been reported; inside of it nothing more is said. */
const lost = (key: string): Spot => ({ shape: { kind: 'any' }, key, path: undefined, optional: false, lost: true })

function spotOf(reading: Reading, typed: ReturnType<typeof typeOf>): Spot {
  if (typed === undefined) return lost(reading.frame())
  if (typed.spot !== undefined) return { ...typed.spot, optional: false }
  return { shape: typed.shape, key: reading.frame(), path: undefined, optional: false }
}

function elementOf(reading: Reading, list: Spot): Spot {
  const key = reading.frame()
  const { shape } = list
  if (shape.kind === 'list') return { shape: shape.element(), key, path: list.path, optional: false }
  if (shape.kind === 'group' && shape.values !== undefined)
    return { shape: shape.values(), key, path: list.path, optional: false }
  return lost(key)
}

function named(program: Program, spots: readonly Spot[]): ReadonlyMap<string, Spot> {
  const names = new Map<string, Spot>()
  for (const [at, name] of (program.blockParams ?? []).entries()) {
    const spot = spots[at]
    if (spot !== undefined) names.set(name, spot)
  }
  return names
}

function knowing(scope: Scope, keys: Iterable<string>): Scope {
  return { ...scope, present: new Set([...scope.present, ...keys]) }
}

function inside(scope: Scope, context: Spot, names: ReadonlyMap<string, Spot>): Scope {
  return {
    ...scope,
    contexts: [...scope.contexts, context],
    names: new Map([...scope.names, ...names]),
    present: new Set([...scope.present, ...keysTo(context.key)]),
  }
}

function auditPartial(reading: Reading, node: hbs.AST.PartialStatement, scope: Scope): void {
  if (node.name.type !== 'PathExpression') return
  const name = partialName(node)
  const partial = partialFor(reading.brand, name, reading.channel)
  if (partial === undefined) {
    faultAt(
      reading,
      node,
      'template.partial',
      `there is no partial "${name}"`,
      hintKnown(name, partialNames(reading.brand, reading.channel), 'partials are files of assets/partials'),
    )
    return
  }
  if (reading.trail.includes(name)) {
    faultAt(
      reading,
      node,
      'template.partial',
      `the partial "${name}" includes itself`,
      'partials cannot call each other in a circle',
    )
    return
  }
  if (node.params.length > 1) {
    faultAt(
      reading,
      node,
      'template.argument',
      'a partial takes one context',
      `write {{> ${name} context}} and the rest as name=value`,
    )
    return
  }
  const given = node.params[0]
  if (given !== undefined) checkInner(reading, given, scope)
  const typed = given === undefined ? undefined : typeOf(reading, given, scope)
  if (given !== undefined && typed !== undefined) present(reading, given, typed)
  const context = given === undefined ? (scope.contexts.at(-1) as Spot) : spotOf(reading, typed)
  const over = new Map<string, Spot>(context.over ?? [])
  for (const pair of node.hash?.pairs ?? []) {
    checkInner(reading, pair.value, scope)
    const value = typeOf(reading, pair.value, scope)
    const spot = spotOf(reading, value)
    over.set(pair.key, { ...spot, optional: value?.optional ?? false })
  }
  const program = reading.parse(partial)
  if (program === undefined) return
  auditProgram({ ...reading, file: partial.file, trail: [...reading.trail, name] }, program, {
    contexts: [over.size === 0 ? context : { ...context, over }],
    names: new Map(),
    root: scope.root,
    loops: scope.loops,
    present: scope.present,
  })
}
