/** What of a mail's HTML its reader sees: a fact that nobody sees is not proved. */
import { expect, test } from 'vitest'
import { wordsOf } from '../../../src/channels/email/seen.ts'

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
  'display:block',
  'visibility:visible',
  'font-size:0.9em',
  'font:700 13px Arial',
  'max-height:0',
  'overflow:hidden;max-height:20px',
  'opacity:0.5',
  "font-family:'display:none'",
])('style="%s" does not', style => {
  expect(wordsOf(`<p>You owe us <span style="${style}">99.00</span></p>`)).toEqual({
    seen: 'You owe us 99.00',
    unseen: '',
  })
})

test('what is inside is seen where it says so itself, and never in an element that is not there', () => {
  const html = `<div style="font-size:0"><p style="font-size:13px">a</p><p style="font-size:2em">x</p><i style="font:small serif">e</i><img alt='b > a' src="x"></div>
<div style="visibility:hidden"><i style="visibility:visible">c</i>y</div>
<div style="display:none"><i style="display:block;visibility:visible;font-size:9px">z</i></div><p hidden>v</p><p hidden style="display:block">d</p>`
  expect(wordsOf(html)).toEqual({ seen: 'a\ne b > a\nc\nd', unseen: 'x\ny\nz\nv' })
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
<!--[if !mso]><!--><style>p{display:none}</style><b>b &lt; c</b> < d<!--<![endif]--> <template>y</template>`
  expect(wordsOf(html)).toEqual({ seen: 'a\nb < c < d', unseen: '' })
})

test('a button that Outlook is drawn another way is seen', () => {
  const vml = '<!--[if mso]><v:roundrect href="https://nord.example">Pay 99.00</v:roundrect><![endif]-->'
  expect(wordsOf(`<div>${vml}<a style="display:inline-block;mso-hide:all">Pay 99.00</a></div>`).seen).toBe('Pay 99.00')
})

test('hidden ends of two numbers do not become one', () => {
  expect(wordsOf('1<b hidden>2</b>3<b hidden>4</b><b hidden>5</b>')).toEqual({ seen: '13', unseen: '2 45' })
})
