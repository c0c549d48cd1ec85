/** Tags and stretches of markup that were read before: mails read the same with and without them, and they stay few. */
import { expect, test } from 'vitest'
import { countRemembered } from '../../../../src/channels/email/read/elements.ts'
import { wordsOf } from './words.ts'

const row = (name: string, sum: string): string =>
  `<tr>\n<td style="padding:4px">${name}</td>\n<td style="text-align:right">${sum}</td>\n</tr>\n`

const mailOf = (name: string, rows: readonly (readonly [string, string])[]): string =>
  `<html><body>\n<div style="display:none">For ${name}</div>\n<div aria-label="${name}">\n<table>\n<tbody>\n<tr>\n<td>\n<p>${name}</p>\n` +
  `<table>\n${rows.map(([article, sum]) => row(article, sum)).join('')}<tr><td>Total</td><td>1.00</td></tr>\n</table>\n` +
  `<a href="https://nord.example/${name}">Pay</a>\n</td>\n</tr>\n</tbody>\n</table>\n</div>\n</body></html>`

test('a mail reads the same the first, second and tenth time, whoever it is for', () => {
  for (let at = 0; at < 10; at += 1) {
    const rows = Array.from({ length: (at % 4) + 1 }, (_, line) => [`Article ${at}.${line}`, `${line}.50`] as const)
    expect(wordsOf(mailOf(`Customer ${at}`, rows))).toEqual({
      seen: [`Customer ${at}`, ...rows.flatMap(([article, sum]) => [`${article}\t${sum}`]), 'Total\t1.00', 'Pay'].join(
        '\n',
      ),
      unseen: `For Customer ${at}`,
    })
  }
})

test('what is met in an element that nobody sees is not seen for having been seen elsewhere, and the other way round', () => {
  const inside = '<p>\n<b>a</b>\n<i>b</i>\n</p>'
  for (let time = 0; time < 3; time += 1) {
    expect(wordsOf(`<div>${inside}</div><div hidden>${inside}</div><div>${inside}</div>`)).toEqual({
      seen: 'a b\na b',
      unseen: 'a b',
    })
    expect(wordsOf(`<div hidden>${inside}</div>`)).toEqual({ seen: '', unseen: 'a b' })
  }
})

test('a stretch ends where words stand in it, and where another tag does', () => {
  const told = (between: string): string => wordsOf(`<div>x</div>\n<div>\n${between}<p>y</p>\n</div>`).seen
  for (let time = 0; time < 3; time += 1) {
    expect(told('')).toBe('x\ny')
    expect(told('word')).toBe('x\nword\ny')
    expect(told('\u00a0')).toBe('x\n\u00a0\ny')
    expect(told('<p style="visibility:hidden">z</p>')).toBe('x\ny')
    expect(told('<img alt="z">')).toBe('x\ny')
  }
})

test('only the first summary of what is shut is seen, in each mail anew', () => {
  for (let time = 0; time < 3; time += 1)
    expect(wordsOf('<details><summary>a</summary><p>b</p><summary>c</summary></details>').seen).toBe('a')
})

test('references make blanks and line ends that are told as all others', () => {
  expect(wordsOf('<p>a&#10;&#32;</p> <b> b&nbsp;&amp;</b>c').seen).toBe('a\nb\u00a0&c')
})

test('as much is remembered as some templates need, however many mails there are', () => {
  for (let at = 0; at < 6000; at += 1) wordsOf(`<div title="${at}"><p class="c${at}">${at}</p></div>`)
  expect(countRemembered()).toBeLessThan(4010)
  expect(wordsOf('<div title="1"><p class="c1">1</p></div>').seen).toBe('1')
})

test('what is said beside where a link leads is told, wherever that stands', () => {
  const hidden = 'style="display:none"'
  for (let time = 0; time < 3; time += 1) {
    const links = [`href="${time}" ${hidden}`, `${hidden} href="${time}"`, `href='${time}' ${hidden}`, `href="${time}"`]
    expect(links.map(written => wordsOf(`a <a ${written}>b</a>`).seen)).toEqual(['a', 'a', 'a', 'a b'])
    expect(wordsOf(`a <a href="${time}" title='style="display:none"'>b</a>`).seen).toBe('a b')
  }
})
