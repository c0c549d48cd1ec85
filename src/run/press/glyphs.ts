/** The glyph gate: what a communication would print is held against what each of its channels can show. */
import { type Communication, type Data, type Fault, stepsOf, type Value } from '../../model/index.ts'
import { isObject } from '../../schema/index.ts'
import type { PressPlan } from '../plan/plan.ts'
import { withEnclosures } from './enclosure.ts'
import type { Station } from './line.ts'

/** Characters in the fields that a channel prints, by `prints`, and that it has no way to show. */
export function findLacking(
  { data, recipient }: Communication,
  to: readonly string[],
  { stations, prints }: { readonly stations: readonly Station[]; readonly prints: PressPlan['prints'] },
): readonly Fault[] {
  const seen: Data = { ...data, recipient: { ...recipient } }
  const faults: Fault[] = []
  for (const { name, open } of withEnclosures(stations, to)) {
    if (open.lacks === undefined) continue
    const lacks = (text: string): readonly string[] => open.lacks?.(text) ?? none
    for (const path of prints[name] ?? []) {
      const lacking = lackingAt(seen, stepsOf(path), lacks)
      if (lacking.length > 0) faults.push(faultOf(new Set(lacking), path, name))
    }
  }
  return faults
}

function faultOf(lacking: ReadonlySet<string>, path: string, channel: string): Fault {
  const characters = [...lacking].slice(0, 5).map(nameCharacter).join(', ')
  const broken = [...lacking].filter(character => /\p{Cc}/u.test(character))
  if (broken.length > 0) {
    return {
      code: 'run.glyph',
      message: `${path} has the control character ${broken.map(nameCharacter).slice(0, 5).join(', ')}, which nothing can show`,
      hint: 'take it out of the data: the file may be damaged, or in another encoding than the job says',
    }
  }
  return {
    code: 'run.glyph',
    message: `no font of the brand has ${characters}, which ${path} needs on ${channel}`,
    hint: 'add a font that has it to fallback: in brand.yaml, or mend the data',
  }
}

function nameCharacter(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

const none: readonly string[] = []

/** What texts at a path lack from a step on; a list on the way, or at its end, means each of its elements. */
function lackingAt(
  value: Value | undefined,
  steps: readonly string[],
  lacks: (text: string) => readonly string[],
  from = 0,
): readonly string[] {
  let found = value
  for (let at = from; found !== undefined && found !== null; at += 1) {
    if (Array.isArray(found)) {
      let lacking = none
      for (const inner of found) {
        const own = lackingAt(inner as Value, steps, lacks, at)
        if (own.length > 0) lacking = [...lacking, ...own]
      }
      return lacking
    }
    const step = steps[at]
    if (step === undefined) return typeof found === 'string' ? lacks(found) : none
    if (!isObject(found)) return none
    // What an object inherits is no text, and leads to none: to ask whether the name is its own would be to look it up twice.
    found = found[step] as Value | undefined
  }
  return none
}
