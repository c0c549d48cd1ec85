/** Contrast in every combination of what blocks choose around a text. */
import { beforeAll, expect, test, vi } from 'vitest'
import type { Brand } from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'
import { column, mail, prepared } from '../template.ts'

vi.mock('../../../../src/channels/email/press/ask.ts', async () => ({
  ask: (await import('../../../../src/channels/email/press/pressing.ts')).pressMjml,
}))

let brand: Brand

beforeAll(async () => {
  const { dark: _dark, ...light } = await fixtureBrand()
  brand = light as Brand
})

const sheet =
  '<mj-style>.dark{background:#111111}.light{background:#ffffff}.pale{color:#ffffff}.ink{color:#000000}</mj-style>'

/** Colours and lines of what stands out too little. */
async function contrasts(row: string): Promise<readonly string[]> {
  const { warnings = [] } = await prepared(mail(column(`<mj-table>${row}</mj-table>`), 'Invoice', sheet), brand)
  return warnings
    .filter(({ code }) => code === 'email.contrast')
    .map(({ message }) => /\((#.*)\)/.exec(message)?.[1] ?? message)
    .sort()
}

test('what blocks choose in two nested elements is measured in all combinations', async () => {
  expect(
    await contrasts(
      '<tr><td class="{{#if a}}dark{{else}}light{{/if}}"><span class="{{#if b}}pale{{else}}ink{{/if}}">x</span></td></tr>',
    ),
  ).toEqual(['#000000 on #111111', '#FFFFFF on #FFFFFF'])
})

test('what cannot be at once is not measured', async () => {
  const dark = '<tr><td class="{{#if a}}dark{{else}}light{{/if}}">'
  expect(await contrasts(`${dark}<span class="{{#unless a}}ink{{else}}pale{{/unless}}">x</span></td></tr>`)).toEqual([])
  expect(
    await contrasts(
      `${dark}{{#if a}}<span class="pale">x</span>{{else if b}}<b class="ink">y</b>{{else}}<i class="ink">z</i>{{/if}}</td></tr>`,
    ),
  ).toEqual([])
  expect(await contrasts(`${dark}{{#if b}}<b class="pale">x</b>{{else}}<b class="ink">y</b>{{/if}}</td></tr>`)).toEqual(
    ['#000000 on #111111', '#FFFFFF on #FFFFFF'],
  )
  // Inside of a loop the same word asks another thing.
  expect(
    await contrasts(`${dark}{{#each rows}}<span class="{{#if a}}pale{{else}}ink{{/if}}">x</span>{{/each}}</td></tr>`),
  ).toEqual(['#000000 on #111111', '#FFFFFF on #FFFFFF'])
})

test('too many ways are told', async () => {
  const chain = [...'abcdefg'].map(name => `<b class="{{#if ${name}}}ink{{/if}}">`).join('')
  expect(await contrasts(`<tr><td>${chain}x${'</b>'.repeat(7)}</td></tr>`)).toEqual([
    'blocks choose in more than 32 ways how this text looks (64 of a mail), and contrast is not measured in all of them',
  ])
})
