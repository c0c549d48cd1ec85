/** The glyph gate: what a communication would print is held against what each of its channels can show. */
import type { Communication, Data, Fault, Value } from '../../model/index.ts'
import { isObject } from '../../schema/index.ts'
import type { Plan } from '../plan/plan.ts'
import { withEnclosures } from '../press/enclosure.ts'
import type { Maker } from '../press/make.ts'

/** Characters in the fields that a channel prints, and that it has no way to show. */
export function findLacking(
  { data, recipient }: Communication,
  to: readonly string[],
  plan: Plan,
  maker: Maker,
): readonly Fault[] {
  const seen: Data = { ...data, recipient: { ...recipient } }
  return withEnclosures(plan.channels, to).flatMap(({ name }) =>
    (plan.prints[name] ?? []).flatMap(path => {
      const lacking = new Set(textsAt(seen, path.split('.')).flatMap(text => maker.lacks(name, text)))
      if (lacking.size === 0) return []
      const characters = [...lacking].slice(0, 5).map(nameCharacter).join(', ')
      const broken = [...lacking].filter(character => /\p{Cc}/u.test(character))
      if (broken.length > 0) {
        return {
          code: 'run.glyph' as const,
          message: `${path} has the control character ${broken.map(nameCharacter).slice(0, 5).join(', ')}, which nothing can show`,
          hint: 'take it out of the data: the file may be damaged, or in another encoding than the job says',
        }
      }
      return {
        code: 'run.glyph' as const,
        message: `no font of the brand has ${characters}, which ${path} needs on ${name}`,
        hint: 'add a font that has it to fallback: in brand.yaml, or mend the data',
      }
    }),
  )
}

function nameCharacter(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** All texts at a path; a list on the way means each of its elements. */
function textsAt(value: Value | undefined, steps: readonly string[]): readonly string[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.flatMap(inner => textsAt(inner as Value, steps))
  const [step, ...rest] = steps
  if (step === undefined) return typeof value === 'string' ? [value] : []
  return isObject(value) && Object.hasOwn(value, step) ? textsAt(value[step], rest) : []
}
