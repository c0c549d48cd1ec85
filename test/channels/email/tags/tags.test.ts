/** Handlebars tags are found as Handlebars itself would. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newShields, shieldTags } from '../../../../src/channels/email/tags/shield.ts'
import { findTags } from '../../../../src/channels/email/tags/tags.ts'

test.each([
  ['{{name}}', 'value', 'name', ''],
  ['{{{name}}}', 'value', 'name', ''],
  ['{{~money total~}}', 'value', 'money', 'total'],
  ['{{&name}}', 'value', 'name', ''],
  ['{{#each lines as |line|}}', 'block', 'each', 'lines as |line|'],
  ['{{~#if a}}', 'block', 'if', 'a'],
  ['{{^if a}}', 'block', 'if', 'a'],
  ['{{else}}', 'else', 'else', ''],
  ['{{else if b}}', 'else', 'else', ''],
  ['{{^}}', 'else', 'else', ''],
  ['{{elsewhere}}', 'value', 'elsewhere', ''],
  ['{{/each}}', 'close', 'each', ''],
  ['{{> legal}}', 'partial', 'legal', ''],
  ['{{>legal short=true}}', 'partial', 'legal', 'short=true'],
  ['{{! note }}', 'comment', '', ''],
  ['{{!-- {{name}} }} --}}', 'comment', '', ''],
  ['{{t "a }} b" x=\'}}\'}}', 'value', 't', '"a }} b" x=\'}}\''],
  ['{{[a }} b]}}', 'value', '[a', '}} b]'],
  ['\\{{name}}', 'value', '', ''],
])('%s', (text, kind, name, rest) => {
  const { tags, broken } = findTags(`<p>${text}</p>`)
  expect(broken).toBeUndefined()
  expect(tags).toMatchObject([{ text, kind, name, rest, start: 3, end: 3 + text.length }])
})

test('a tag without end is told by its place', () => {
  expect(findTags('{{a}} {{b')).toMatchObject({ broken: 6 })
  expect(findTags('{{!-- a }}')).toMatchObject({ broken: 0 })
})

test('shields come off again, and offsets lead back to the source', () => {
  const part = fc.constantFrom('{{a}}', '<b c="', '">', '{{#if x}}', '{{/if}}', 'text\n', '{{{raw}}}', ' & ')
  fc.assert(
    fc.property(fc.array(part), parts => {
      const source = parts.join('')
      const shields = newShields()
      const { text, sourceOffset } = shieldTags(source, shields)
      expect(shields.lift(text)).toBe(source)
      expect(text).not.toContain('{{')
      for (const at of [...text.matchAll(/[a-z&<>]/g)].map(match => match.index))
        expect(source[sourceOffset(at)]).toBe(text[at])
    }),
  )
})
