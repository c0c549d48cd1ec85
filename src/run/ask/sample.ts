/** Data that did not come through intake: a template's samples, and what a developer hands to the library. */
import {
  type Communication,
  type Data,
  type Fault,
  failed,
  type Result,
  type RunView,
  settle,
} from '../../model/index.ts'
import { type Check, compileCheck, type Problem } from '../../schema/index.ts'
import { mapRecipient, openPrepare, type Prepare } from '../../template/index.ts'
import type { PressPlan } from '../plan/plan.ts'

/** Makes a communication of data as it stands before prepare.js. Faults: what prepare.js or the schema has against it. */
export type Compose = (data: Data, id: string) => Result<Communication>

export async function openCompose(plan: Pick<PressPlan, 'brand' | 'template'>, run: RunView): Promise<Result<Compose>> {
  const { brand, template } = plan
  const prepare = await openPrepare(template)
  if (!prepare.ok) return prepare
  const check = compileCheck(template.schema, template.schemaFile)
  if (!check.ok) return check
  return settle<Compose>((data, id) => compose(data, id, prepare.value, check.value), [])

  function compose(data: Data, id: string, prepared: Prepare, checked: Check): Result<Communication> {
    const misfits = (value: Data, kinds: readonly Problem['kind'][]): readonly Fault[] =>
      checked(value)
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ message, path }) => ({
          code: 'schema.value',
          message,
          place: { file: id, path },
          hint: `the data has to fit ${template.schemaFile} once prepare.js is through with it`,
        }))
    const made = prepared(data, run)
    if (!made.ok) {
      // A script that stops over a value of the wrong kind says less than the schema does.
      const wrong = made.faults.some(({ code }) => code === 'prepare.threw') ? misfits(data, ['value']) : []
      return wrong.length > 0 ? failed(...wrong) : made
    }
    const faults = misfits(made.value, ['value', 'missing', 'unknown'])
    if (faults.length > 0) return failed(...faults)
    const { recipient, locale } = mapRecipient(template, made.value, brand)
    return settle({ id, locale, recipient, data: made.value }, [])
  }
}
