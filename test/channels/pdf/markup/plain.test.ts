/** What is read without the parser is what the parser reads. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseXml } from '../../../../src/channels/pdf/markup/parse.ts'
import { readPlain, rememberedTags } from '../../../../src/channels/pdf/markup/plain.ts'
import type { Node } from '../../../../src/channels/pdf/markup/tree.ts'

const bare = new Set(['table', 'tr'])

function told(node: Node): unknown {
  if (typeof node === 'string') return node
  const { name, attributes, children, start } = node
  return { name, attributes: Object.entries(attributes), start, children: children.map(told) }
}

const isPlain = (text: string) => readPlain(text, { entities: { nbsp: '\u00A0' }, bare }) !== undefined

function same(text: string): void {
  const [quick, slow] = [parseXml(text, { bare }), parseXml(text, { bare, plainly: false })]
  expect(told(quick.root)).toEqual(told(slow.root))
  expect(quick.errors).toEqual(slow.errors)
  expect(quick.nested).toBe(slow.nested)
}

describe('texts read without the parser', () => {
  it('are the same trees: plain ones, references, blanks, what is its own end', () => {
    const texts = [
      '<p>a</p>',
      ' <table>\n <tr carry="1 234,56"><td>a &amp; b</td>\n<td/></tr>\n</table> ',
      '<p class="x"\n  id="y">&nbsp;&#8211;&#x2013; &laquo;5&raquo; &lt;b&gt; &quot;&apos;</p><br/>text',
      '<p title="a &amp; &quot;b&quot; &gt; c">x<b>y</b>z<i></i></p>',
      // What of a bare element is blank: also a no-break space, but not a text that only begins with blanks.
      '<table>&nbsp;<tr>\u2003<td> </td> x </tr>&#160; y<tr/></table><p> </p>',
    ]
    for (const text of texts) {
      expect(isPlain(text.replace(/&laquo;|&raquo;/g, ''))).toBe(true)
      same(text)
    }
  })

  it('are left to the parser where anything is amiss or out of the ordinary', () => {
    const texts = [
      ...['<p>a', 'a</p>', '<p>a</b></p>', '<p><b></p></b>', '<p a=b>x</p>', "<p a='b'>x</p>", '<p a="1" a="2">x</p>'],
      ...['<p>a & b</p>', '<p>&unknown;</p>', '<p>&#0;</p>', '<p>&#x1F600;</p>', '<p>\u{1F600}</p>', '<p>a\u0001</p>'],
      ...[
        '<!-- c --><p/>',
        '<p>a<!-- <b> > --></p>',
        '<?xml version="1.0"?><p/>',
        '<!DOCTYPE p><p/>',
        '<p><![CDATA[<]]></p>',
        '<p>]]></p>',
        '<p a="<">x</p>',
        '<p a="x>y">z</p>',
        '<p a="x\ny"/>',
      ],
      ...[
        '<p>\r\n</p>',
        '<p><',
        '< p/>',
        '<p / >',
        '<P:q/>',
        '<p __proto__="x"/>',
        `${'<b>'.repeat(600)}${'</b>'.repeat(600)}`,
      ],
    ]
    for (const text of texts) {
      expect(isPlain(text), text).toBe(false)
      same(text)
    }
  })

  it('are the same trees in the gallery of layouts', () => {
    const folder = fileURLToPath(new URL('../layout/gallery/', import.meta.url))
    const files = readdirSync(folder).filter(name => /\.(xml|hbs)$/.test(name))
    expect(files.length).toBeGreaterThan(5)
    for (const file of files) same(readFileSync(folder + file, 'utf8'))
  })

  it('do not fill the memory with tags that hold data', () => {
    for (let at = 0; at < 3_000; at += 1) parseXml(`<tr carry="${at}"/>`)
    expect(rememberedTags()).toBeLessThanOrEqual(1_000)
  })
})
