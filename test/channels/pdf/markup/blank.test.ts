import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blank, merged } from '../../../../src/channels/pdf/markup/blank.ts'

const m = (count: number) => merged.repeat(count)

describe('blank', () => {
  it('puts a placeholder where text is merged, and blanks inside a tag', () => {
    expect(blank('<p>{{name}}!</p>').text).toBe(`<p>${m(8)}!</p>`)
    expect(blank('<p class="{{c}} x">a</p>').text).toBe(`<p class="${m(5)} x">a</p>`)
    expect(blank('<p {{#if a}}class="b"{{/if}}>c</p>').text).toBe(`<p ${' '.repeat(9)}class="b"${' '.repeat(7)}>c</p>`)
  })

  it('is not confused by quotes, braces and comments inside expressions', () => {
    expect(blank('<p title="{{t "a}}b"}}">x</p>').text).toBe(`<p title="${m(12)}">x</p>`)
    expect(blank('{{!-- <p> }} --}}<p>x</p>').text).toBe(`${m(17)}<p>x</p>`)
    expect(blank('{{{raw}}}a').text).toBe(`${m(9)}a`)
    expect(blank('<!-- {{a}} " -->{{b}}').text).toBe(`<!-- ${m(5)} " -->${m(5)}`)
  })

  it('leaves escaped expressions, which are merged as they stand', () => {
    expect(blank('<p>\\{{a}}</p>').text).toBe('<p>\\{{a}}</p>')
  })

  it('keeps lines where they are', () => {
    expect(blank('a\n{{#if\n x}}\r\nb').text).toBe(`a\n${m(5)}\n${m(4)}\r\nb`)
  })

  it('names the partials once, in order', () => {
    expect(blank('{{> legal}}{{>foot x=1}}{{> legal}}{{#> frame}}x{{/frame}}').partials).toEqual([
      'legal',
      'foot',
      'frame',
    ])
  })

  it('never changes the length, whatever the source', () => {
    const piece = fc.oneof(
      fc.constantFrom('{{', '}}', '{{!--', '--}}', '<', '>', '"', "'", '\n', '{{#if a}}', '\\', '<!--', '-->'),
      fc.string(),
    )
    fc.assert(fc.property(fc.array(piece), pieces => blank(pieces.join('')).text.length === pieces.join('').length))
  })
})
