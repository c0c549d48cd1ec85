/** Where a link leads, and what an image says, chosen by a block around the attribute: plain text would say one of them to everybody. */
import { type Fault, quote, type Source } from '../../../model/index.ts'
import { placeAt } from '../tags/place.ts'
import { type Shields, shieldPattern } from '../tags/shield.ts'

/** What the plain part takes from attributes. */
const spoken = /<(a|img)\b((?:"[^"]*"|'[^']*'|[^"'>])*)>/gi

const named: Readonly<Record<string, RegExp>> = { a: /(?<![\w-])href\s*=/i, img: /(?<![\w-])alt\s*=/i }

/** One fault for each such element of a text behind shields. */
export function chosenWords(html: string, shields: Shields, source: Source): readonly Fault[] {
  return [...html.matchAll(spoken)].flatMap(([, element = '', attributes = '']): readonly Fault[] => {
    const name = element.toLowerCase()
    const bare = attributes.replace(/=\s*(?:"[^"]*"|'[^']*')/g, '=')
    let depth = 0
    let first: number | undefined
    let from = 0
    for (const { 0: shield, 1: position, index } of bare.matchAll(shieldPattern)) {
      if (depth > 0 && first !== undefined && named[name]?.test(bare.slice(from, index))) {
        const { text, start } = shields.get(first)
        const attribute = name === 'a' ? 'href' : 'alt'
        return [
          {
            code: 'email.text',
            message: `the plain part cannot be derived from ${quote(text)}, which decides about ${attribute} of ${name}`,
            place: placeAt(source, start),
            hint: `write ${attribute}="{{#if …}}…{{else}}…{{/if}}", the block inside of the quotes, or the plain part as email.txt.hbs`,
          },
        ]
      }
      from = index + shield.length
      const { tag } = shields.get(Number(position))
      if (tag === 'whole') continue
      if (tag.kind === 'block') {
        depth += 1
        first ??= Number(position)
      }
      if (tag.kind === 'close') depth -= 1
      if (depth === 0) first = undefined
    }
    return []
  })
}
