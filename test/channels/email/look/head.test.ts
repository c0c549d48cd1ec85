/** What the brand puts into the head of a mail: colours that give way to their dark twins. */
import { expect, test } from 'vitest'
import { headOf } from '../../../../src/channels/email/look/head.ts'
import type { Brand } from '../../../../src/model/index.ts'

const brand = { colors: { ink: '#1B1F24' }, dark: { ink: '#F0F0F0' }, fonts: {}, classes: {} } as unknown as Brand

/** The parts of a style that the rule for borders looks for. */
function lookedFor(): string[] {
  const head = headOf(brand, (_name, value) => value)
  const rules = head.match(/[^{}]+(?=\{border-(?:\w+-)?color:#F0F0F0 !important\})/g) ?? []
  return [...rules.join().matchAll(/\[style\*="([^"]+)" i\]/g)].map(match => match[1] ?? '')
}

test.each([
  'border-top:2px solid #1B1F24',
  'border:1px dashed #1b1f24',
  'border-left:3px dotted #1B1F24',
  'border-bottom:3px double #1B1F24',
  'border-top:solid 1px #1B1F24',
  'border-color:#1B1F24',
  'border-color: #1b1f24',
  'border: #1B1F24 1px solid',
  'border-bottom:#1B1F24 2px solid',
  'border-left-color: #1B1F24',
])('the dark colour takes the place of the light one in %s', style => {
  expect(lookedFor().filter(part => style.toLowerCase().includes(part.toLowerCase()))).toHaveLength(1)
})

test('a border of another colour stays', () => {
  expect(lookedFor().filter(part => 'border-top:2px solid #ABCDEF'.includes(part))).toEqual([])
})

test.each(['color: #1B1F24', 'padding:0;color: #1b1f24', 'padding:0; color: #1B1F24'])('and in %s', style => {
  const head = headOf(brand, (_name, value) => value)
  const rule = /[^{}]+(?=\{color:#F0F0F0 !important\})/.exec(head)?.[0] ?? ''
  const found = [...rule.matchAll(/\[style([*^])="([^"]+)" i\]/g)].filter(([, where, part = '']) =>
    where === '^'
      ? style.toLowerCase().startsWith(part.toLowerCase())
      : style.toLowerCase().includes(part.toLowerCase()),
  )
  expect(found).toHaveLength(1)
})

test('and in a ground with a blank behind the colon', () => {
  const head = headOf(brand, (_name, value) => value)
  expect(head).toContain('[style*="background-color: #1B1F24" i]')
})

test('on a telephone cells of the class words break long words alone, in a block of their own', () => {
  const blocks = [...headOf(brand, (_name, value) => value).matchAll(/<style[^>]*>([^<]*)/g)].map(([, css]) => css)
  expect(blocks[1]).toBe(
    '@media (max-width:480px){td.words{word-break:normal !important;overflow-wrap:break-word;max-width:150px;max-width:40vw}}',
  )
  expect(blocks[0]).not.toContain('@media')
})
