/** Blocks that choose whether an element is seen: its words are in the plain part for everybody. */
import { type Fault, quote, type Source } from '../../../model/index.ts'
import { cascade, type Element, type Rule } from '../sheet/sheet.ts'
import { placeAt } from '../tags/place.ts'
import { type Shields, shieldPattern } from '../tags/shield.ts'
import { partsOf, told, waysThrough } from '../tags/ways.ts'
import { drawingOf, elementOf } from './drawings.ts'

/** A warning where one does; `chain`: the elements around it, and itself. */
export function chosenHiding(
  attributes: Readonly<Record<string, string>>,
  {
    rules,
    chain,
    shields,
    source,
  }: { rules: readonly Rule[]; chain: readonly Element[]; shields: Shields; source: Source },
): readonly Fault[] {
  const { style = '', class: own = '' } = attributes
  const shield = new RegExp(shieldPattern.source, 'u').exec(`${style}${own}`)
  if (shield === null) return []
  const [styles, classes] = [style, own].map(text => partsOf(text, { shields }))
  const ways = waysThrough([...styles!, ...classes!], { most: mostWays }) ?? []
  const element = chain.at(-1)!
  const hidden = new Set(
    ways.map(way => {
      const other = elementOf(element.name, { ...attributes, class: told(classes!, way) })
      const ruled = cascade(rules, [...chain.slice(0, -1), other], { dark: false })
      return drawingOf(element.name, ruled, { style: told(styles!, way), hidden: false }) === 'hidden'
    }),
  )
  if (hidden.size < 2) return []
  const { text, start } = shields.get(Number(shield[1]))
  return [
    {
      code: 'email.text',
      message: `${quote(text)} decides whether ${element.name} is seen, and the plain part shows it to everybody`,
      place: placeAt(source, start),
      hint: 'write {{#if …}} around the whole element, or the plain part as email.txt.hbs',
    },
  ]
}

const mostWays = 64
