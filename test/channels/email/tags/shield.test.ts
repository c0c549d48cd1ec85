/** What a template says behind shields is what Handlebars itself makes of it. */
import fc from 'fast-check'
import Handlebars from 'handlebars'
import { expect, test } from 'vitest'
import { newShields, shieldTags } from '../../../../src/channels/email/tags/shield.ts'

/** A template through shields and back; blanks beside each other are one, as in HTML. */
function through(source: string): string {
  const shields = newShields()
  return said(shields.lift(shieldTags(source, shields).text))
}

const said = (source: string): string => Handlebars.compile(source)({ name: 'Olena', on: true }).replace(/\s+/g, ' ')

test.each([
  ['{{name~}} {{!-- c --}} today', 'Olena today'],
  ['{{name~}}{{! c }} today', 'Olena today'],
  ['Dear {{! c }} {{~name}}', 'Dear Olena'],
  ['a {{~! c ~}} b', 'ab'],
  ['a {{~!-- c --}} b', 'a b'],
  ['{{name~}} {{! c }} {{! d ~}} today', 'Olena today'],
  ['{{#if on~}} {{! c }} today{{~/if}}', ' today'],
])('%s', (source, expected) => {
  expect(said(source)).toBe(expected)
  expect(through(source)).toBe(expected)
})

test('comments part what Handlebars parts, and nothing else', () => {
  const tag = fc
    .tuple(fc.constantFrom('', '~'), fc.constantFrom('name', '! c ', '!-- }} --'), fc.constantFrom('', '~'))
    .map(([before, inner, after]) => `{{${before}${inner}${after}}}`)
  const piece = fc.oneof(tag, tag, fc.constantFrom(' ', '\t', 'x', ' x ', '\\{{name}}'))
  const { text } = fc.letrec<{ text: string; node: string }>(tie => ({
    text: fc.array(tie('node'), { maxLength: 6 }).map(pieces => pieces.join('')),
    node: fc.oneof(
      { maxDepth: 2 },
      piece,
      fc
        .tuple(fc.constantFrom('{{#if on}}', '{{~#if on~}}'), tie('text'), fc.constantFrom('{{/if}}', '{{~/if~}}'))
        .map(parts => parts.join('')),
    ),
  }))
  fc.assert(
    fc.property(text, inner => {
      // In one line: one that a comment has to itself stays as a blank.
      const source = `a${inner}b`
      expect(through(source)).toBe(said(source))
    }),
    { numRuns: 2_000 },
  )
})

test('places behind a comment are those of the source', () => {
  const source = 'a {{name~}}  \n {{! c }} today {{! d ~}} \n x'
  const { text, sourceOffset } = shieldTags(source, newShields())
  for (const word of ['today', 'x']) expect(sourceOffset(text.indexOf(word))).toBe(source.indexOf(word))
})
