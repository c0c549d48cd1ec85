/** What of a mail's HTML its reader sees: a fact that nobody sees is not proved. */
import { expect, test } from 'vitest'
import { looksOf } from '../../../../src/channels/email/read/looks.ts'
import { seenParts } from '../../../../src/channels/email/read/seenpart.ts'
import { wordsOf } from './words.ts'

test.each([
  'display:none',
  'DISPLAY : none !important; display:block',
  'display&#58;none',
  '/* x */visibility:hidden',
  'mso-hide:all',
  'font-size:0',
  'font-size:0px;line-height:1',
  'font: bold 0/1.5 Arial',
  'max-height:0;overflow:hidden',
  'width:0.0em;overflow: hidden',
  'opacity:.0',
])('style="%s" hides', style => {
  expect(wordsOf(`<p>You owe us <span style="${style}">99.00 <b>EUR</b></span>!</p>`)).toEqual({
    seen: 'You owe us !',
    unseen: '99.00 EUR',
  })
})

test.each([
  'text-indent:-9999px',
  'text-indent: -999em',
  'position:absolute;left:-9999px',
  'position: fixed; top: -1000px',
  'position:absolute;margin-left:-5000px',
  'margin-left:-9999px',
  'scale:0',
  'clip-path:circle(0)',
  'clip-path:inset(0 0 100% 0)',
  'clip-path:polygon(0 0,0 0,0 0)',
  'filter:opacity(0)',
  'content-visibility:hidden',
  'color:oklch(1 0 0)',
  'color:var(--white)',
])('style="%s" takes a block off the page', style => {
  expect(wordsOf(`<p>You owe us</p><div style="${style}">99.00</div>`)).toEqual({ seen: 'You owe us', unseen: '99.00' })
  const css = `<head><style>.x{${style}}</style></head>`
  expect(wordsOf(`${css}<p>You owe us</p><div class="x">99.00</div>`)).toEqual({ seen: 'You owe us', unseen: '99.00' })
})

test.each([
  'text-indent:-20px',
  'text-indent:9999px',
  'left:-9999px',
  'position:static;left:-9999px',
  'position:relative;left:-99px',
  'margin-left:-99px',
  'clip-path:circle(50%)',
  'scale:0.9',
  'color:initial',
  'width:0;height:0',
])('style="%s" takes none off', style => {
  expect(wordsOf(`<p>You owe us</p><div style="${style}">99.00</div>`)).toEqual({
    seen: 'You owe us\n99.00',
    unseen: '',
  })
})

test('letters in a line are not indented', () => {
  expect(wordsOf('<p>You owe us <span style="text-indent:-9999px">99.00</span></p>').unseen).toBe('')
})

test.each([
  'display:block',
  'visibility:visible',
  'font-size:0.9em',
  'font:700 13px Arial',
  'max-height:0',
  'overflow:hidden;max-height:20px',
  'opacity:0.5',
  "font-family:'display:none'",
])('style="%s" does not', style => {
  const { seen, unseen } = wordsOf(`<p>You owe us <span style="${style}">99.00</span></p>`)
  expect({ seen: seen.replace('\n', ' '), unseen }).toEqual({
    seen: 'You owe us 99.00',
    unseen: '',
  })
})

test.each([
  ['.x{display:none}', 'class="a x"'],
  ['p .x { font-size:0 }', 'class="x"'],
  ['#x{visibility:hidden}', 'id="x"'],
  ['p>.x{max-height:0;overflow:hidden}', 'class="x"'],
  ['@media screen{.x{opacity:0}}', 'class="x"'],
  ['.x{display:none !important}', 'class="x" style="display:inline"'],
  ['.x{mso-hide:all}', 'class="x"'],
  ['.x{display:block}.y.x{display:none}', 'class="x y"'],
  ['.x{color:#fff;background:#FFFFFF}', 'class="x"'],
  ['', 'style="color:#0B6E4F;background-color:#0b6e4f"'],
  ['', 'style="color:white" bgcolor="#FFFFFF"'],
  ['', 'style="color:transparent"'],
  ['p{background:#ffffff}', 'style="color:white"'],
])('a sheet "%s" hides <span %s>', (css, attributes) => {
  const html = `<head><style type="text/css">/* x */ ${css}</style></head><p>You owe us <span ${attributes}>99.00</span>!</p>`
  expect(wordsOf(html)).toEqual({ seen: 'You owe us !', unseen: '99.00' })
})

test.each([
  ['.x{display:none}', 'class="xy"'],
  ['.x{display:none}', 'class="x" style="display:inline !important"'],
  ['.x{display:none}.x.y{display:inline}', 'class="x y"'],
  ['@media (prefers-color-scheme:dark){.x{display:none}}', 'class="x"'],
  ['@media (max-width:480px){.x{display:none}}', 'class="x"'],
  ['.x:hover{display:none}', 'class="x"'],
  ['div .x{display:none}', 'class="x"'],
  ['.x{display:none}', 'class="x" style="display:inline;display:inline-block !important"'],
  ['', 'style="color:#FFFFFF;background-color:#0B6E4F"'],
  ['.x{background:#000000}', 'class="x" style="color:#ffffff"'],
  ['p{background:#ffffff}.x{background:url(a.png)}', 'class="x" style="color:white"'],
  ['', 'background="cid:a" style="color:#ffffff"'],
  ['', 'background="cid:a" bgcolor="#000000" style="color:#ffffff"'],
])('a sheet "%s" does not hide <span %s>', (css, attributes) => {
  const html = `<head><style>${css}</style></head><p>You owe us <span ${attributes}>99.00</span></p>`
  expect(wordsOf(html)).toEqual({ seen: 'You owe us 99.00', unseen: '' })
})

test('letters of a ground that is further out are hidden, and not where another ground is between', () => {
  const html = (inner: string) => `<table bgcolor="#FFFFFF"><tr><td>${inner}</td></tr></table>`
  expect(wordsOf(html('<p style="color:#ffffff">a <b>b</b> <i style="color:#111111">c</i></p>'))).toEqual({
    seen: 'c',
    unseen: 'a b',
  })
  expect(wordsOf(html('<p style="background:#000000"><b style="color:#fff">a</b></p>')).seen).toBe('a')
})

test('a logo that the dark swaps is seen in the light', () => {
  const html = `<head><style>.night{display:none}</style><style>@media (prefers-color-scheme:dark){.day{display:none !important}.night{display:block !important}}</style></head>
<b class="day">Nord</b><b class="night">Nord by night</b><p>a</p>`
  expect(wordsOf(html)).toEqual({ seen: 'Nord\na', unseen: 'Nord by night' })
})

test('of a template what everybody sees keeps its tags, and what is hidden its blocks', () => {
  const html = `<head><title>{{t 'x'}}</title><style>.x{display:none}</style></head><body><div style="display:none">{{t 'preview'}}</div>
<p title="{{t 'y'}}">{{#if a}}{{t 'a'}}{{else}}{{> legal}}{{/if}}</p><p class="x">{{#if b}}{{t 'b'}}</p>{{/if}}</body>`
  expect(seenParts(html).map(seen => seen.replace(/\s+/g, ''))).toEqual([
    "{{#ifa}}{{t'a'}}{{else}}{{>legal}}{{/if}}{{#ifb}}{{/if}}",
  ])
})

test('what is inside is seen where it says so itself, and never in an element that is not there', () => {
  const html = `<div style="font-size:0"><p style="font-size:13px">a</p><p style="font-size:2em">x</p><i style="font:small serif">e</i></div>
<div style="visibility:hidden"><i style="visibility:visible">c</i>y</div>
<div style="display:none"><i style="display:block;visibility:visible;font-size:9px">z</i></div><p hidden>v</p><p hidden style="display:block">d</p>`
  expect(wordsOf(html)).toEqual({ seen: 'a\ne\nc\nd', unseen: 'x\ny\nz\nv' })
})

test('what is hidden ends where browsers end it, and a cell where it stands', () => {
  const gone = 'style="display:none"'
  expect(wordsOf(`<p ${gone}>x<p>a<ul><li ${gone}>y<li>b</ul><p ${gone}>z<div>c</div>`).seen).toBe('a\nb\nc')
  expect(wordsOf(`<table><tr><td ${gone}>x<td>a</div></td><tr ${gone}><td>y<tr><td>b</table><br ${gone}>c`).seen).toBe(
    'a\nb\nc',
  )
  expect(wordsOf(`<span ${gone}>x</b></span>a<div ${gone}><table><tr><td>y</div>z</table></div>b`).seen).toBe(
    'a\n\tb'.replace('\t', ''),
  )
})

test('comments, sheets and attributes are no words, and tags of conditions hide nothing', () => {
  const html = `<head><title>x</title></head><!--[if mso]><td style="display:none"><![endif]--><p title="5 > 4 99.00">a</p>
<!--[if !mso]><!--><style>p{margin:0}</style><b>b &lt; c</b> < d<!--<![endif]--> <template>y</template>`
  expect(wordsOf(html)).toEqual({ seen: 'a\nb < c < d', unseen: '' })
})

test('a button that Outlook is drawn another way is seen', () => {
  const vml = '<!--[if mso]><v:roundrect href="https://nord.example">Pay 99.00</v:roundrect><![endif]-->'
  expect(wordsOf(`<div>${vml}<a style="display:inline-block;mso-hide:all">Pay 99.00</a></div>`).seen).toBe('Pay 99.00')
})

test('hidden ends of two numbers do not become one', () => {
  expect(wordsOf('1<b hidden>2</b>3<b hidden>4</b><b hidden>5</b>')).toEqual({ seen: '13', unseen: '2 45' })
})

test('many blanks before a cell take no longer than many letters', { timeout: 1000 }, () => {
  const blanks = '&#32;'.repeat(100_000)
  expect(wordsOf(`<tr><td>x${blanks}y</td><td>1</td></tr>`).seen).toBe('x y\t1')
})

const sheet = (css: string, body: string): string => `<head><style>${css}</style></head>${body}`
const owed = '<p>You owe us <i></i><span class="x hide" id="sum" data-a="one two" lang="de-DE">99.00</span></p>'

test.each([
  '[class~="hide"]',
  '[class*=hid]',
  "span[id='sum']",
  '[id^="su"]',
  '[id$="um"]',
  '[lang|="de"]',
  'p > [data-a]',
  'span:not(.seen)',
  'i + span',
  'p i+.x',
  ':not([lang="en"]).x',
])('%s{display:none} hides', selector => {
  expect(wordsOf(sheet(`${selector}{display:none}`, owed))).toEqual({ seen: 'You owe us', unseen: '99.00' })
})

test.each([
  '[class~="hid"]',
  '[id="su"]',
  '[lang|="d"]',
  'span:not(.x)',
  '[data-b]',
  '.x:not([lang|="de"])',
  'p + span',
  'b + i + span',
  'i:checked + span',
  '.x:hover',
])('%s{display:none} does not', selector => {
  expect(wordsOf(sheet(`${selector}{display:none}`, owed)).seen).toBe('You owe us 99.00')
})

test.each([
  'position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip:rect(0,0,0,0)',
  'position:absolute;clip:rect(1px, 1px, 1px, 1px)',
  'clip-path:inset(50%)',
  'height:0;overflow-y:hidden',
  'transform:scale(0)',
  'transform: translate(1px) scaleY(0.0)',
  'opacity:.01',
  'opacity:5%',
  'font-size:1px',
  'font-size:2pt',
])('style="%s" shows nothing that is read, in a sheet too', style => {
  const unseen = { seen: 'You owe us', unseen: '99.00' }
  expect(wordsOf(`<p>You owe us <span style="${style}">99.00</span></p>`)).toEqual(unseen)
  expect(wordsOf(sheet(`.x{${style}}`, owed))).toEqual(unseen)
})

test.each([
  'opacity:.6',
  'font-size:11px',
  'height:1px',
  'overflow:hidden;height:100px',
  'transform:scale(1)',
  'clip:auto',
])('style="%s" does', style => {
  expect(wordsOf(sheet(`.x{${style}}`, owed)).seen).toBe('You owe us 99.00')
})

test('what queries hide in a wide window is not seen there, and what they hide on a telephone is not seen on it', () => {
  const all = '@media (max-width:500px){.x{display:none}} @media screen and (min-width:501px){.x{display:none}}'
  expect(wordsOf(sheet(all, owed)).seen).toBe('You owe us')
  const small = '@media only screen and (max-width: 480px) { .x { display: none !important } }'
  expect(wordsOf(sheet(small, owed)).seen).toBe('You owe us 99.00')
  expect(elsewhere(sheet(small, owed))).toEqual([[375, 'You owe us']])
  expect(elsewhere(sheet('@media (max-width:480px){.x{padding:0}}', owed))).toEqual([])
  expect(elsewhere(sheet('@media print{.x{display:none}}', owed))).toEqual([])
})

const elsewhere = (html: string) =>
  looksOf(html)
    .slice(1)
    .map(look => [look.widthPx, wordsOf(html, look).seen])

test.each([
  ['@media (max-width:350px){.x{display:none}}', 350],
  ['@media (min-width:500px) and (max-width:700px){.x{display:none}}', 500],
  ['@media (min-width:1400px){.x{display:none}}', 1400],
  ['.x{display:none}@media (min-width:376px){.x{display:inline !important}}', 375],
])('"%s" hides at %i px alone', (css, widthPx) => {
  expect(elsewhere(sheet(css, owed))).toContainEqual([widthPx, 'You owe us'])
  expect(wordsOf(sheet(css, owed)).seen).toBe('You owe us 99.00')
})

test('a sheet with media of its own counts in windows of those, and one that no window is narrow enough for nowhere', () => {
  const small = `<head><style media="(max-width:480px)">.x{display:none}</style></head>${owed}`
  expect([wordsOf(small).seen, ...elsewhere(small)]).toEqual(['You owe us 99.00', [375, 'You owe us']])
  expect(elsewhere(sheet('@media (max-width:300px){.x{display:none}}', owed))).toEqual([])
})

test('the text of a picture is not seen where the picture is', () => {
  expect(wordsOf('<p>You owe us <img src="cid:a" alt="99 > 5"></p>')).toEqual({ seen: 'You owe us', unseen: '99 > 5' })
})

test('a way that hides an element by itself counts beside rules that are about it in each way, or would be elsewhere', () => {
  for (const css of ['', 'td{color:#333333}', '.sum td{color:#333333}', '.sum td{display:none}', '.b{color:#333333}'])
    for (const tag of [
      'style="{{#if a}}color:#a00000{{else}}display:none{{/if}}"',
      'style="{{#unless a}}font-size:0{{/unless}}"',
      'class="{{#if a}}b{{/if}}" style="{{#unless a}}display:none{{/unless}}"',
    ])
      expect(
        seenParts(`<style>${css}</style><table><tr><td ${tag}>{{total}}</td></tr></table>`),
        `${css} ${tag}`,
      ).toEqual(seenParts('<table><tr><td hidden>{{total}}</td></tr></table>'))
  // What a rule hides before letters of no size, which some inside may have again.
  const inside =
    '<td class="{{#if a}}x{{/if}}" style="{{#unless a}}font-size:0{{/unless}}"><b style="font-size:9px">{{total}}</b></td>'
  expect(seenParts(`<style>.x{display:none}</style><table><tr>${inside}</tr></table>`)[0]).not.toContain('total')
})

test('a mail whose elements all differ is read in proportion to them', () => {
  const spans = (count: number): string =>
    Array.from({ length: count }, (_, at) => `<span style="color:#${(at + 0x100000).toString(16)}">${at}</span>`).join(
      ' ',
    )
  const cpuOf = (count: number): number => {
    const before = process.cpuUsage()
    expect(wordsOf(spans(count)).seen.split(' ')).toHaveLength(count)
    return process.cpuUsage(before).user
  }
  cpuOf(2_000)
  // Were each held against all before it, sixteen times as many would take 256 times as long.
  expect(cpuOf(32_000)).toBeLessThan(64 * Math.max(cpuOf(2_000), 10_000))
})
