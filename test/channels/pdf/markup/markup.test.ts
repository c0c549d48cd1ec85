import { describe, expect, it } from 'vitest'
import { inspectTemplate, readMarkup } from '../../../../src/channels/pdf/markup/markup.ts'
import type { Brand, Fault } from '../../../../src/model/index.ts'
import { describePlace } from '../../../../src/model/index.ts'
import { brand } from '../brand.ts'
import { faults, page } from '../render.ts'

/** Faults of a template's source as `place: code: message; hint`. */
function inspect(text: string, over: Partial<Brand> = {}): string[] {
  return told(inspectTemplate({ file: 'templates/invoice/pdf.hbs', text }, { ...brand, ...over }).faults)
}

function read(text: string): string[] {
  return told(faults(readMarkup(text, 'pdf.hbs', brand)))
}

function told(list: readonly Fault[]): string[] {
  return list.map(
    ({ code, message, place, hint }) =>
      `${describePlace(place!)} ${code}: ${message}${hint === undefined ? '' : `; ${hint}`}`,
  )
}

describe('a template before there is data', () => {
  it('is checked around its expressions', () => {
    const source = page(`
      {{#if late}}<p class="muted" font-size="{{size}}pt">{{t 'late' days=late}}</p>{{else}}<p>{{x}}</p>{{/if}}
      <table columns="{{widths}}">{{#each lines}}<tr carry="{{money sum}}"><td>{{name}}</td></tr>{{/each}}</table>
      <p {{#if a}}class="muted"{{else}}class="label"{{/if}}>{{> legal}}</p>`)
    expect(inspect(source)).toEqual([])
  })

  it('names unknown elements, with the nearest known one', () => {
    expect(inspect('<document title="a">\n  <page>\n {{#if x}}<colums/>{{/if}}</page></document>')).toEqual([
      'templates/invoice/pdf.hbs:3:11 pdf.element: unknown element "colums"; did you mean "columns"?',
    ])
  })

  it('names elements that stand where they cannot', () => {
    expect(inspect(page('<p><table/></p>'))).toEqual([
      expect.stringContaining('pdf.element: table cannot stand in p; p holds span, b, i'),
    ])
    expect(inspect(page('<li>a</li>'))).toEqual([
      expect.stringContaining('pdf.element: li cannot stand in page; it stands in ul, ol'),
    ])
    expect(inspect(page('<p><carry/></p>'))).toEqual([
      expect.stringContaining(
        'pdf.element: carry cannot stand outside the head and foot of a table; put it into a row of thead or tfoot',
      ),
    ])
    expect(inspect(page('<table>words<tr><td>a</td></tr></table>'))).toEqual([
      expect.stringContaining('pdf.element: text cannot stand in table; put it into a p'),
    ])
    expect(inspect('<page/>')[0]).toContain('pdf.element: the outermost element is page, not document')
    expect(inspect('words')[0]).toContain('pdf.element: there is no document element')
  })

  it('names unknown and missing attributes', () => {
    expect(inspect(page('<p font-sise="9pt">a</p>'))).toEqual([
      'templates/invoice/pdf.hbs:1:66 pdf.attribute: p has no attribute "font-sise"; did you mean "font-size"?',
    ])
    expect(inspect(page('<image src="brand:logo"/>'))).toEqual([
      expect.stringContaining('pdf.attribute: image needs the attribute alt; add alt="…": text'),
    ])
    expect(inspect(page('<box left="1mm">a</box>'))[0]).toContain('pdf.attribute: left of box needs position="fixed"')
    expect(inspect(page('<box position="fixed" left="1mm" top="1mm">a</box>'))[0]).toContain(
      'a fixed box needs the attribute width',
    )
    expect(inspect(page('<table><tr on="first"><td/></tr></table>'))[0]).toContain('on needs a row of thead or tfoot')
  })

  it('finds what nests and says nothing', () => {
    expect(inspect(page('<p>x<sup>a<b><sub>b</sub></b></sup></p>'))[0]).toContain(
      'pdf.element: sub cannot stand in another sup or sub',
    )
    expect(inspect(page('<p><a href="https://nord.example"> <b/></a></p>'))[0]).toContain(
      'pdf.link: a link without words',
    )
    expect(inspect(page('<p><a href="https://nord.example">{{words}}</a></p>'))).toEqual([])
    expect(inspect(page('<p id="x"><a href="#x"><page-number/></a></p>'))).toEqual([])
    expect(read(page('<p><a href="https://nord.example"></a></p>'))[0]).toContain('a link without words')
  })

  it('names values that are not allowed, and says which are', () => {
    expect(inspect(page('<p margin-top="12">a</p>'))).toEqual([
      'templates/invoice/pdf.hbs:1:66 pdf.value: margin-top of p must be a length with its unit (pt, mm, cm, in, px), such as 12mm (found "12"); docs/page-markup.md tells what it takes',
    ])
    expect(inspect(page('<p color="acent">a</p>'))[0]).toContain('(found "acent"); did you mean "accent"?')
    expect(inspect(page('<p class="muted totl">a</p>'))[0]).toContain('did you mean "total"?')
    expect(inspect(page('<image src="brand:lgo" alt=""/>'))[0]).toContain('did you mean "brand:logo"?')
    expect(inspect(page('<header on="frist">a</header>'))[0]).toContain('did you mean "first"?')
    expect(inspect(page('<table><thead><tr on="last"><th/></tr></thead></table>'))[0]).toContain(
      'a row of thead cannot show on last',
    )
    const odd = '<table><thead><tr on="odd"><th/></tr></thead></table>'
    expect(inspect(page(odd))).toEqual([])
    for (const inside of ['header', 'footer', 'box position="fixed" left="1mm" top="1mm" width="9mm"']) {
      const found = inspect(page(`<${inside}>${odd}</${inside.split(' ')[0]}>`))
      expect(found[0]).toContain('a row cannot show on odd inside of columns, cells, headers, footers and fixed boxes')
    }
    expect(inspect(page(`<columns><column>${odd}</column></columns>`))).toHaveLength(1)
    expect(inspect(page(`<table><tr><td>${odd}</td></tr></table>`))).toHaveLength(1)
  })

  it('knows where links inside the document lead', () => {
    expect(inspect(page('<h2 id="a">x</h2><p><a href="#a">x</a></p>'))).toEqual([])
    expect(inspect(page('<p><a href="#b">x</a></p>'))).toEqual([
      'templates/invoice/pdf.hbs:1:69 pdf.link: href of a leads to an id that no block has; give a block that id, or mend the link',
    ])
    // What values and partials name is known when they are merged.
    expect(inspect(page('<p id="{{x}}"><a href="#b">x</a> <a href="#{{x}}">y</a></p>'))).toEqual([])
    expect(read(page('<p id="b"><a href="#c">x</a></p>'))[0]).toContain('pdf.link: href of a leads to an id')
    expect(read(page('<p id="b">x</p><p id="b">y</p>'))[0]).toContain('pdf.value: an id of p stands twice')
    expect(read(page('<p id="a b">x</p>'))[0]).toContain('id of p must be a name of letters')
  })

  it('takes attachments that there are, under names that are safe and their own', () => {
    const attach = (attributes: string) => inspect(`<document title="a"><attachment ${attributes}/><page/></document>`)
    expect(attach('src="brand:terms" name="Terms.pdf" relationship="Supplement"')).toEqual([])
    expect(attach('src="template:attachment.xml" name="{{number}}.xml"')).toEqual([])
    expect(attach('src="brand:trems" name="Terms.pdf"')[0]).toMatch(
      /pdf\.value: src of attachment .*did you mean "brand:terms"/,
    )
    for (const name of ['../a.pdf', 'a/b.pdf', 'a\u202Efdp.exe', 'terms', ' a.pdf'])
      expect(attach(`src="brand:terms" name="${name}"`)[0]).toContain(
        'pdf.value: name of attachment must be a file’s name',
      )
    expect(attach('src="brand:terms" name="a.pdf" relationship="Other"')[0]).toContain('relationship of attachment')
    const twice = '<attachment src="brand:terms" name="a.pdf"/>'.repeat(2)
    expect(read(`<document title="a">${twice}<page/></document>`)[0]).toContain('two attachments have one name')
  })

  it('refuses links that a reader must not follow', () => {
    expect(inspect(page('<p><a href="javascript:alert(1)">a</a></p>'))).toEqual([
      expect.stringContaining(
        'pdf.link: href of a must be an address that starts with https:, http:, mailto: or tel: and no name before its host, or # and an id (found "javascript:alert(1)")',
      ),
    ])
  })

  it('says where it is not well-formed', () => {
    const [first] = inspect(page('<p>a</h1>'))
    expect(first).toMatch(/^templates\/invoice\/pdf.hbs:1:\d+ pdf.markup: not well-formed: <\/h1> closes <p>/)
    expect(first).toContain('close every element inside the block that it is opened in')
    expect(inspect(page('<!-- a & b --><p>a</p>'))).toEqual([])
    expect(inspect(page('<p>a & b</p>'))[0]).toContain(
      'pdf.markup: not well-formed: an & that begins no character reference; write & as &amp;',
    )
  })

  it('names the element that is open, and where, and entities that there are not', () => {
    expect(inspect(page('<p>a\n</h1>'))[0]).toContain('</h1> closes <p>, which is opened in line 1; close every')
    expect(inspect(page('<table><tr><td>a</tr></table>'))[0]).toContain('</tr> closes <td>, which is opened in line 1')
    expect(inspect(page('<p>a&nbps;b</p>'))[0]).toMatch(/unknown entity &nbps;; did you mean "nbsp"\?/)
    expect(inspect(page('<p>a&zzzzzz;b</p>'))[0]).toMatch(/unknown entity &zzzzzz;; known: nbsp, ensp, .*&#160;/)
  })

  it('closes each element inside the block that it is opened in', () => {
    expect(inspect(page('{{#if pin}}<box>{{/if}}x{{#if pin}}</box>{{/if}}'))).toEqual([
      'templates/invoice/pdf.hbs:1:74 pdf.markup: <box> is opened in one block and closed in another; close every element inside the block that it is opened in, and quote every attribute',
    ])
    expect(inspect(page('{{#if a}}<box>{{else}}<p>b</p></box>{{/if}}'))[0]).toContain('<box> is opened in one block')
    expect(
      inspect(page('{{#if a}}<box>{{#each b}}<p {{#if c}}id="x"{{/if}}>{{^}}</p>{{/each}}</box>{{/if}}'))[0],
    ).toContain('<p> is')
    const sound = '{{#if a}}<box>{{#each b}}<p>{{c}}<br/></p>{{else}}<p/>{{/each}}</box>{{/if}}'
    expect(inspect(page(`${sound}<!-- <p> {{#if a}} -->{{^d}}<p>x</p>{{/d}}`))).toEqual([])
  })

  it('keeps columns before rows, and languages to those that are', () => {
    expect(inspect(page('<table><tr><td>a</td></tr><col width="9mm"/></table>'))[0]).toContain(
      'pdf.element: col cannot stand behind rows; put it first in its table',
    )
    expect(inspect(page('<p lang="english">a</p>'))[0]).toContain('lang of p must be a language tag such as uk-UA')
    expect(inspect(page('<p lang="sr-Latn-RS">a</p>'))).toEqual([])
  })

  it('holds address windows to their page, and apart', () => {
    const window = (attributes: string) => `<address-window ${attributes}>a</address-window>`
    const din = window('preset="din-5008-b"')
    expect(inspect(page(din + din, 'size="A4"'))[0]).toContain('pdf.value: two address windows of a page overlap')
    expect(read(page(din + din, 'size="A4"'))[0]).toContain('two address windows of a page overlap')
    expect(inspect(page(`{{#if a}}${din}{{else}}${window('preset="din-5008-a"')}{{/if}}`, 'size="A4"'))).toEqual([])
    const other = window('left="120mm" top="50mm" width="60mm" height="20mm"')
    expect(inspect(page(din + other, 'size="A4"'))).toEqual([])
    expect(inspect(page(window('preset="us-10"'), 'size="A4"'))[0]).toContain(
      'pdf.value: the window us-10 is for Letter, and its page is A4; use a window for A4, or size="Letter"',
    )
    expect(inspect(page(din, 'size="Letter"'))[0]).toContain('the window din-5008-b is for A4, and its page is Letter')
    expect(inspect(page(din, 'size="A5 landscape"'))).toEqual([])
    expect(inspect(page(other, 'size="A5"'))[0]).toContain('an address window reaches over the edge of its page')
  })

  it('asks for italic only where the family has it', () => {
    expect(inspect(page('<p>a <i>b <b>c</b></i></p>'))).toEqual([
      'templates/invoice/pdf.hbs:1:68 pdf.value: i is italic, which the family "text" does not have; add italic: to fonts.text in brand.yaml, or set it otherwise',
    ])
    const text = brand.fonts['text']!
    const slanted = { fonts: { text: { ...text, italic: text.regular }, plain: text } }
    expect(inspect(page('<p>a <i>b</i></p>'), slanted)).toEqual([])
    expect(inspect(page('<p><i>b <span font-family="plain">c</span></i></p>'), slanted)[0]).toContain('span is italic')
    const classes = { ...brand.classes, quote: { 'font-style': 'italic' } }
    expect(inspect(page('<p class="quote">a</p>'), { classes })[0]).toContain('p is italic')
    expect(inspect(page('<p class="quote" font-style="{{x}}">a</p>'), { classes })).toEqual([])
  })

  it('says where an image of dots is shown too large, and why an SVG is shown as dots', () => {
    const inspected = (why: string | undefined, contents: string) => {
      const classes = { ...brand.classes, large: { width: '40mm' } }
      const source = { file: 'pdf.hbs', text: page(contents) }
      return inspectTemplate(source, { ...brand, classes }, { lacks: () => [], whyDots: () => why })
    }
    const dots = (why: string | undefined) => (contents: string) => told(inspected(why, contents).faults)
    // 120 dots.
    expect(dots('')('<image src="brand:logo" width="10mm" alt=""/>')).toEqual([])
    expect(dots('')('<image src="brand:logo" width="40mm" alt=""/>')[0]).toMatch(
      /pdf.value: "brand:logo" has 76 dots per inch at this width; show it smaller/,
    )
    expect(dots('')('<image src="brand:logo" height="20mm" alt=""/>')[0]).toContain(
      'has 45 dots per inch at this height',
    )
    expect(dots('the element text')('<image src="brand:logo" width="40mm" alt=""/>')[0]).toContain(
      'it is shown as dots for the element text: mend the SVG',
    )
    expect(dots(undefined)('<image src="brand:logo" width="40mm" alt=""/>')).toEqual([])
    expect(dots('')('<image class="large" src="brand:logo" alt=""/>')[0]).toContain('76 dots')
    expect(dots('')('<image class="large" width="10mm" src="brand:logo" alt=""/>')).toEqual([])
    const atOwnWidth = (widthPx: number, contents: string) => {
      const { logo } = brand.images
      const images = { ...brand.images, logo: { ...logo!, print: { ...logo!.print, naturalWidthPx: widthPx } } }
      const source = { file: 'pdf.hbs', text: page(contents) }
      return told(inspectTemplate(source, { ...brand, images }, { lacks: () => [], whyDots: () => '' }).faults)
    }
    const plain = '<image src="brand:logo" alt=""/>'
    expect(atOwnWidth(38.4, plain)).toEqual([])
    expect(atOwnWidth(60, plain)).toEqual([
      'pdf.hbs:1:70 pdf.value: "brand:logo" has 192 dots per inch at the width that brand.yaml gives it; show it smaller, or use an image of at least 188 dots across or an SVG',
    ])
    expect(atOwnWidth(60, '<image src="brand:logo" width="10mm" alt=""/>')).toEqual([])
    // Any of the brand's may be merged in.
    expect(atOwnWidth(60, '<image src="brand:{{kind}}" alt=""/>')).toEqual([expect.stringContaining('has 192 dots')])
    expect(atOwnWidth(60, '<image src="brand:l{{kind}}o" width="{{wide}}" alt=""/>')).toHaveLength(1)
    expect(atOwnWidth(60, '<image src="brand:card-{{kind}}" alt=""/>')).toEqual([])
    const small = '<image src="brand:logo" width="10mm" alt=""/>'
    expect(inspected('', small).remarks).toEqual([])
    expect(told(inspected('the element text', `<p>${small}</p><p>${small}</p>`).remarks)).toEqual([
      expect.stringMatching(
        /^pdf.hbs:1:\d+ pdf.value: "brand:logo" is an SVG that is shown as dots, for the element text; take/,
      ),
    ])
  })

  it('names classes of paper only in its hints', () => {
    const classes = { ...brand.classes, 'figure.email': { 'font-size': '9px' } }
    expect(inspect(page('<p class="figure.emai">a</p>'), { classes })[0]).not.toContain('figure.email')
  })

  it('is checked with the partials it includes', () => {
    const partials = {
      legal: { file: 'assets/partials/legal.hbs', text: '<div>{{name}}</div>' },
      'foot.pdf': { file: 'assets/partials/foot.pdf.hbs', text: 'ok <b>{{x}}</b>' },
    }
    expect(inspect(page('<p>{{> legal}}{{> foot}}</p>'), { partials })).toEqual([
      'assets/partials/legal.hbs:1:1 pdf.element: unknown element "div"; it is called "box" here',
    ])
  })

  it('asks only for features that the fonts of its family have', () => {
    const caps = { ...brand, classes: { ...brand.classes, caps: { 'font-features': 'smpc' } } }
    const asked = (contents: string) => {
      const source = { file: 'pdf.hbs', text: page(contents) }
      const features = (family: string) => (family === 'text' ? ['frac', 'smcp', 'tnum'] : ['onum'])
      const over = { ...caps, fonts: { ...brand.fonts, serif: brand.fonts['text']! } }
      return told(inspectTemplate(source, over, { lacks: () => [], features }).faults)
    }
    expect(asked('<p font-features="smcp -liga">a<b font-features="normal">b</b></p>')).toEqual([])
    expect(asked('<p>{{a}}<b font-features="{{b}}">b</b></p>')).toEqual([])
    expect(asked('<p font-features="tnmu">a</p>')[0]).toMatch(
      /^pdf.hbs:1:\d+ pdf.value: font-features of p asks for "tnmu", which the fonts of the family "text" do not have; did you mean "?tnum"?/,
    )
    expect(asked('<p font-features="-lgia">a</p>')[0]).toContain('asks for "lgia"')
    expect(asked('<box font-family="serif"><p font-features="onum">a</p></box>')).toEqual([])
    expect(asked('<box font-family="serif"><p font-features="smcp">a</p></box>')[0]).toContain('of the family "serif"')
    expect(asked('<p class="muted caps">a</p>')[0]).toContain('font-features of the class "caps" asks for "smpc"')
    expect(asked('<p font-features="small caps">a</p>')).toEqual([
      expect.stringContaining(
        'font-features of p must be normal, or OpenType features by their tags, such as frac onum -liga',
      ),
      expect.stringContaining('asks for "caps"'),
    ])
    expect(
      asked('<p letter-spacing="wide" hyphens="on" lang="?">a</p>').map(one => one.replace(/.*pdf/, 'pdf')),
    ).toEqual([
      expect.stringContaining(
        'pdf.value: letter-spacing of p must be normal, or a length from -20pt to 50pt, such as 0.4pt or -0.1pt (found "wide")',
      ),
      expect.stringContaining('pdf.value: hyphens of p must be one of none, auto (found "on")'),
      expect.stringContaining('pdf.value: lang of p must be a language tag such as uk-UA (found "?")'),
    ])
  })

  it('names characters of its own that no font has', () => {
    const source = { file: 'pdf.hbs', text: '<document title="a"><page>\n<p>a ₿</p></page></document>' }
    expect(
      told(inspectTemplate(source, brand, { lacks: text => [...text].filter(one => one === '₿') }).faults),
    ).toEqual([
      'pdf.hbs:2:6 pdf.glyph: no font of the brand has the character ₿ (U+20BF); add a font that has it to the fallback of the family in brand.yaml',
    ])
  })
})

describe('a merged text', () => {
  it('is placed by its elements, and no value is quoted, since it may be private', () => {
    const rows = '<tr><td>a</td></tr><tr><td color="secret">b</td></tr>'
    expect(read(page(`<table>${rows}</table>`))).toEqual([
      'pdf.hbs (document/page/table/tr[2]/td) pdf.value: color of td must be a colour: a name of the brand, white, black, or #RRGGBB; docs/page-markup.md tells what it takes',
    ])
    expect(read(page('<p><a href="javascript:secret">a</a></p>'))[0]).not.toContain('secret')
  })

  it('must be well-formed', () => {
    expect(read(page('<p>a\u0001</p>'))[0]).toMatch(
      /^pdf.hbs \(document\/page\/p\) pdf.markup: not well-formed: disallowed character U\+0001 \(line 1, column \d+ of the merged text\)/,
    )
  })

  it('is not quoted where an entity is unknown', () => {
    expect(read(page('<p>&secret;</p>'))[0]).toMatch(/unknown entity \(line 1, column \d+ of the merged text\)/)
  })

  it('must have pages', () => {
    expect(read('<document title="a"></document>')).toEqual([
      'pdf.hbs (document) pdf.element: the document has no page; add a page element',
    ])
  })

  it('may use names for characters that are hard to type', () => {
    const tree = readMarkup(page('<p>a&nbsp;&ndash;&#8239;&amp;</p>'), 'pdf.hbs', brand)
    expect(tree.ok && JSON.stringify(tree.value, (key, node) => (key === 'parent' ? undefined : node))).toContain(
      'a\u00A0–\u202F&',
    )
  })

  it('is refused when its nesting could exhaust the stack', () => {
    expect(read(page('<box>'.repeat(5000) + '</box>'.repeat(5000)))[0]).toContain('nested more than 1024 deep')
  })
})
