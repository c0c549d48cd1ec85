/** Drawing -> a form XObject (ISO 32000-1 §8.10): the operators once, packed and ready, for as many documents as show it. */
import { deflateSync } from 'node:zlib'
import type { Drawing, Gradient, Group, Ink, Item, Path, Shape, Stop, Stroke } from '../drawing/drawing.ts'
import { entry, reference, type Value, written } from './strings.ts'
import type { Writer } from './writer.ts'

/** A form without what only a document has: its references. */
export interface Form {
  readonly width: number
  readonly height: number
  /** From its origin to there, as it is written. */
  readonly box: string
  /** Operators, deflated. */
  readonly content: Uint8Array
  /** What the operators name: opacities E1, E2, … and gradients P1, P2, …, as entries of a dictionary of resources. */
  readonly resources: string
  /** Forms that fade as a whole, named X1, X2, … in order. */
  readonly forms: readonly Form[]
}

export function formOf({ width, height, items }: Drawing): Form {
  // A step is at most a ten-thousandth of the longer side: 0.02 mm on paper as wide as a page.
  const decimals = Math.min(6, Math.max(0, Math.ceil(4 - Math.log10(Math.max(width, height)))))
  return compile(items, { width, height, decimals })
}

interface Measure {
  readonly width: number
  readonly height: number
  readonly decimals: number
}

function compile(items: readonly Item[], measure: Measure): Form {
  const states = new Map<string, Readonly<Record<string, number>>>()
  const gradients: Gradient[] = []
  const forms: Form[] = []
  const number = (value: number) => {
    const rounded = Number(value.toFixed(measure.decimals))
    return Object.is(rounded, -0) ? '0' : String(rounded)
  }
  /** Matrices multiply, so they need more. */
  const precise = (values: readonly number[]) => values.map(value => String(Number(value.toFixed(6)))).join(' ')

  const state = (dictionary: Readonly<Record<string, number>>): string => {
    const key = JSON.stringify(dictionary)
    if (!states.has(key)) states.set(key, dictionary)
    return `/E${[...states.keys()].indexOf(key) + 1} gs`
  }
  const color = ({ color: said }: Ink, [plain, pattern]: readonly [string, string]): string => {
    if (typeof said === 'string') return `${rgb(said).map(share).join(' ')} ${plain}`
    gradients.push(said)
    return `/Pattern ${pattern.toUpperCase() === pattern ? 'CS' : 'cs'} /P${gradients.length} ${pattern}`
  }
  const outline = (path: Path): string =>
    path.map(([command, ...at]) => [...at.map(number), operators[command]].join(' ')).join(' ')
  const pen = ({ width, cap, join, miterLimit, dashes, dashPhase }: Stroke): string =>
    [
      `${number(width)} w`,
      caps[cap] === 0 ? '' : `${caps[cap]} J`,
      joins[join] === 0 ? '' : `${joins[join]} j`,
      join === 'miter' ? `${number(miterLimit)} M` : '',
      dashes.length === 0 ? '' : `[${dashes.map(number).join(' ')}] ${number(dashPhase)} d`,
    ]
      .filter(operator => operator !== '')
      .join(' ')

  const shape = ({ path, fill, stroke, matrix }: Shape): string => {
    const parts: string[] = []
    if (matrix !== undefined) parts.push(`${precise(matrix)} cm`)
    if ((fill?.opacity ?? 1) < 1 || (stroke?.opacity ?? 1) < 1) {
      parts.push(state({ ca: share(fill?.opacity ?? 1), CA: share(stroke?.opacity ?? 1) }))
    }
    if (fill !== undefined) parts.push(color(fill, ['rg', 'scn']))
    if (stroke !== undefined) parts.push(color(stroke, ['RG', 'SCN']), pen(stroke))
    const rule = fill?.rule === 'evenodd' ? '*' : ''
    const how = fill === undefined ? 'S' : stroke === undefined ? `f${rule}` : `B${rule}`
    parts.push(outline(path), how)
    return `q ${parts.join(' ')} Q`
  }
  const group = ({ clips, opacity, items: inner }: Group): string => {
    const parts = clips.map(({ path, rule }) => `${outline(path)} W${rule === 'evenodd' ? '*' : ''} n`)
    if (opacity === 1) parts.push(...inner.map(item))
    else {
      forms.push(compile(inner, measure))
      parts.push(state({ ca: share(opacity), CA: share(opacity) }), `/X${forms.length} Do`)
    }
    return `q ${parts.join('\n')} Q`
  }
  const item = (one: Item): string => (one.kind === 'shape' ? shape(one) : group(one))

  const content = items.map(item).join('\n')
  return {
    width: measure.width,
    height: measure.height,
    box: written([0, 0, measure.width, measure.height]),
    content: deflateSync(content, { level: 9 }),
    resources: resourcesOf([...states.values()], gradients),
    forms,
  }
}

function resourcesOf(states: readonly Readonly<Record<string, number>>[], gradients: readonly Gradient[]): string {
  const patterns = gradients.map(({ between, stops, matrix }) => ({
    PatternType: 2,
    Matrix: [...matrix],
    Shading: {
      ShadingType: between.length === 4 ? 2 : 3,
      ColorSpace: '/DeviceRGB',
      Coords: [...between],
      Extend: ['true', 'true'],
      Function: blend(stops),
    },
  }))
  const opacities = states.length > 0 ? entry('ExtGState', named('E', states)) : ''
  return patterns.length > 0 ? opacities + entry('Pattern', named('P', patterns)) : opacities
}

const operators = { M: 'm', L: 'l', C: 'c', Z: 'h' } as const
const caps = { butt: 0, round: 1, square: 2 } as const
const joins = { miter: 0, round: 1, bevel: 2 } as const

function share(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

function rgb(color: string): [number, number, number] {
  const part = (from: number) => Number.parseInt(color.slice(from, from + 2), 16) / 255
  return [part(1), part(3), part(5)]
}

/** Writes a form into a document, and gives its number. `fading`: as a group whose parts are put together before it is painted. */
export function embedForm(form: Form, writer: Writer, fading = false): number {
  const forms = form.forms.map(inner => reference(embedForm(inner, writer, true)))
  const resources = forms.length > 0 ? form.resources + entry('XObject', named('X', forms)) : form.resources
  const group = fading ? ' /Group <</S /Transparency /CS /DeviceRGB>>' : ''
  return writer.stream(
    `/Type /XObject /Subtype /Form /BBox ${form.box} /Resources <<\n${resources}>>${group} /Filter /FlateDecode`,
    form.content,
  )
}

function named(letter: string, values: readonly Value[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(values.map((value, index) => [`${letter}${index + 1}`, value]))
}

/** From stop to stop (ISO 32000-1 §7.10.4). Where two stops stand at one place, the colour changes there at once. */
function blend(stops: readonly Stop[]): Readonly<Record<string, Value>> {
  const first = stops[0]!
  const last = stops.at(-1)!
  const whole = [{ ...first, offset: 0 }, ...stops, { ...last, offset: 1 }]
  const steps = whole.flatMap((stop, index) => {
    const next = whole[index + 1]
    if (next === undefined || next.offset <= stop.offset) return []
    return [{ from: stop, to: next }]
  })
  const functions = steps.map(({ from, to }) => ({
    FunctionType: 2,
    Domain: [0, 1],
    C0: rgb(from.color),
    C1: rgb(to.color),
    N: 1,
  }))
  if (functions.length === 1) return functions[0]!
  return {
    FunctionType: 3,
    Domain: [0, 1],
    Functions: functions,
    Bounds: steps.slice(1).map(({ from }) => from.offset),
    Encode: steps.flatMap(() => [0, 1]),
  }
}
