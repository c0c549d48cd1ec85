/**
 * Makes src/channels/email/html/support.ts, the table of what mail programs do not show, of the data of "Can I email" (MIT).
 * `npm pack caniemail && tar xf caniemail-*.tgz && node scripts/clients.ts package/dist/data/caniemail.json`
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { mailClients } from '../src/model/index.ts'

interface Feature {
  readonly slug: string
  readonly title: string
  /** Client -> platform -> version -> `y`, `a` (partly), `n` or `u`, with notes. */
  readonly stats: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>
}

/** Mail programs with at least so many features tested are listed: of the others too little is known. */
const fewest = 200

/** Features whose title is not the name of a property, element or attribute. */
const named: Readonly<Record<string, readonly string[]>> = {
  'css-display-flex': ['value:display:flex'],
  'css-display-grid': ['value:display:grid'],
  'css-flex-direction': ['property:flex-direction'],
  'css-flex-wrap': ['property:flex-wrap'],
  'css-font': ['property:font'],
  'css-grid-template': ['columns', 'rows', 'areas'].map(name => `property:grid-template-${name}`),
  'css-linear-gradient': ['function:linear-gradient'],
  'css-radial-gradient': ['function:radial-gradient'],
  'css-conic-gradient': ['function:conic-gradient'],
  'css-modern-color': ['lch', 'oklch', 'lab', 'oklab'].map(name => `function:${name}`),
  'css-rgb': ['function:rgb'],
  'css-rgba': ['function:rgba'],
  'css-unit-calc': ['function:calc'],
  'css-variables': ['function:var'],
  'html-address': ['element:address'],
  'html-h1-h6': [1, 2, 3, 4, 5, 6].map(level => `element:h${level}`),
  'html-lists': ['ul', 'ol', 'dl'].map(name => `element:${name}`),
  'html-input-text': ['element:input'],
  'html-semantics': 'article aside figcaption figure footer header main mark nav section time'
    .split(' ')
    .map(name => `element:${name}`),
  'html-srcset': ['attribute:srcset', 'attribute:sizes'],
  'html-image-maps': ['element:map'],
}

/** Features that some show in part: what a note says that they leave out. */
const partly: Readonly<Record<string, readonly [key: string, note: string]>> = {
  'css-border-radius': ['sign:border-radius:/', '2'],
}

/** Selectors, at-rules and pseudo-classes stand in style blocks, which are improvements: what does not know them loses nothing. */
const passedOver =
  /^css-(at-|pseudo-|selector-|comments|important|nesting|inert|color-scheme|column-layout|unit-(initial|percent|px)|sytem)|^html-(anchor|aria|body|button|comments|dir|doctype|input|lang|mailto|meta|role|style|target)/

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('which file? see the head of this script')
const { data, last_update_date: updated } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly data: readonly Feature[]
  readonly last_update_date: string
}

const tested = new Map<string, number>()
const table: Record<string, readonly string[]> = {}
for (const feature of data) {
  for (const client of new Set(platformsOf(feature).map(({ client }) => client)))
    tested.set(client, (tested.get(client) ?? 0) + 1)
}
const clients = [...tested].flatMap(([client, count]) => (count >= fewest ? [client] : [])).sort()
const unlisted = clients.filter(client => !(mailClients as readonly string[]).includes(client))
if (unlisted.length > 0 || clients.length !== mailClients.length)
  throw new Error(`mailClients of src/model/brand.ts should be: ${clients.join(' ')}`)
for (const feature of data) {
  const lacking = platformsOf(feature).filter(
    ({ latest, client }) => latest.startsWith('n') && clients.includes(client),
  )
  const names = namesOf(lacking)
  if (names.length > 0) for (const key of keysOf(feature)) table[key] = names
  const [key, note] = partly[feature.slug] ?? []
  if (key !== undefined)
    table[key] = namesOf(
      platformsOf(feature).filter(({ latest, client }) => latest === `a #${note}` && clients.includes(client)),
    )
}

const day = new Date(updated).toISOString().slice(0, 10)
const lines = Object.keys(table)
  .sort()
  .map(key => `  '${key}': '${(table[key] ?? []).join(' ')}',`)
writeFileSync(
  fileURLToPath(new URL('../src/channels/email/html/support.ts', import.meta.url)),
  `/** What mail programs do not show. Made by scripts/clients.ts of the data of "Can I email" (caniemail.com, MIT), as of ${day}: do not edit. */

/** By \`property:\`, \`value:\`, \`sign:\` (in a value), \`function:\`, \`unit:\`, \`element:\` or \`attribute:\`: clients of which at least one platform does not show it. */
export const unsupported: Readonly<Record<string, string>> = {
${lines.join('\n')}
}
`,
)

function namesOf(platforms: readonly { readonly client: string }[]): readonly string[] {
  return [...new Set(platforms.map(({ client }) => client))].sort()
}

/** Windows Mail is left out: it is no longer to be had. */
function platformsOf({ stats }: Feature): { readonly client: string; readonly latest: string }[] {
  return Object.entries(stats).flatMap(([family, platforms]) =>
    Object.entries(platforms)
      .filter(([platform]) => platform !== 'windows-mail')
      .map(([platform, versions]) => ({
        client: family === 'outlook' && platform === 'windows' ? 'outlook-windows' : family,
        latest: Object.values(versions).at(-1) ?? 'u',
      })),
  )
}

function keysOf({ slug, title }: Feature): readonly string[] {
  const known = named[slug]
  if (known !== undefined) return known
  if (passedOver.test(slug)) return []
  const unit = /^css-unit-(\w+)$/.exec(slug)?.[1]
  if (unit !== undefined) return [`unit:${unit}`]
  const called = /^css-function-([\w-]+)$/.exec(slug)?.[1]
  if (called !== undefined) return [`function:${called}`]
  if (slug.startsWith('css-'))
    return title
      .replace(/ (CSS )?property$/, '')
      .split(/\s*[,&]\s*/)
      .filter(name => /^[a-z-]+$/.test(name))
      .map(name => `property:${name}`)
  const element = /^(?:Embedded )?<(\w+)>/.exec(title)?.[1]
  if (element !== undefined) return [`element:${element}`]
  const attribute = /^([\w-]+) attribute$/.exec(title)?.[1]
  return attribute === undefined ? [] : [`attribute:${attribute}`]
}
