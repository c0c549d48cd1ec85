/** Templates as people have them, with loops and conditions: they come through MJML without loss, or are told where they would not. */
import { readdirSync, readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import { beforeAll, expect, test, vi } from 'vitest'
import { email } from '../../../src/channels/email/index.ts'
import { type Brand, describe as inWords } from '../../../src/model/index.ts'
import { fixtureBrand } from '../../brand/fixture.ts'

// Pressed here and not in a process of its own, which would take a second each.
vi.mock('../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

const folder = new URL('wild/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(`${name}.mjml.hbs`, folder), 'utf8')

/** What cannot be kept, where it stands, and what to do. */
const told: Readonly<Record<string, readonly string[]>> = {
  layout: ['layout:6:5: "{{{{raw}}}}" stands in mj-body, where MJML loses it; put it into mj-text'],
  parcel: [
    'parcel:4:5: mj-include is not taken; put the block into assets/partials and write {{> name}}',
    'parcel:5:5: "{{#if dark}}" stands in mj-head, where MJML loses it; put it inside mj-body, or inside the text it decides about',
    'parcel:5:56: "{{/if}}" stands in mj-head, where MJML loses it; put it inside mj-body, or inside the text it decides about',
    'parcel:10:18: "{{#if late}}" decides about attributes of mj-text, which MJML compiles only once; write the component twice, in {{#if}} and {{else}}',
    'parcel:10:45: "{{/if}}" decides about attributes of mj-text, which MJML compiles only once; write the component twice, in {{#if}} and {{else}}',
    'parcel:11:18: "{{status}}" stands in mj-class of mj-text, which MJML compiles only once; use an mj-class of brand.yaml, or write the component twice, in {{#if}} and {{else}}',
    'parcel:12:18: "{{#if late}}" stands in color of mj-text, which MJML compiles only once; use an mj-class of brand.yaml, or write the component twice, in {{#if}} and {{else}}',
    'parcel:14:7: text stands in mj-section, where mail would not show it; put it into mj-text',
    'parcel:14:12: "{{name}}" stands in mj-section, where MJML loses it; put it into mj-text',
  ],
  reminder: [
    'reminder:4:17: "{{#if last}}" stands in background-color of mj-section, which MJML compiles only once; use an mj-class of brand.yaml, or write the component twice, in {{#if}} and {{else}}',
    'reminder:6:7: mj-carousel is not taken: it is given random ids; use mj-image, mj-text or mj-button',
    'reminder:6:20: "{{#each pictures}}" stands in mj-carousel, where MJML loses it; put it inside mj-body, or inside the text it decides about',
    'reminder:6:78: "{{/each}}" stands in mj-carousel, where MJML loses it; put it inside mj-body, or inside the text it decides about',
    'reminder:7:17: "{{#each open}}" is opened in mj-table and closed elsewhere; put the whole block inside the text of a component, or around whole components',
  ],
}

let brand: Brand

beforeAll(async () => {
  brand = await fixtureBrand()
})

/** By the way that `check` and `run` go: inline rules, partials and the plain part too. */
async function prepared(name: string) {
  const answer = { file: 'assets/partials/answer.hbs', text: '<p>{{reply}}</p>' }
  const own = { ...brand, partials: { ...brand.partials, answer } }
  return email.prepare({ sources: { 'email.mjml.hbs': { file: name, text: read(name) } }, settings: {}, brand: own })
}

/** Tags in their order by the parser of Handlebars itself, which knows nothing of ours. */
function tagsOf(text: string): readonly string[] {
  const tags: string[] = []
  const visit = (program: hbs.AST.Program | undefined): void => {
    for (const statement of program?.body ?? []) {
      if (statement.type === 'ContentStatement' || statement.type === 'CommentStatement') continue
      const { path, name, params, program, inverse } = statement as hbs.AST.BlockStatement & {
        name?: { original: string }
      }
      tags.push(`${statement.type} ${path?.original ?? name?.original} ${JSON.stringify(params.map(wordOf))}`)
      if (statement.type !== 'BlockStatement') continue
      visit(program)
      if (inverse !== undefined && inverse !== null) tags.push('else')
      visit(inverse)
      tags.push('end')
    }
  }
  visit(Handlebars.parse(text))
  return tags
}

const wordOf = (expression: hbs.AST.Expression): string => (expression as hbs.AST.PathExpression).original

const element = /<(?:[^<>"']|"[^"]*"|'[^']*')*>/g

/** Tags that stand in text, in their order; and those in attributes. */
function partsOf(body: string): { readonly text: readonly string[]; readonly attributes: ReadonlySet<string> } {
  const bare = body.replace(/<!--[\s\S]*?-->/g, '')
  const attributes = [...bare.matchAll(element)].flatMap(([tag]) =>
    [...tag.matchAll(/"([^"]*\{\{[^"]*)"/g)].flatMap(([, value = '']) => tagsOf(value)),
  )
  return { text: tagsOf(bare.replace(element, '')), attributes: new Set(attributes) }
}

/** Words that stand in text, also what only Outlook shows, without those of tags. */
function wordsOf(body: string): readonly string[] {
  return body
    .replace(/\{\{~?!--[\s\S]*?--~?\}\}/g, ' ')
    .replace(/<!--\[if [^\]]*\]>(?:<!-->)?|(?:<!--)?<!\[endif\]-->/g, ' ')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/\{\{(?:[^}"']|"[^"]*"|'[^']*')*\}\}/g, ' ')
    .replace(element, ' ')
    .split(/(?:\s|&nbsp;|&#160;|\u00a0)+/)
    .filter(word => word !== '')
}

/** Words that are not found in their order, from the first on. */
function lacking(wanted: readonly string[], found: readonly string[]): readonly string[] {
  let at = 0
  for (const [index, word] of wanted.entries()) {
    const next = found.indexOf(word, at)
    if (next < 0) return wanted.slice(index, index + 5)
    at = next + 1
  }
  return []
}

test.each(readdirSync(folder).map(file => file.replace('.mjml.hbs', '')))('%s', async name => {
  const result = await prepared(name)
  const faults = result.ok ? [] : result.faults.map(fault => `${inWords(fault)}; ${fault.hint}`)
  expect(faults).toEqual(told[name] ?? [])
  if (!result.ok) return
  const { html, subject, text } = result.value.texts
  const written = read(name)
  const inside = (element: string): string =>
    new RegExp(`<${element}\\b[^>]*>([\\s\\S]*)</${element}>`).exec(written)?.[1] ?? ''
  expect(tagsOf(subject?.text ?? '')).toEqual(tagsOf(inside('mj-title')))
  // The preview stands in front of the body's own text.
  const wanted = partsOf(inside('mj-preview') + inside('mj-body'))
  const found = partsOf(/<body\b[\s\S]*<\/body>/.exec(html?.text ?? '')?.[0] ?? '')
  expect(found.text).toEqual(wanted.text)
  expect([...wanted.attributes].filter(tag => !found.attributes.has(tag))).toEqual([])
  const body = /<body\b[\s\S]*<\/body>/.exec(html?.text ?? '')?.[0] ?? ''
  expect(lacking(wordsOf(inside('mj-body')), wordsOf(body))).toEqual([])
  expect(tagsOf(text?.text ?? '').length).toBeGreaterThan(0)
})
