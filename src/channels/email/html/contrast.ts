/** Contrast of text in a pressed mail (WCAG 2.2, 1.4.3, level AA), in the light and in the dark. */
import { Parser } from 'htmlparser2'
import { type Brand, type Fault, type Place, partialFor, type Source } from '../../../model/index.ts'
import { type Color, readColor } from '../../../schema/index.ts'
import { cascade, type Declared, declared, type Element, picture, type Rule, readSheet } from '../sheet/sheet.ts'
import { isBlock } from '../tags/blocks.ts'
import { withoutComments } from '../tags/comments.ts'
import { firstMark, markTexts, withoutMarks } from '../tags/marks.ts'
import { placeAt } from '../tags/place.ts'
import { type Shields, shieldPattern, shieldTags } from '../tags/shield.ts'
import { findTags } from '../tags/tags.ts'
import { brandColors } from './brandcolors.ts'
import { everyWay, mostWays } from './choices.ts'

/** What text inherits from the elements around it; a colour that cannot be told, such as one over a picture, is undefined. */
interface Ink {
  readonly color: Color | undefined
  /** `#RRGGBB` */
  readonly ground: string | undefined
  /** Elements around it that the ground behind them shines through, from the outermost. */
  readonly veils: readonly Veil[]
  readonly sizePx: number
  readonly bold: boolean
  readonly hidden: boolean
  /** The partial that it stands in. */
  readonly partial?: Source | undefined
}

/** `opacity` of an element, and what is behind it. */
interface Veil {
  readonly opacity: number
  readonly ground: string | undefined
}

/** Of mail programs, where a mail names none. */
const canvas = { light: '#FFFFFF', dark: '#121212' } as const

/** One warning for each pair of colours that is too close, where it is first met. */
export function contrastRemarks(
  html: string,
  { brand, source, shields }: { readonly brand: Brand; readonly source: Source; readonly shields: Shields },
): Fault[] {
  const found = new Map<string, Fault>()
  const { mails: ways, left } = everyWay(withPartials(html, { brand, shields }, []), shields)
  const modes = brand.dark === undefined || Object.keys(brand.dark).length === 0 ? [false] : [false, true]
  const looks = modes.flatMap(dark => ways.map(way => ({ dark, way })))
  for (const { dark, way } of looks) {
    eachText(way, { brand, dark }, (text, ink, offset) => {
      if (!isShown(text, shields)) return
      const ground = through(ink.ground, ink)
      const color = through(over(ink.color, ink.ground), ink)
      const measured = color === undefined || ground === undefined ? undefined : contrast(color, ground)
      const wanted = ink.sizePx >= 24 || (ink.bold && ink.sizePx >= 18.6) ? 3 : 4.5
      if (measured === undefined || measured >= wanted) return
      const key = `${color} ${ground} ${dark}`
      if (found.has(key)) return
      found.set(key, {
        code: 'email.contrast',
        // Cut, not rounded: 4.49 is not 4.5.
        message: `text has a contrast of ${Math.floor(measured * 10) / 10} in the ${dark ? 'dark' : 'light'} (${color} on ${ground})`,
        place: placeOf(ink.partial ?? source, offset),
        hint: `choose colours ${dark ? 'under dark: ' : ''}in brand.yaml with a contrast of ${wanted} or more (WCAG AA)`,
      })
    })
  }
  return left === undefined ? [...found.values()] : [...found.values(), unmeasured(left, source)]
}

function unmeasured(left: string, source: Source): Fault {
  return {
    code: 'email.contrast',
    message: `blocks choose in more than ${mostWays.text} ways how this text looks (${mostWays.mail} of a mail), and contrast is not measured in all of them`,
    place: placeOf(source, firstMark(left)),
    hint: 'choose between fewer classes and styles around it, or look at the pictures of platen proof',
  }
}

/** Text without a mark is MJML's own, and stands in no line. */
function placeOf(source: Source, offset: number | undefined): Place {
  return offset === undefined ? { file: source.file } : placeAt(source, offset)
}

/** Blocks between elements decide about what is shown, and show nothing themselves. */
function isShown(text: string, shields: Shields): boolean {
  return /\S/.test(
    text.replace(shieldPattern, (shield, position: string) => (isBlock(shields.get(Number(position))) ? '' : shield)),
  )
}

/** Calls back for every text that is shown, with what it is shown in and its offset in the source. */
function eachText(
  html: string,
  { brand, dark }: { readonly brand: Brand; readonly dark: boolean },
  tell: (text: string, ink: Ink, offset: number | undefined) => void,
): void {
  const twins = new Map(
    dark ? Object.entries(brand.dark ?? {}).map(([name, twin]) => [brand.colors[name]?.toUpperCase() ?? '', twin]) : [],
  )
  const shown = (written: string): Color | undefined => {
    const read = colorOf(written)
    const twin = read?.opacity === 1 ? twins.get(read.color) : undefined
    return twin === undefined ? read : colorOf(twin)
  }
  const links = (dark ? brand.dark?.['accent'] : undefined) ?? brand.colors['accent']
  const first: Ink = {
    color: colorOf(dark ? '#FFFFFF' : '#000000'),
    ground: dark ? canvas.dark : canvas.light,
    veils: [],
    sizePx: 16,
    bold: false,
    hidden: false,
  }
  const stack: Ink[] = [first]
  const elements: Element[] = []
  const rules: Rule[] = []
  let sheet: string | undefined
  let offset: number | undefined
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const around = stack.at(-1) ?? first
        offset = undefined
        if (name === 'style') sheet = ''
        elements.push({
          name,
          id: attributes['id'] ?? '',
          classes: (attributes['class'] ?? '').split(/\s+/).filter(one => one !== ''),
        })
        const own = declared(attributes['style'] ?? '')
        const general = cascade(rules, elements, { dark })
        const written = (property: string, attribute?: string): Written | undefined =>
          win(own.get(property), general.get(property)) ??
          // The brand's sheet knows of `bgcolor`, and of no other attribute.
          (attribute === undefined ? undefined : { value: attribute, inline: property !== 'color' })
        // In the dark, what the brand's own sheet says of its colours goes for inline styles.
        const tone = ({ value, inline }: Written): Color | undefined => (inline ? shown(value) : colorOf(value))
        const color = written('color', attributes['color'])
        const ground = written('background-color', attributes['bgcolor'])
        const covered =
          picture.test(written('background-image')?.value ?? '') || (attributes['background'] ?? '') !== ''
        const opacity = opacityOf(written('opacity')?.value)
        const size = /^([\d.]+)px/.exec(written('font-size')?.value ?? '')?.[1]
        const weight = written('font-weight')?.value
        const fallback = name === 'a' ? colorOf(links ?? '#0000EE') : around.color
        stack.push({
          color:
            color === undefined || /^inherit$/i.test(color.value)
              ? color === undefined
                ? fallback
                : around.color
              : tone(color),
          // Many programs show no picture before they are asked: the colour under it is what is read on then.
          ground:
            ground === undefined || /^(transparent|none|inherit)$/i.test(ground.value)
              ? covered
                ? undefined
                : around.ground
              : over(tone(ground), around.ground),
          veils: opacity < 1 ? [...around.veils, { opacity, ground: around.ground }] : around.veils,
          sizePx: size === undefined ? around.sizePx : Number(size),
          bold:
            weight === undefined ? around.bold || /^(b|strong|th|h[1-6])$/.test(name) : /^(bold|[6-9]00)/.test(weight),
          hidden:
            around.hidden ||
            opacity === 0 ||
            /^(head|style|script|title)$/.test(name) ||
            /^none/.test(written('display')?.value ?? '') ||
            attributes['hidden'] !== undefined,
          partial: name === partialElement ? partialFor(brand, attributes['name'] ?? '', 'email') : around.partial,
        })
      },
      ontext(piece) {
        const text = withoutMarks(piece)
        // A text comes in several pieces where a reference or a lone < stands in it.
        offset = firstMark(piece) ?? offset
        if (sheet !== undefined) sheet += text
        const ink = stack.at(-1) ?? first
        if (!ink.hidden && ink.sizePx > 0 && text.replace(/&(nbsp|#160|#xa0);/gi, '').trim() !== '')
          tell(text, ink, offset)
      },
      onclosetag(name) {
        stack.pop()
        elements.pop()
        offset = undefined
        if (name !== 'style' || sheet === undefined) return
        rules.push(...readSheet(sheet))
        sheet = undefined
      },
    },
    { decodeEntities: false },
  )
  parser.end(html)
}

interface Written {
  readonly value: string
  /** Of the element itself, not of a sheet. */
  readonly inline: boolean
}

function win(own: Declared | undefined, general: Declared | undefined): Written | undefined {
  if (general !== undefined && (own === undefined || (general.important && !own.important)))
    return { value: general.value, inline: false }
  return own === undefined ? undefined : { value: own.value, inline: true }
}

/** What stands around a partial, so that its texts are found in its file. */
const partialElement = 'platen-partial'

/** The pressed mail with its partials, which are merged after MJML. */
function withPartials(
  html: string,
  { brand, shields }: { readonly brand: Brand; readonly shields: Shields },
  within: readonly string[],
): string {
  return html.replace(shieldPattern, (shield, position: string, offset: number) => {
    const { tag } = shields.get(Number(position))
    if (tag === 'whole' || tag.kind !== 'partial' || within.includes(tag.name)) return shield
    if (html.lastIndexOf('<', offset) > html.lastIndexOf('>', offset)) return shield
    const partial = partialFor(brand, tag.name, 'email')
    if (partial === undefined) return shield
    const { text, sourceOffset } = shieldTags(partial.text, shields)
    const marked = brandColors(withoutComments(markTexts(text, { shields, sourceOffset }), shields), { brand, shields })
    const inner = withPartials(marked, { brand, shields }, [...within, tag.name])
    const whole = `<${partialElement} name="${tag.name}">${inner}</${partialElement}>`
    // With a context or arguments, what blocks of it ask is not what is asked around it.
    if (tag.rest === '') return whole
    const [begins, ends] = [`{{#with ${tag.rest}}}`, '{{/with}}'].map(written =>
      shields.add({ text: written, tag: findTags(written).tags[0]!, start: 0 }),
    )
    return `${begins}${whole}${ends}`
  })
}

function colorOf(written: string): Color | undefined {
  return readColor(written.replace(/\s*!important$/i, ''))
}

/** A number or percentage; whatever else changes nothing. */
function opacityOf(written = '1'): number {
  const [, amount, percent] = /^([+-]?(?:\d*\.)?\d+)(%?)$/.exec(written.trim()) ?? []
  if (amount === undefined) return 1
  return Math.min(1, Math.max(0, Number(amount) / (percent === '%' ? 100 : 1)))
}

/** A colour as it looks on a ground. */
function over(color: Color | undefined, ground: string | undefined): string | undefined {
  if (color === undefined || color.opacity === 1) return color?.color
  if (ground === undefined) return undefined
  const parts = [1, 3, 5].map(at => {
    const [front = 0, back = 0] = [color.color, ground].map(hex => Number.parseInt(hex.slice(at, at + 2), 16))
    return Math.round(front * color.opacity + back * (1 - color.opacity))
  })
  return `#${parts.map(part => part.toString(16).padStart(2, '0')).join('')}`.toUpperCase()
}

/** A colour as it looks with all that shines through. */
function through(color: string | undefined, { veils }: Ink): string | undefined {
  return veils.reduceRight<string | undefined>(
    (seen, { opacity, ground }) => (seen === undefined ? undefined : over({ color: seen, opacity }, ground)),
    color,
  )
}

/** WCAG 2.2, "contrast ratio": 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
