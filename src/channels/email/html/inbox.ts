/** What a template's author writes, held against the inboxes that a brand lists. What MJML itself writes is its own care. */
import { type Brand, type Fault, type MailClient, quote } from '../../../model/index.ts'
import type { Attribute } from './attributes.ts'
import { sharesPage } from './networks.ts'
import { unsupported } from './support.ts'

/** Mail programs of a brand that lists none: most of the world's mail is read in them. */
const usualClients: readonly MailClient[] = [
  'apple-mail',
  'gmail',
  'outlook',
  'outlook-windows',
  'samsung-email',
  'yahoo',
]

/** A remark and where it belongs: the offset in the text whose elements are read. */
export interface Remark {
  readonly fault: Omit<Fault, 'place'>
  readonly offset: number
}

/** One element as written, with the offset of its attributes. */
export interface Element {
  readonly name: string
  readonly attributes: readonly Attribute[]
  readonly at: number
  /** Whether it stands in a link that has no words. */
  readonly alone?: boolean
  /** Whether a mail program reads it; all do, if it is not said. */
  readonly readBy?: (client: MailClient) => boolean
}

/** Attributes that have a mail program load something, by the elements and components that have them; `*`: by all. */
const loading: Readonly<Record<string, readonly string[]>> = {
  '*': ['background', 'background-url'],
  audio: ['src'],
  img: ['src', 'srcset'],
  input: ['src'],
  'mj-accordion': ['icon-wrapped-url', 'icon-unwrapped-url'],
  'mj-accordion-element': ['icon-wrapped-url', 'icon-unwrapped-url'],
  'mj-image': ['src', 'srcset'],
  'mj-social-element': ['src'],
  source: ['src', 'srcset'],
  video: ['src', 'poster'],
}

const altHint = 'write what the image says, or alt="" where it only decorates: many inboxes show no images'

/** The brand's images cannot be behind text. */
const behindHint =
  'give the text a ground colour that it is read on without the picture: many inboxes ask before they load any'

const remoteHint = 'put it into images: of brand.yaml and write src="brand:NAME": many inboxes ask before they load any'

/** Images: one without a text in its place, what is loaded from outside. For HTML and for MJML's own components. */
export function imageRemarks({ name, attributes, at, alone = false }: Element): Remark[] {
  const remarks: Remark[] = []
  const find = (wanted: string): Attribute | undefined =>
    attributes.find(attribute => attribute.name.toLowerCase() === wanted)
  const isImage = /^(img|mj-image)$/i.test(name)
  const alt = find('alt')
  if (isImage && alt?.value === undefined) {
    const message = `an image has no alt text: <${name}>`
    remarks.push({ fault: { code: 'email.alt', message, hint: altHint }, offset: at + (alt?.start ?? 0) })
  } else if (isImage && alt?.value?.trim() === '' && (alone || find('href') !== undefined)) {
    const message = 'an image that is a link has an empty alt text: where images are off, there is nothing to press'
    remarks.push({ fault: { code: 'email.alt', message, hint: 'write where it leads' }, offset: at + alt.start })
  }
  const style = find('style')
  if (style?.value !== undefined && /url\(\s*['"]?\s*(https?:|\/\/)/i.test(style.value)) {
    const message = `an image is loaded from outside: style of <${name}>`
    remarks.push({ fault: { code: 'email.remote', message, hint: behindHint }, offset: at + style.start })
  }
  if (name === 'mj-font') {
    const message = 'a font is loaded from outside: <mj-font>'
    const hint = 'name fonts that people have under mail: in fonts: of brand.yaml'
    remarks.push({ fault: { code: 'email.remote', message, hint }, offset: at })
  }
  if (/^link$/i.test(name) && /stylesheet/i.test(find('rel')?.value ?? '')) {
    const message = 'a style sheet is loaded from outside: <link>'
    const hint = 'write its rules into mj-style'
    remarks.push({ fault: { code: 'email.remote', message, hint }, offset: at })
  }
  const loads = [...(loading['*'] ?? []), ...(own(loading, name.toLowerCase()) ?? [])]
  for (const { name: attribute, value = '', start } of attributes)
    if (loads.includes(attribute.toLowerCase()) && outside(attribute).test(value)) {
      const message = `an image is loaded from outside: ${attribute} of <${name}>`
      const hint = attribute.toLowerCase().includes('background') ? behindHint : remoteHint
      remarks.push({ fault: { code: 'email.remote', message, hint }, offset: at + start })
    }
  return remarks
}

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

/** What data brings is a link most of the time; `srcset` lists several. */
const outside = (attribute: string): RegExp =>
  /^srcset$/i.test(attribute) ? /(?:^|,)\s*(https?:|\/\/|\u{E000})/iu : /^\s*(https?:|\/\/|\u{E000})/iu

/** A style sheet that loads something: many inboxes drop `@import`, and ask before they load the rest. */
export function sheetRemarks(where: string, css: string, at: number): Remark[] {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, comment => ' '.repeat(comment.length))
  const find = (pattern: RegExp, message: string, hint: string): Remark[] => {
    const found = bare.search(pattern)
    return found < 0 ? [] : [{ fault: { code: 'email.remote', message, hint }, offset: at + found }]
  }
  const importHint = 'write its rules into mj-style: many inboxes drop an @import'
  return [
    ...find(/@import\b/i, `a style sheet is loaded from outside: @import in ${where}`, importHint),
    ...find(
      /(?<!@import\s+)url\(\s*['"]?\s*(https?:|\/\/)/i,
      `an image or font is loaded from outside: url() in ${where}`,
      'let images travel inside the mail as src="brand:NAME", and name fonts that people have',
    ),
  ]
}

/** Components whose icons MJML loads from a host of its own choice, unless these name others. */
const iconed: Readonly<Record<string, readonly string[]>> = {
  'mj-accordion': ['icon-wrapped-url', 'icon-unwrapped-url'],
  'mj-social-element': ['src'],
}

/** Icons that MJML itself would load from outside. `text`: the template; each element of an accordion may name its own. */
export function iconRemarks({ name, attributes, at }: Element, text: string): Remark[] {
  const elements = name === 'mj-accordion' ? elementsOf(text.slice(at)) : []
  const given = (icon: string): boolean =>
    attributes.some(attribute => attribute.name === icon) ||
    (elements.length > 0 && elements.every(element => hasAttribute(icon, element))) ||
    (name === 'mj-accordion' && hasAttribute(icon, defaults(text)))
  const lacking = (own(iconed, name) ?? []).filter(icon => !given(icon))
  if (lacking.length === 0) return []
  const names = lacking.join(' and ')
  const message = `icons of ${name} are loaded from outside: it has no ${names}`
  const hint = `write ${names} with images of the brand`
  return [{ fault: { code: 'email.remote', message, hint }, offset: at }]
}

/** Opening tags of the elements of the accordion that a text begins in. */
const elementsOf = (text: string): readonly string[] =>
  text.split('</mj-accordion>', 1)[0]?.match(/<mj-accordion-element\b(?:[^<>"']|"[^"]*"|'[^']*')*>/g) ?? []

const hasAttribute = (attribute: string, markup: string): boolean => new RegExp(`\\s${attribute}\\s*=`).test(markup)

const defaults = (text: string): string => /<mj-attributes\b[\s\S]*?<\/mj-attributes/.exec(text)?.[0] ?? ''

/** HTML elements, attributes and inline CSS that a listed mail program does not show everywhere. */
export function supportRemarks({ name, attributes, at, readBy = () => true }: Element, whole: Brand): Remark[] {
  const brand = { ...whole, mail: { ...whole.mail, clients: (whole.mail?.clients ?? usualClients).filter(readBy) } }
  const remarks = support([`element:${name.toLowerCase()}`], at, brand)
  for (const { name: attribute, value, start } of attributes) {
    remarks.push(...support([`attribute:${attribute.toLowerCase()}`], at + start, brand))
    if (attribute.toLowerCase() === 'style' && value !== undefined)
      remarks.push(...support(declarationKeys(value), at + start, brand))
  }
  return remarks
}

/** Corners of components that are not one plain length: a circle or a leaf is a shape that is meant, and may be a square. */
export function cornerRemarks({ attributes, at }: Element, brand: Brand): Remark[] {
  return attributes.flatMap(({ name, value = '', start }) =>
    /^(inner-)?border-radius$/.test(name) && !/^\s*[\d.]+\s*(px|pt|mm|cm)?\s*$/.test(value)
      ? support(['property:border-radius'], at + start, brand, `the CSS ${quote(`border-radius: ${value.trim()}`)}`)
      : [],
  )
}

/** The same in classes of the brand, where a component takes them. */
export function classCornerRemarks({ attributes, at }: Element, brand: Brand): Remark[] {
  return attributes
    .filter(({ name, value }) => name === 'mj-class' && value !== undefined)
    .flatMap(({ value = '', start }) =>
      value.split(/\s+/).flatMap(name => {
        const bundle = { ...brand.classes[name], ...brand.classes[`${name}.email`] }
        const corners = Object.entries(bundle).map(([attribute, written]) => {
          return { name: attribute, value: written, quoted: true, start, end: start }
        })
        return cornerRemarks({ name, attributes: corners, at }, brand)
      }),
    )
}

/** An icon of `mj-social` without words that nothing names: neither its network nor an alt text. */
export function namelessRemarks({ attributes, at }: Element, network: string | undefined): Remark[] {
  const alt = attributes.find(({ name }) => name === 'alt')
  if (alt === undefined ? network !== undefined : alt.value?.trim() !== '') return []
  const message = 'an icon has no words and no alt text: <mj-social-element>'
  const hint = 'write alt="…" or words that say where it leads: many inboxes show no images'
  return [{ fault: { code: 'email.alt', message, hint }, offset: at }]
}

/** An icon that was to lead to our page of a network, and would have it shared. */
export function sharedRemarks({ name, attributes }: Element, attributesAt: number): Remark[] {
  const written = (wanted: string): Attribute | undefined => attributes.find(attribute => attribute.name === wanted)
  const network = written('name')?.value ?? ''
  const href = written('href')
  if (name !== 'mj-social-element' || href?.value === undefined || !sharesPage(network, href.value)) return []
  const message = `the icon ${network} shares ${href.value} instead of leading there`
  return [
    {
      fault: { code: 'email.share', message, hint: `write name="${network}-noshare"` },
      offset: attributesAt + href.start,
    },
  ]
}

/** What rules of `<mj-style inline="inline">` need, which end in style attributes. */
export function inlineRuleRemarks(css: string, at: number, brand: Brand): Remark[] {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, comment => comment.replace(/\S/g, ' '))
  return [...bare.matchAll(/\{([^{}]*)\}/g)].flatMap(({ 1: declarations = '', index }) =>
    [...declarations.matchAll(/[^;]+/g)].flatMap(({ 0: declaration, index: inside }) =>
      support(declarationKeys(declaration), at + index + 1 + inside + declaration.search(/\S|$/), brand),
    ),
  )
}

function support(keys: readonly string[], offset: number, { mail }: Brand, what?: string): Remark[] {
  const clients: readonly string[] = mail?.clients ?? usualClients
  return keys.flatMap(key => {
    const lacking = (Object.hasOwn(unsupported, key) ? (unsupported[key] ?? '') : '')
      .split(' ')
      .filter(client => clients.includes(client))
    if (lacking.length === 0) return []
    const [kind = '', ...rest] = key.split(':')
    const shown = what ?? `${kinds[kind] ?? ''}${quote(rest.join(': '))}`
    const message = `${shown} is not shown everywhere in ${lacking.join(', ')}`
    const hint = 'see caniemail.com; the mail has to read well without it'
    return [{ fault: { code: 'email.support', message, hint }, offset }]
  })
}

const kinds: Readonly<Record<string, string>> = {
  property: 'the CSS ',
  value: 'the CSS ',
  sign: 'the CSS ',
  function: 'the CSS function ',
  unit: 'the CSS unit ',
  element: 'the element ',
  attribute: 'the attribute ',
}

/** What the declarations of a style attribute need: properties, some values, functions, units. */
export function declarationKeys(style: string): readonly string[] {
  const bare = style
    .toLowerCase()
    .replace(/"[^"]*"|'[^']*'/g, '')
    .replace(/url\([^)]*\)/g, '')
  return bare.split(';').flatMap(declaration => {
    const [, property = '', value = ''] = /^\s*([a-z-]+)\s*:\s*(.*?)\s*$/s.exec(declaration) ?? []
    if (property === '' || property.startsWith('mso-')) return []
    return [
      `property:${property}`,
      `value:${property}:${value}`,
      ...(value.includes('/') ? [`sign:${property}:/`] : []),
      ...[...value.matchAll(/([a-z-]+)\(/g)].map(([, called]) => `function:${called}`),
      ...[...value.matchAll(/(?<![\w#-])[\d.]+([a-z]+)/g)].map(([, unit]) => `unit:${unit}`),
    ]
  })
}
