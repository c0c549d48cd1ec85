/** What MJML has against its input, as faults of the template: what, where, and what was probably meant. */
import { type Fault, type Place, quote, type Source } from '../../../model/index.ts'
import { hintKnown, hintNearest } from '../../../schema/index.ts'
import { placeAt } from '../tags/place.ts'
import { attributeNames } from '../weave/components.ts'
import type { Woven } from '../weave/weave.ts'
import type { Pressed } from './pressing.ts'

type Refusal = Extract<Pressed, { errors: unknown }>['errors'][number]

/** The fault behind one of its errors; `colors`: names of the brand's. */
export function refused(refusal: Refusal, woven: Woven, source: Source, colors: readonly string[]): Fault {
  const { tagName, message } = refusal
  const said = words(woven.shields.lift(message))
  const [, attribute] = /^attribute ([\w-]+) /.exec(said) ?? []
  const place = placeOf(refusal, attribute, woven, source)
  const fault = (what: string, hint: string): Fault => ({ code: 'email.markup', message: what, place, hint })
  if (attribute !== undefined && said.endsWith(' is illegal'))
    return fault(`${tagName} has no attribute ${quote(attribute)}`, attributeHint(attribute))
  const [, color] = /has invalid value: ([\w-]+) for type Color/.exec(said) ?? []
  if (color !== undefined)
    return fault(
      `the brand has no colour ${quote(color)}`,
      hintKnown(color, colors, 'add it to colors: in brand.yaml, or write #RRGGBB'),
    )
  return fault(said.startsWith(tagName) ? said : `${tagName}: ${said}`, takenHint(said))
}

function attributeHint(name: string): string {
  const near = attributeNames.has(name) ? undefined : hintNearest(name, attributeNames)
  return near ?? 'see the MJML reference for what this component takes'
}

/** From what MJML takes instead. */
function takenHint(said: string): string {
  const [, units] = /only accepts \(([\w%, ]+?),?\) units/.exec(said) ?? []
  if (units !== undefined) return `write a number and its unit: ${units.split(/, */).join(' or ')}`
  const [, values] = /only accepts ([\w, -]+\w)/.exec(said) ?? []
  if (values !== undefined) return `write one of ${values}`
  const [, parents] = /only inside: ([\w, -]+)$/.exec(said) ?? []
  return parents === undefined
    ? 'see the MJML reference for the attributes and children of this component'
    : `put it into ${parents.split(', ').join(' or ')}`
}

/** The attribute, where the template has it there; MJML knows the line of the tag alone. */
function placeOf({ line, tagName }: Refusal, attribute: string | undefined, { lines }: Woven, source: Source): Place {
  const sourceLine = lines[line - 1] ?? 1
  const from = source.text.split('\n', sourceLine - 1).join('\n').length + (sourceLine > 1 ? 1 : 0)
  const tag = `<${tagName}(?=[\\s/>])`
  const inTag = `(?:[^<>"']|"[^"]*"|'[^']*')*?`
  const named = attribute === undefined ? null : new RegExp(`${tag}${inTag}\\s(?=${attribute}\\s*=)`, 'g')
  for (const pattern of [named, new RegExp(tag, 'g')]) {
    if (pattern === null) continue
    pattern.lastIndex = from
    const found = pattern.exec(source.text)
    if (found === null || placeAt(source, found.index).line !== sourceLine) continue
    return placeAt(source, pattern === named ? found.index + found[0].length : found.index)
  }
  return { file: source.file, line: sourceLine }
}

/** What MJML says, in one line, lower case, without a full stop; where a template cannot put it, `mj-attributes` is not named. */
export function words(message: string): string {
  const clipped = message
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/(only inside: .*?)mj-attributes, /, '$1')
    .slice(0, 300)
  return clipped.charAt(0).toLowerCase() + clipped.slice(1).replace(/\.$/, '')
}
