/** Handlebars syntax trees: their kinds of nodes, and ways through them. */
export type Program = hbs.AST.Program
export type Statement = hbs.AST.Statement
export type Expression = hbs.AST.Expression
export type Path = hbs.AST.PathExpression
export type Loc = hbs.AST.SourceLocation
/** Mustaches, blocks and subexpressions: what may call a helper. */
export type Call = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression

export function placeOf(file: string, loc: Loc): { file: string; line: number; column: number } {
  return { file, line: loc.start.line, column: loc.start.column + 1 }
}

interface Visitor {
  readonly statement?: (node: Statement) => void
  /** `block`: whether it opens a block. */
  readonly call?: (call: Call, block: boolean) => void
}

/** Visits every statement and every call of a tree, from front to back. */
export function walk(program: Program | undefined | null, visitor: Visitor): void {
  for (const node of program?.body ?? []) {
    visitor.statement?.(node)
    if (node.type === 'MustacheStatement' || node.type === 'BlockStatement') {
      const call = node as hbs.AST.MustacheStatement | hbs.AST.BlockStatement
      visitor.call?.(call, node.type === 'BlockStatement')
      walkArguments(call, visitor)
    }
    if (node.type === 'PartialStatement') walkArguments(node as hbs.AST.PartialStatement, visitor)
    if (node.type === 'BlockStatement') {
      walk((node as hbs.AST.BlockStatement).program, visitor)
      walk((node as hbs.AST.BlockStatement).inverse, visitor)
    }
  }
}

function walkArguments({ params, hash }: Pick<Call, 'params'> & { hash?: hbs.AST.Hash }, visitor: Visitor): void {
  for (const value of [...params, ...(hash?.pairs ?? []).map(pair => pair.value)]) {
    if (value.type !== 'SubExpression') continue
    visitor.call?.(value as hbs.AST.SubExpression, false)
    walkArguments(value as hbs.AST.SubExpression, visitor)
  }
}

/** Names of the partials that a tree calls. */
export function partialsIn(program: Program): readonly string[] {
  const names: string[] = []
  walk(program, {
    statement: node => {
      if (node.type === 'PartialStatement') names.push(partialName(node as hbs.AST.PartialStatement))
    },
  })
  return names
}

export function partialName(node: hbs.AST.PartialStatement): string {
  return String((node.name as Path).original)
}

/** The text of a literal expression, if it is one. */
export function literal(expression: Expression | undefined): string | number | boolean | undefined {
  if (expression === undefined || !/^(String|Number|Boolean)Literal$/.test(expression.type)) return undefined
  return (expression as hbs.AST.StringLiteral | hbs.AST.NumberLiteral | hbs.AST.BooleanLiteral).value
}
