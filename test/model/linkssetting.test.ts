/** Hosts of one's own that data may bring. */
import { expect, test } from 'vitest'
import { hostsAllowed, linkIn } from '../../src/model/index.ts'
import { linksSetting } from '../../src/model/linkssetting.ts'

const { pattern } = (linksSetting as { items: { pattern: string } }).items

test.each([
  'nord.example',
  'ASP.NET',
  'Фіт.укр',
  'i❤.ws',
  'हमारा.भारत',
])('%s may be allowed, and is then no link', host => {
  expect(host).toMatch(new RegExp(pattern, 'u'))
  expect(linkIn(`pay at ${host}`, new Set())).toBeDefined()
  expect(linkIn(`pay at ${host}`, hostsAllowed({ links: [host] }))).toBeUndefined()
})

test.each([
  'https://nord.example',
  'nord.example/pay',
  'nord example',
  'a@nord.example',
  '*.nord.example',
])('%s is no host to allow', host => {
  expect(host).not.toMatch(new RegExp(pattern, 'u'))
})
