/** Slips of the pen in a job's drawing: a name that the schema does not know, near one that it knows and nobody draws. */
import type { Fault, Fields, Job, JsonSchema } from '../model/index.ts'
import { nearest, readSchema, type SchemaNode } from '../schema/index.ts'

/** What else may need a name that the schema does not know, and what stands in faults. */
export interface Known {
  readonly schemaFile: string
  /** The source of prepare.js: it may work with the name. */
  readonly prepare?: string | undefined
}

/** One fault for each such name: what the template would have of it is left out, and nobody would miss it. */
export function astrayNames(job: Job, schema: JsonSchema, { schemaFile, prepare = '' }: Known): readonly Fault[] {
  const summed = [...Object.keys(job.expect?.sum ?? {}), ...Object.keys(job.bounds?.sum ?? {})]
  const spoken = new Set(prepare.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [])
  const faults: Fault[] = []
  const visit = (fields: Fields, at: SchemaNode | undefined, before: string): void => {
    if (at === undefined) return
    const undrawn = at.open
      ? []
      : at.names.filter(name => !Object.hasOwn(fields, name) && at.child(name)?.derived !== true)
    for (const [name, node] of Object.entries(fields)) {
      const path = `${before}${name}`
      const below = at.child(name)
      if (below === undefined) {
        const used = spoken.has(name) || summed.some(sum => sum === path || sum.startsWith(`${path}.`))
        const meant = used ? undefined : nearest(name, undrawn)
        if (meant !== undefined) faults.push(astray(path, `${before}${meant}`, { file: job.file, schemaFile }))
        continue
      }
      const inner = node.kind === 'rows' || node.kind === 'many' ? below.element() : below
      const drawn = node.kind === 'column' ? undefined : 'fields' in node ? node.fields : node.join.fields
      if (drawn !== undefined) visit(drawn, inner, `${path}.`)
    }
  }
  visit(job.data.fields ?? {}, readSchema(schema), '')
  return faults
}

function astray(
  path: string,
  meant: string,
  { file, schemaFile }: { readonly file: string; readonly schemaFile: string },
): Fault {
  return {
    code: 'intake.column',
    message: `the fields of the job draw ${path}, which ${schemaFile} does not know, and no ${meant}, which it knows`,
    place: { file },
    hint: `did you mean "${meant}"? If not, take ${path} out of the job, or add it to schema.json`,
  }
}
