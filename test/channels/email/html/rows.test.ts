/** Rows of tables: what HTML would throw out of one, and rows in rows; not what it mends without a trace, nor what blocks choose. */
import { expect, test } from 'vitest'
import { rowRemarks } from '../../../../src/channels/email/html/rows.ts'
import { newShields, shieldTags } from '../../../../src/channels/email/tags/shield.ts'

function told(html: string, { within = 'table' }: { readonly within?: 'table' | 'unknown' } = {}): readonly string[] {
  const shields = newShields()
  const { text, sourceOffset } = shieldTags(html, shields)
  return rowRemarks(text, { within: within === 'table' ? within : undefined, offset: 0, shields }).map(
    ({ fault, offset }) => {
      const said = / (?:stands|is opened)/.exec(fault.message)?.index
      return `${sourceOffset(offset)} ${fault.message.slice(0, said)}`
    },
  )
}

test.each([
  ['<tr><tr><td>a</td></tr></tr>', ['4 a <tr>']],
  ['{{#each rows}}<tr><tr><td>{{a}}</td></tr>{{/each}}', ['18 a <tr>']],
  ['<tr><td>a</td></tr><div>b <i>c</i></div><tr><td>d</td></tr>', ['19 <div>']],
  ['<tr><div>b</div><td>d</td></tr>', ['4 <div>']],
  ['<tbody><p>x</p></tbody><hr>', ['7 <p>', '23 <hr>']],
  ['{{#each rows}}{{name}}<tr><td>{{name}}</td></tr>{{/each}}', ['14 "{{name}}"']],
  ['<tr><td>a</td></tr>Total', ['19 text']],
  ['<tr><td><table><tr><td>x</td></tr><b>y</b></table></td></tr>', ['34 <b>']],
  ['{{#if a}}<tr class="x">{{else}}<tr>{{/if}}<td>a</td></tr><p>', ['57 <p>']],
])('%s is told', (html, expected) => {
  expect(told(html)).toEqual(expected)
})

test.each([
  '<caption>c</caption><colgroup><col></colgroup><thead><tr><th>a</th></tr></thead><tbody><tr><td><div>b</div></td></tr></tbody>',
  '<tr><td>a<td>b<tr><td>c<p>d<tr><th>e',
  '<td>a</td><td>b</td>',
  '<tr><td>a<br><img src="x"/>b</td></tr>',
  '{{#each rows}}{{> row}}{{#if (eq a ">")}}<tr><td>{{a}}</td></tr>{{/if}}{{/each}}',
  '<tr>{{#each cells}}<td>{{this}}</td>{{#if third}}</tr><tr>{{/if}}{{/each}}</tr>',
  '{{#if a}}<tr class="x">{{else if b}}<tr class="y">{{else}}<tr>{{/if}}<td>a</td></tr>',
  '{{#if a}}<tr class="x">{{else if b}}<tr>{{/if}}{{#if c}}<tr>{{/if}}<td>a</td></tr>',
  '{{#if a}}<tr class="x">{{/if}}{{#unless a}}<tr>{{/unless}}<td>a</td></tr>',
  '<tr><td><table><tr><td>x</td></tr></table>y</td></tr>',
])('%s is fine', html => {
  expect(told(html)).toEqual([])
})

test('in a partial only tables of its own are known', () => {
  expect(told('<div>a</div> b <table>c</table>', { within: 'unknown' })).toEqual(['22 text'])
})
