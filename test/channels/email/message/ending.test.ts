/** Endings of mail addresses that no domain has. */
import { expect, test } from 'vitest'
import { address } from '../../../../src/channels/email/message/address.ts'
import { remarkOnEnding } from '../../../../src/channels/email/message/ending.ts'
import { endings } from '../../../../src/model/index.ts'

const remarkOn = (written: string) => remarkOnEnding(address(written) ?? '')

test.for([
  ['anna@gmail.con', 'com'],
  ['anna@gmail.cmo', 'com'],
  ['anna@gmail.comm', 'com'],
  ['anna@gmail.ogr', 'org'],
])('%s goes nowhere, and .%s is most likely meant', ([written = '', meant]) => {
  const remark = remarkOn(written)
  expect(remark).toMatchObject({ code: 'email.recipient', inRows: true })
  expect(remark?.what).toContain(`".${written.split('.').at(-1)}", which is no top-level domain`)
  expect(remark?.hint).toMatch(`mend the data: .${meant} is most likely meant`)
})

test('of what is near nothing no guess is made', () => {
  expect(remarkOn('anna@firm.zzqzzq')?.hint).toBe('mend the data; what goes to such an address comes back at best')
  expect(remarkOn('anna@firm.zz')?.hint).toBe('mend the data; what goes to such an address comes back at best')
})

test.for([
  'anna@firm.example',
  'anna@firm.test',
  'anna@mail.firm.internal',
  'anna@printer.local',
  'anna@GMAIL.COM',
  'anna@пошта.укр',
  'anna@xn--80a1acny.xn--j1amh',
  'anna@firm.co.uk',
  'anna@firm.museum',
])('%s ends as addresses do', written => expect(remarkOn(written)).toBeUndefined())

test('no ending that there is is warned of', () => {
  for (const ending of endings) expect(remarkOn(`anna@firm.${ending}`), ending).toBeUndefined()
})
