/** Style sheets that are not read whole: what they may hide is not seen by every reader, and what they may show is not shown. */
import { expect, test } from 'vitest'
import { looksOf } from '../../../../src/channels/email/read/looks.ts'
import { wordsOf } from './words.ts'

const mail = (css: string, body: string): string =>
  `<html><head><style>${css}</style></head><body>${body}</body></html>`
const sum = '<p>You owe us <b class="x y:z">99.00</b></p>'
const shows = (html: string): readonly boolean[] =>
  looksOf(html).map(look => wordsOf(html, look).seen.includes('99.00'))

test.each([
  '@media(max-width:480px){.x{display:none}}',
  '@media (max-width:30em){.x{display:none}}',
  '@media (width <= 480px){.x{display:none}}',
  '@media screen and (max-width:480px) and (orientation:portrait){.x{display:none}}',
  '@media not all and (min-width:900px){.x{display:none}}',
  '@media not print{.x{display:none}}',
  '@media (prefers-color-scheme:light){.x{display:none}}',
  '@media (prefers-color-scheme:dark){.x{display:none}}',
  '@media screen{@supports (display:grid){.x{display:none}}}',
  '@layer a{.x{display:none}}',
  '@container (width > 1px){.x{display:none}}',
  '@media{.x{display:none}}',
  'b:last-child{display:none}',
  'p b:nth-child(1){display:none}',
  'b:nth-child(2n + 1):not(:first-child){display:none}',
  ':is(.x){display:none}',
  '.x:is(b, i){color:transparent}',
  '.x:first-of-type{display:none} b{display:inline}',
  'p{color:red; & .x{display:none}}',
  'p{.x{display:none}}',
  '.x{@media (max-width:480px){display:none}}',
  '.x{dis\\play:none}',
  '.x{display:n\\6f ne}',
  '.\\78 {display:none}',
  '.y\\:z{display:none}',
  '.x{display:none ! important}',
  '[title="}"]{margin:0}.x{display:none}',
  'i::before{content:"{"}.x{display:none}',
  '[class="X Y:Z" i]{display:none}',
  ':not(.a, .b).x{display:none}',
  '.x:not(:hover){display:none}',
  '.x{-webkit-text-fill-color:transparent}',
  '.x{color:#ffffff}',
  'b:first-child{color:#ffffff}',
  'p:nth-child(1){background:#111111}.x{color:#111111}',
  'p:last-child{background:#fff;color:#fff !important}',
])('%s hides from some readers', css => {
  expect(shows(mail(css, sum))).toContain(false)
})

test.each([
  '.x:hover{display:none}a:link,a:visited{color:#fff}.x:active,.x:focus{display:none}',
  '@media print{.x{display:none}}',
  '@font-face{font-family:x;src:url(x.woff)}@import url(x.css);@-ms-viewport{width:0}',
  '@keyframes a{from{opacity:0}to{opacity:1}}@-webkit-keyframes a{0%{opacity:0}}',
  '.ExternalClass{width:100%}.ExternalClass .x,u + .body .x,.moz-text-html .x,[owa] .x{display:none}',
  '[data-ogsc] .x{display:none}[data-ogsb] .x{color:#fff}',
  '@media screen yahoo{.x{display:none}}@media yahoo{.x{display:none}}',
  '@media (prefers-color-scheme:dark){body{background:#121212 !important}.x{color:#ffffff !important}}',
  '@media only screen and (min-width:480px){.mj-column-per-100{width:100% !important;max-width:100%}}',
  'b::before{display:none}b:empty{display:none}',
  'b:last-child{background:#0b6e4f;color:#ffffff}a:first-child{color:#ffffff}i:first-child{color:#ffffff}',
  'tr:nth-child(even){background:#ffffff;color:#333333}p:last-child{margin:0}',
  'i ~ .x{display:none}',
  '.x:checked{display:none}',
  '.mj-accordion-checkbox:checked + * .x{display:block}',
  '@supports (display:grid){.x{display:grid}}',
  '@goodbye { @gmail }',
  '[style*=";display:none" i],[style*="{,"]{display:none}',
])('%s hides from nobody', css => {
  expect(shows(mail(css, sum))).not.toContain(false)
})

test('what is shown under a condition that cannot be told is hidden where it does not hold', () => {
  expect(shows(mail('.x{display:none}@supports (display:grid){.x{display:block !important}}', sum))).toContain(false)
  expect(shows(mail('.x{display:none}.x:nth-child(1){display:block !important}', sum))).toEqual([false])
})

test('what has a colour by a selector that is not read whole is not shown by it', () => {
  expect(shows(mail('.x{color:#ffffff}.x:nth-child(1){color:#000000}', sum))).toContain(false)
})

test('texts that take turns by a condition are seen by everybody', () => {
  const css = '.small{display:none}@media (max-width:30em){.wide{display:none}.small{display:block}}'
  expect(shows(mail(css, '<p class="wide">99.00</p><p class="small">99.00</p>'))).toEqual([true, true])
})

test.each([
  ['<details><summary>Sum</summary>99.00</details>', false],
  ['<details><p><b>99.00</b></p></details>', false],
  ['<details><summary>99.00</summary>Sum</details>', true],
  ['<details><summary>Sum</summary><summary>99.00</summary></details>', false],
  ['<details><details open><summary>99.00</summary></details></details>', false],
  ['<details open><summary>Sum</summary>99.00</details>', true],
  ['<dialog>99.00</dialog>', false],
  ['<datalist><option>99.00</option></datalist>', false],
  ['<p style="-webkit-text-fill-color:transparent;color:#000">99.00</p>', false],
  ['<p style="-webkit-text-fill-color:transparent"><b style="color:#000">99.00</b></p>', false],
  ['<p style="dis\\play:none">99.00</p>', false],
  ['<p><font color="#ffffff">99.00</font></p>', false],
  ['<div style="background:#0b6e4f"><font color="#ffffff">99.00</font></div>', true],
  ['<table background="cid:a"><tr><td style="color:white">99.00</td></tr></table>', true],
])('%s is seen without a sheet: %s', (body, seen) => {
  expect(shows(mail('', body))).toEqual([seen])
  expect(looksOf(mail('', body))).toHaveLength(1)
})
