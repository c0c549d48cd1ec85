/** What the brand puts into the head of a mail: colours that give way to their dark twins. */
import { expect, test } from 'vitest'
import { headOf } from '../../../src/channels/email/head.ts'
import type { Brand } from '../../../src/model/index.ts'

const brand = { colors: { ink: '#1B1F24' }, dark: { ink: '#F0F0F0' }, fonts: {}, classes: {} } as unknown as Brand

/** The parts of a style that the rule for borders looks for. */
function lookedFor(): string[] {
  const head = headOf(brand, (_name, value) => value)
  const rule = /[^{}]+(?=\{border-color:#F0F0F0 !important\})/.exec(head)?.[0] ?? ''
  return [...rule.matchAll(/\[style\*="([^"]+)" i\]/g)].map(match => match[1] ?? '')
}

test.each([
  'border-top:2px solid #1B1F24',
  'border:1px dashed #1b1f24',
  'border-left:3px dotted #1B1F24',
  'border-bottom:3px double #1B1F24',
  'border-top:solid 1px #1B1F24',
])('the dark colour takes the place of the light one in %s', style => {
  expect(lookedFor().filter(part => style.toLowerCase().includes(part.toLowerCase()))).toHaveLength(1)
})

test('a border of another colour stays', () => {
  expect(lookedFor().filter(part => 'border-top:2px solid #ABCDEF'.includes(part))).toEqual([])
})
