/** What the brand puts into the head of every mail: defaults, classes, and styles that attributes cannot say. */
import type { Brand } from '../../../model/index.ts'
import { familyOf, plainFont, quotesSafe } from './family.ts'

/** MJML for `mj-head`, on one line, so that a template's lines keep their numbers. */
export function headOf(brand: Brand, attribute: (name: string, value: string) => string): string {
  return `<mj-attributes>${defaults(brand)}${classes(brand, attribute)}</mj-attributes><mj-raw>${styles(brand)}</mj-raw>`
}

/** Colours named ink, paper, accent and muted are used without being asked for; a template's own attributes win over all of these. */
function defaults({ colors, fonts }: Brand): string {
  const own = (name: string, other: string): string => (Object.hasOwn(colors, name) ? (colors[name] ?? other) : other)
  const family = quotesSafe(familyOf({ fonts }, 'text') ?? plainFont)
  const ink = own('ink', '#000000')
  const muted = own('muted', '#808080')
  const text = `font-size="16px" line-height="24px" color="${ink}"`
  const accent = own('accent', '#000000')
  return [
    `<mj-all font-family="${family}"/>`,
    Object.hasOwn(colors, 'paper') ? `<mj-body background-color="${colors['paper']}"/>` : '',
    '<mj-section padding="0 16px"/><mj-hero padding="0 16px"/>',
    `<mj-text padding="0 0 8px" ${text}/><mj-table padding="0 0 16px" ${text}/>`,
    '<mj-image padding="0" align="left"/>',
    `<mj-divider padding="0 0 16px" border-width="1px" border-color="${muted}"/>`,
    // Padding of the icons stands here: on mj-social-element it would win over a template's `inner-padding`.
    `<mj-social padding="0 0 16px" align="left" inner-padding="4px 8px 4px 0" text-padding="4px 16px 4px 0" font-size="14px" line-height="20px" color="${ink}"/>`,
    `<mj-navbar padding="0 0 16px" align="left"/><mj-navbar-link padding="0 16px 0 0" font-size="16px" line-height="24px" text-transform="none" color="${ink}"/>`,
    `<mj-accordion padding="0 0 16px" border="1px solid ${muted}"/><mj-accordion-title font-size="16px" color="${ink}"/><mj-accordion-text ${text}/>`,
    `<mj-button padding="8px 0 16px" align="left" font-size="16px" line-height="24px" font-weight="bold" border-radius="4px" inner-padding="12px 24px" background-color="${accent}" color="${own('paper', '#FFFFFF')}"/>`,
  ].join('')
}

/** Attributes of classes that mean something in mail, with the name that MJML gives them. */
const mailNames: Readonly<Record<string, string>> = { 'text-align': 'align', background: 'background-color' }
const known =
  /^(align|(container-|inner-)?background-color|color|font-(family|size|style|weight)|line-height|letter-spacing|text-(decoration|transform)|vertical-align|(inner-)?padding(-(top|right|bottom|left))?|border(-(top|right|bottom|left|radius|color|width|style))?|width|height|css-class)$/

function classes(brand: Brand, attribute: (name: string, value: string) => string): string {
  return Object.keys(brand.classes)
    .filter(name => !name.endsWith('.email'))
    .map(name => {
      const written = Object.entries({ ...brand.classes[name], ...brand.classes[`${name}.email`] })
        .map(([inner, value]) => [mailNames[inner] ?? inner, value === 'decimal' ? 'right' : value] as const)
        .filter(([inner]) => known.test(inner))
        .map(([inner, value]) => ` ${inner}="${escapeAttribute(attribute(inner, value))}"`)
      return `<mj-class name="${name}"${written.join('')}/>`
    })
    .join('')
}

/**
 * Words of the class `words` on a telephone. `anywhere` lets a column shrink to a letter, so that a neighbour with more text took its
 * room: Chromium at 375 px broke `Monate` in three in a table of four columns. `break-word` breaks no word that the cell can grow to, and
 * `max-width` keeps it from growing to one longer than that (15 to 18 letters of 16 px); it is no limit where there is room to share.
 */
const narrow =
  '<style type="text/css">@media (max-width:480px){td.words{word-break:normal !important;overflow-wrap:break-word;max-width:150px;max-width:40vw}}</style>'

/**
 * Style blocks, since some mail programs drop a whole block for one selector that they do not know: links in the accent and
 * words of tables whole (MJML breaks them anywhere, amounts too), but for cells of the class `words`, where one long word would push
 * the amount beside it out of sight; these on a telephone; and dark colours. Wherever a colour of the brand was written
 * into a style, its dark twin takes its place.
 */
function styles({ colors, dark = {} }: Brand): string {
  const link = Object.hasOwn(colors, 'accent') ? `a{color:${colors['accent']}}` : ''
  const base = `<style type="text/css">td,th{word-break:normal !important;overflow-wrap:break-word}td.words{word-break:break-word !important;overflow-wrap:anywhere}div{overflow-wrap:anywhere}${link}</style>${narrow}`
  if (Object.keys(dark).length === 0) return base
  const rules = Object.entries(dark).map(([name, color]) => {
    const light = colors[name] ?? ''
    // By hand a blank stands behind the colon, MJML writes none.
    const held = (property: string): string[] => ['', ' '].map(blank => `[style*="${property}:${blank}${light}" i]`)
    const text = ['', ';', '; '].flatMap(before =>
      ['', ' '].map(blank => `[style${before === '' ? '^' : '*'}="${before}color:${blank}${light}" i]`),
    )
    const ground = [...held('background'), ...held('background-color'), `[bgcolor="${light}" i]`]
    // MJML's dividers end in the width (`solid 1px`), CSS by hand in the style (`1px solid`); the colour may come first, or alone.
    const line = [
      ...['px', 'solid', 'dashed', 'dotted', 'double'].map(last => `[style*="${last} ${light}" i]`),
      ...['border', 'border-color'].flatMap(held),
    ]
    const sides = ['top', 'right', 'bottom', 'left'].map(
      side =>
        `${[`border-${side}`, `border-${side}-color`].flatMap(held).join(',')}{border-${side}-color:${color} !important}`,
    )
    return [
      name === 'accent' ? `a{color:${color}}` : '',
      `${text.join(',')}{color:${color} !important}`,
      `${ground.join(',')}{background-color:${color} !important}`,
      `${line.join(',')}{border-color:${color} !important}`,
      ...sides,
    ].join('')
  })
  const metas =
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
  return `${base}${metas}<style type="text/css">:root{color-scheme:light dark}@media (prefers-color-scheme:dark){${rules.join('')}}</style>`
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
