/**
 * Mail merge: HTML, plain part and subject of one mail, against bare Handlebars over the same pressed texts in the same process, and
 * MJML compiled for each message beside them. `node bench/mail.ts [mails]`. Rounds alternate, and the fastest of each counts: what else
 * the machine does can only slow one down. Then whole messages, with headers and encodings.
 */
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import Handlebars from 'handlebars'
import { loadBrand } from '../src/brand/index.ts'
import { email } from '../src/channels/email/index.ts'
import { pressMjml } from '../src/channels/email/press/pressing.ts'
import type { Brand, Communication, KitFile, MergeText, Template } from '../src/model/index.ts'
import { readFolder } from '../src/run/plan/kit.ts'
import { helpers } from '../src/template/helpers.ts'
import { compileMerge } from '../src/template/index.ts'

const rounds = 9

/** Eight sections, eight rows, values and blocks. */
const mjml = `<mjml>
  <mj-head><mj-title>Invoice {{number}}: {{total}}</mj-title><mj-preview>Due on {{due}}, {{customer.name}}</mj-preview></mj-head>
  <mj-body>
${Array.from(
  { length: 7 },
  (_, at) => `    <mj-section><mj-column>
      <mj-text>{{customer.name}}, {{customer.city}}: part ${at + 1}</mj-text>
      {{#if due}}<mj-text>Please pay {{total}} by {{due}}.</mj-text>{{else}}<mj-text>Paid.</mj-text>{{/if}}
    </mj-column></mj-section>`,
).join('\n')}
    <mj-section><mj-column>
      <mj-table>{{#each lines}}<tr><td>{{quantity}}</td><td>{{description}}</td><td>{{amount}}</td></tr>{{/each}}</mj-table>
      <mj-button href="https://nord.example/pay">Pay {{total}}</mj-button>
    </mj-column></mj-section>
  </mj-body>
</mjml>
`

const communicationAt = (at: number): Communication => ({
  id: `N-${at}`,
  locale: 'en-GB',
  recipient: { name: `Customer O'Brien ${at}`, email: `customer${at}@example.com` },
  data: {
    number: `N-${at}`,
    total: `£${at}.50`,
    due: '23 March 2026',
    customer: { name: `Customer O'Brien ${at}`, city: 'Kharkiv & Kyiv' },
    lines: Array.from({ length: 8 }, (_, line) => ({
      quantity: line + 1,
      description: `Article no. ${line} of the catalogue`,
      amount: `${at}.${line}0`,
    })),
  },
})

const mails = Number(process.argv[2] ?? 2_000)
const [cpu] = cpus()
console.log(`${mails} mails of 8 sections and 8 rows, Node ${process.version}, ${cpus().length} × ${cpu?.model}\n`)

const brand = await readBrand()
const prepared = await email.prepare({
  sources: { 'email.mjml.hbs': { file: 'email.mjml.hbs', text: mjml } },
  settings: {},
  brand,
})
if (!prepared.ok) throw new Error(JSON.stringify(prepared.faults))
const { texts } = prepared.value
const run = { name: 'bench', date: '2026-03-09', set: {} }
const compiled = compileMerge({ template: templateOf(), brand, texts, channel: 'email', run })
if (!compiled.ok) throw new Error(JSON.stringify(compiled.faults))
const { merge } = compiled.value
const bare = bareHandlebars(texts)
const communications = Array.from({ length: mails }, (_, at) => communicationAt(at))
const opened = await email.open(prepared.value, { brand, settings: {} })

assertSame()
const ours: number[] = []
const theirs: number[] = []
const whole: number[] = []
for (let round = 0; round < rounds; round += 1) {
  theirs.push(await cpuMs(() => communications.forEach(bare)))
  ours.push(await cpuMs(() => communications.forEach(one => void merge(one))))
  whole.push(
    await cpuMs(async () => {
      for (const communication of communications) {
        const merged = merge(communication)
        if (!merged.ok) throw new Error('not merged')
        const piece = await opened.render({ communication, date: run.date, texts: merged.value, enclosed: {} })
        if (!piece.ok) throw new Error(JSON.stringify(piece.faults))
      }
    }),
  )
}
const pressed: number[] = []
for (let round = 0; round < 3; round += 1)
  pressed.push(
    await cpuMs(async () => void (await Promise.all(Array.from({ length: 20 }, () => pressMjml(plainMjml()))))),
  )

const per = (all: readonly number[], count = mails): number => Math.min(...all) / count
console.log('| work | CPU ms per mail | mails per CPU-second | against bare Handlebars |\n|---|---|---|---|')
row('bare Handlebars, HTML + text + subject', per(theirs))
row('merge, HTML + text + subject', per(ours))
row('merge, and the whole message written', per(whole))
row('MJML compiled for each message, without a merge', per(pressed, 20))

function row(work: string, ms: number): void {
  const ratio = per(theirs) / ms
  console.log(
    `| ${work} | ${ms.toFixed(4)} | ${Math.round(1000 / ms)} | ${ratio < 0.01 ? ratio.toFixed(4) : ratio.toFixed(2)} |`,
  )
}

/** What a program would do with the pressed texts that knows nothing of us. */
function bareHandlebars(all: Readonly<Record<string, MergeText>>): (communication: Communication) => void {
  const instance = Handlebars.create()
  instance.registerHelper('urlPart', (value: unknown) => helpers.urlPart?.(undefined as never, [value], {}))
  const fills = Object.values(all).map(one => instance.compile(one.text, { noEscape: one.escape === 'none' }))
  return ({ data, locale }) => {
    for (const fill of fills) fill({ ...data, locale, brand })
  }
}

/** Both say the same: else one of them would have done less. */
function assertSame(): void {
  const communication = communicationAt(7)
  const merged = merge(communication)
  const instance = Handlebars.create()
  for (const [name, one] of Object.entries(texts)) {
    const theirs = instance.compile(one.text, { noEscape: one.escape === 'none' })({
      ...communication.data,
      locale: communication.locale,
    })
    const mine = merged.ok ? merged.value[name] : undefined
    // Handlebars writes other references for the same characters.
    if (mine?.replaceAll('&#39;', '&#x27;') !== theirs) throw new Error(`${name} differs`)
  }
}

/** CPU milliseconds of this process, user and system. */
async function cpuMs(work: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** The template with its blocks taken out, as it would be after a merge that comes first. */
function plainMjml(): string {
  return mjml.replace(/\{\{[#/][^}]*\}\}|\{\{else\}\}/g, '').replace(/\{\{[^}]*\}\}/g, 'value')
}

function templateOf(): Template {
  return {
    name: 'bench',
    file: 'template.yaml',
    version: 1,
    once: 'ever',
    recipient: {},
    facts: [],
    channels: {},
    schema: {},
    schemaFile: 'schema.json',
    sources: {},
    wording: {},
    samples: {},
  }
}

async function readBrand(): Promise<Brand> {
  const kit = new Map<string, KitFile>()
  readFolder(fileURLToPath(new URL('../assets', import.meta.url)), 'assets', kit, [])
  const loaded = await loadBrand(kit)
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  return loaded.value
}
