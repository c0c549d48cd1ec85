/** What somebody is called: an entry of a suppression list that says it is no address, and would stop nobody. */
import type { Communication } from '../model/index.ts'
import { isPostal } from './postal.ts'

/** As what an entry stands in the data. */
export type CalledAs = 'id' | 'name' | 'name and address'

/** What could pass for a postal address in a list; all else is refused there as it is read. */
export function namesOf({ id, recipient: { name = '', address = [] } }: Communication): readonly {
  readonly as: CalledAs
  readonly text: string
}[] {
  const whole = address.length === 0 ? '' : [name, ...address].join('\n')
  const all = [
    { as: 'id', text: id },
    { as: 'name', text: name },
    { as: 'name and address', text: name === '' ? '' : whole },
  ] as const
  return all.filter(({ text }) => isPostal(text))
}
