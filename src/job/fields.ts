/** The `fields` of a job: a drawing of the data in columns, lists and other files, read into a tree. */
import type { Fault, FieldNode, Fields, Join } from '../model/index.ts'
import { isObject, ownCheck } from '../schema/index.ts'
import type { FileReader } from './files.ts'
import type { JoinSettings } from './settings.ts'
import { joinSchema } from './settings.ts'

/** Where the reading stands: steps from the top of the job file, and whether a list of rows is already open. */
interface Spot {
  readonly steps: readonly (string | number)[]
  readonly insideRows: boolean
}

/** Reads a mapping of fields. Mistakes go to `faults`; what could not be read is left out. */
export function readFields(
  drawn: Readonly<Record<string, unknown>>,
  files: FileReader,
  faults: Fault[],
  spot: Spot,
): Fields {
  const fields: Record<string, FieldNode> = {}
  for (const [name, value] of Object.entries(drawn)) {
    const node = readNode(value, files, faults, { ...spot, steps: [...spot.steps, name] })
    if (node !== undefined) fields[name] = node
  }
  return fields
}

function readNode(value: unknown, files: FileReader, faults: Fault[], spot: Spot): FieldNode | undefined {
  const refuse = (message: string, hint: string): undefined => {
    faults.push({ code: 'job.fields', message, place: files.at(spot.steps), hint })
    return undefined
  }
  const name = String(spot.steps.at(-1))
  if (typeof value === 'string' && value !== '') return { kind: 'column', column: value }
  if (Array.isArray(value)) {
    const inner = value[0] as unknown
    if (value.length !== 1 || !isObject(inner)) {
      return refuse(
        `${name} is not a list of one drawing`,
        'write `lines: [{ code: StockCode, … }]`: one element stands for many rows',
      )
    }
    const within = { steps: [...spot.steps, 0], insideRows: true }
    if (isJoin(inner)) {
      const join = readJoin(inner, files, faults, within)
      const sort = (inner as unknown as JoinSettings).sort ?? []
      return join && { kind: 'many', join, sort: typeof sort === 'string' ? [sort] : sort }
    }
    if (spot.insideRows) {
      return refuse(
        `${name} is a list inside a list of the same file`,
        'a file gives one level of lists; draw the inner list from a file of its own',
      )
    }
    return { kind: 'rows', fields: readFields(inner as Record<string, unknown>, files, faults, within) }
  }
  if (isObject(value)) {
    if (!isJoin(value))
      return { kind: 'group', fields: readFields(value as Record<string, unknown>, files, faults, spot) }
    if ('sort' in value)
      return refuse(
        `${name} has a sort, but is one row`,
        'write it as a list, `[{ file: …, on: …, sort: … }]`, for many rows',
      )
    const join = readJoin(value, files, faults, { ...spot, insideRows: true })
    return join && { kind: 'one', join }
  }
  return refuse(
    `${name} is neither a column, a list nor a group`,
    'write the name of a column, `[{ … }]` for many rows, or `{ … }` for a group',
  )
}

/** A mapping with both `file` and `on` is another file. */
function isJoin(value: unknown): boolean {
  return isObject(value) && 'file' in value && 'on' in value
}

function readJoin(value: unknown, files: FileReader, faults: Fault[], spot: Spot): Join | undefined {
  const problems = ownCheck(joinSchema)(value)
  if (problems.length > 0) {
    for (const { steps, message, hint, expected } of problems) {
      faults.push({
        code: 'job.fields',
        message,
        place: files.at([...spot.steps, ...steps]),
        hint: hint ?? (expected === undefined ? 'docs/data.md tells what a join takes' : `write ${expected}`),
      })
    }
    return undefined
  }
  const settings = value as JoinSettings
  const [theirs, ours] =
    typeof settings.on === 'string' ? [settings.on, settings.on] : (Object.entries(settings.on)[0] as [string, string])
  const fields =
    settings.fields &&
    readFields(settings.fields, files, faults, { steps: [...spot.steps, 'fields'], insideRows: true })
  return {
    file: files.read(settings, spot.steps),
    theirs,
    ours,
    missing: settings.missing ?? 'fault',
    ...(fields === undefined ? {} : { fields }),
  }
}
