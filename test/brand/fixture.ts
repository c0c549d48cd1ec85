/** A small whole brand as a kit, for tests that need one; single files can be replaced or left out. */
import { readFileSync } from 'node:fs'
import { loadBrand } from '../../src/brand/index.ts'
import type { Brand, Kit, KitFile } from '../../src/model/index.ts'

const fonts = '../../node_modules/@expo-google-fonts/source-sans-3'

/** Bytes of Source Sans 3, by weight. */
export const font = {
  regular: readFileSync(new URL(`${fonts}/400Regular/SourceSans3_400Regular.ttf`, import.meta.url)),
  semibold: readFileSync(new URL(`${fonts}/600SemiBold/SourceSans3_600SemiBold.ttf`, import.meta.url)),
}

export const brandYaml = `name: Nord & Sohn
locale: uk-UA
currency: UAH
timezone: Europe/Kyiv
colors: { ink: "#1B1F24", accent: "#0B6E4F", muted: "#525B66", tint: "#F3F5F7", paper: "#FFFFFF" }
dark: { ink: "#ECEFF2", accent: "#5FCBA4", muted: "#A9B2BC", tint: "#22272D", paper: "#15181C" }
fonts:
  text:
    regular: fonts/regular.ttf
    bold: fonts/semibold.ttf
    mail: "'Source Sans 3', 'Segoe UI', Arial, sans-serif"
classes:
  muted: { color: muted, font-size: 8.5pt, email: { font-size: 14px, line-height: 20px } }
  total: { font-weight: 600, font-size: 13pt, text-align: right, email: { font-size: 18px, line-height: 26px } }
images: { logo: logo.svg }
senders: { email: { name: Nord & Sohn, address: billing@nord.example, replyTo: help@nord.example }, sms: NORDSOHN }
company: { iban: UA213223130000026007233566001, address: [Khreshchatyk 1, 01001 Kyiv] }
style: { de: { prefer: { Rechnung: [Faktura] }, address: Sie, maxWordsPerSentence: 25 } }
`

export const logoSvg = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="32" viewBox="0 0 120 32">
<rect width="32" height="32" rx="6" fill="#0B6E4F"/><path d="M9 23V9l14 14V9" stroke="#fff" stroke-width="3" fill="none"/>
<text x="42" y="23" font-family="sans-serif" font-size="20" font-weight="bold" fill="#1B1F24">Nord</text></svg>`

export type Files = Readonly<Record<string, string | Uint8Array | undefined>>

/** The kit, with files replaced (by name inside `assets/`) or, where undefined, left out. */
export function brandKit(changed: Files = {}): Kit {
  const files: Files = {
    'brand.yaml': brandYaml,
    'logo.svg': logoSvg,
    'fonts/regular.ttf': font.regular,
    'fonts/semibold.ttf': font.semibold,
    'partials/legal.hbs': '<p>{{brand.name}}</p>',
    'partials/legal.email.hbs': '<span>{{brand.name}}, Kyiv</span>',
    'text/uk.json': '{ "regards": "З повагою" }',
    ...changed,
  }
  const kit = new Map<string, KitFile>()
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) continue
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
    kit.set(`assets/${name}`, { name: `assets/${name}`, shown: `factory/assets/${name}`, bytes })
  }
  return kit
}

/** brand.yaml with one text replaced by another. */
export function changedYaml(from: string, to: string): Files {
  if (!brandYaml.includes(from)) throw new Error(`the fixture has no ${from}`)
  return { 'brand.yaml': brandYaml.replace(from, to) }
}

/** The brand of the fixture. */
export async function fixtureBrand(changed: Files = {}): Promise<Brand> {
  const brand = await loadBrand(brandKit(changed))
  if (!brand.ok) throw new Error(JSON.stringify(brand.faults, null, 1))
  return brand.value
}
