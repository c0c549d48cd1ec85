/** What the proof of a fact looked for, and which amounts stand there instead: for whoever has to find the mistake. Private values are not told. */
import type { Communication, Template, Value } from '../../model/index.ts'
import { isObject, isPrivate } from '../../schema/index.ts'
import type { Sighted } from './figures.ts'
import type { Demand } from './prove.ts'

/** Amounts that are told, nearest first. */
const mostTold = 3

/** `looked for 143,11 грн, and found 286,22`; empty where the fact is private. */
export function insteadOf(
  { demand, path, sighted }: { readonly demand: Demand; readonly path: string; readonly sighted: readonly Sighted[] },
  { data }: Communication,
  { schema }: Template,
): string {
  if (isPrivate(schema, path.split('.'))) return ''
  const secret = new Set(privateFigures(data, schema, []))
  const told = sighted
    .filter(({ value }) => !secret.has(Math.abs(value)))
    .sort((a, b) => Math.abs(a.value - Number(demand.value)) - Math.abs(b.value - Number(demand.value)))
    .slice(0, mostTold)
    .map(({ text }) => text)
  const looked = `looked for ${clip(demand.shown[0] ?? '')}`
  if (demand.as !== 'money') return looked
  return `${looked}, and found ${told.length === 0 ? 'no other amount like it' : told.join(', ')}`
}

const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

/** Figures at places that the schema marks private, without their sign. */
function privateFigures(
  value: Value | undefined,
  schema: Template['schema'],
  steps: readonly (string | number)[],
): readonly number[] {
  if (Array.isArray(value)) return value.flatMap((inner, at) => privateFigures(inner, schema, [...steps, at]))
  if (isObject(value))
    return Object.entries(value).flatMap(([name, inner]) => privateFigures(inner as Value, schema, [...steps, name]))
  const figure = Math.abs(Number(value))
  return value !== null && value !== '' && !Number.isNaN(figure) && isPrivate(schema, steps) ? [figure] : []
}
