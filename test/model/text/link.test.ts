/** What looks like a link, and what only has a full stop. */
import { readFileSync } from 'node:fs'
import { domainToASCII } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkIn, linkPath, linksIn, withoutMailAddresses } from '../../../src/model/text/link.ts'

const ours = new Set(['nord.example'])

test('no sign hides a link: what nobody sees, and all forms of the stop', () => {
  for (let code = 0x7f; code < 0x10000; code += 1) {
    const sign = String.fromCharCode(code)
    const read = sign.normalize('NFKC')
    if (read === '.') expect(linkIn(`pay at evil${sign}com`, ours), code.toString(16)).toBe('evil.com')
    else if (/[\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/u.test(sign) && !/[\uE000-\uF8FF]/.test(sign))
      expect(linkIn(`pay at evil.${sign}com`, ours), code.toString(16)).toBe('evil.com')
    else if (/^[a-z]+$/.test(read)) expect(linkIn(`pay at evil.${sign}com/x`, ours), code.toString(16)).toBeDefined()
  }
})

test.each([
  ['evil.com', 'evil.com'],
  ['pay at EVIL.COM now', 'EVIL.COM'],
  ['https://x', 'https://x'],
  ['hxxp://evil', 'hxxp://evil'],
  ['tel:+4490', 'tel:+4490'],
  ['www.evil.zz', 'www.evil.zz'],
  ['t.me/evil', 't.me'],
  ['T.me/evil', 'T.me'],
  ['T.CO/x', 'T.CO'],
  ['X.com/pay', 'X.com'],
  ['G.page', 'G.page'],
  ['J.Li/pay', 'J.Li'],
  ['J.Li:8080', 'J.Li'],
  ['Dr.Weber/pay', 'Dr.Weber'],
  ['evil.unknown/pay', 'evil.unknown'],
  ['EVIL.UNKNOWN/pay', 'EVIL.UNKNOWN'],
  ['оплата.невідомо/зараз', 'оплата.невідомо'],
  ['evil.com.Thanks', 'evil.com'],
  ['हमारा.भारत', 'हमारा.भारत'],
  ['i❤.ws/pay', 'i❤.ws'],
  ['💩.la', '💩.la'],
  ['see ☃.net/x', '☃.net'],
  ['evil💩.com', 'evil💩.com'],
  ['i❤️.ws', 'i❤.ws'],
  ['bank→.net', 'bank→.net'],
  ['©.com/x', '©.com'],
  ['bank€.com', 'bank€.com'],
  ['bank•.net', 'bank•.net'],
  ['»evil«.de', 'evil«.de'],
  ['bank••••.net', '•••.net'],
  ['paypal‧com', 'paypal.com'],
  ['evil.com❤ now', 'evil.com'],
  ['evil.com→', 'evil.com'],
  ['evil.com\u20E3', 'evil.com'],
  ['see evil.com™', 'evil.com'],
  ['请访问evil.com付款', '请访问evil.com'],
  ['evil.com에서', 'evil.com'],
  ['evil.comвход', 'evil.com'],
  ['→nord.example', '→nord.example'],
  ['nord.example→.com', 'nord.example→.com'],
  ['банк.сом', 'банк.сом'],
  ['https://nord.example/1 http://evil', 'http://evil'],
  ['https://pay@nord.example/1', 'https://pay@nord.example/1'],
  ['a@b.com', 'b.com'],
  ['1.2.3.4/x', '1.2.3.4'],
  ['Visit evil . com', 'evil.com'],
  ['evil[.]com', 'evil.com'],
  ['evil dot com', 'evil.com'],
  ['evil\u200B.com', 'evil.com'],
  ['evil．ｃｏｍ', 'evil.com'],
  ['evil。com', 'evil.com'],
  ['evil.соm', 'evil.соm'],
  ['nоrd.example', 'nоrd.example'],
  ['xn--80ak6aa92e.com', 'xn--80ak6aa92e.com'],
  ['приклад.укр', 'приклад.укр'],
  ['nord.example.evil.com', 'nord.example.evil.com'],
  ['https://nord.example@evil.com/', 'https://nord.example@evil.com/'],
  ['163.Com', '163.Com'],
  ['evil·com', 'evil.com'],
  ['Kunden.Nr/pay', 'Kunden.Nr'],
  ['evil.nr', 'evil.nr'],
  ['10.20.30.40', '10.20.30.40'],
  ['mailto:a', 'mailto:a'],
  ['data:text/html,x', 'data:text/html,x'],
  ['12.de', '12.de'],
  ['31.03.2026.Next/pay', '31.03.2026.Next'],
  ['paypal.com', 'paypal.com'],
  ['bank.de', 'bank.de'],
  ['evil.it', 'evil.it'],
  ['dr n.med/pay', 'n.med'],
  ['C.so/x', 'C.so'],
  ['pay at c.so now', 'c.so'],
  ['pay at C.so', 'C.so'],
  ['pay at C.so now', 'C.so'],
  ['evil.C.so Italia', 'evil.C.so'],
  ['m.in Now', 'm.in'],
  ['evil.n.med. Anna', 'evil.n.med'],
  ['n.media. Anna', 'n.media'],
  ['pay at ctra.de now', 'ctra.de'],
  ['pay at av.de', 'av.de'],
  ['Ctra.de/pay Madrid', 'Ctra.de'],
  ['mo.fr 8-17', 'mo.fr'],
  ['Mo.Fr/pay', 'Mo.Fr'],
  ['Soc.Coop/pay', 'Soc.Coop'],
  ['evil.Soc.Coop', 'evil.Soc.Coop'],
  ['evil .NET Now', 'evil.NET'],
  ['evil .net GmbH', 'evil.net'],
  ['evil.NET GmbH', 'evil.NET'],
  ['evil . NET GmbH', 'evil.NET'],
  ['t.in/x', 't.in'],
  ['contract n.ro now', 'n.ro'],
])('%j is one', (text, found) => {
  expect(linkIn(text, ours)).toBe(found)
})

test.each('cfd sbs cyou bond lol quest zone monster ink city москва'.split(' '))('.%s ends a host', ending => {
  expect(linkIn(`pay-now.${ending}`, ours)).toBe(`pay-now.${ending}`)
})

test.each([
  'Олена Коваленко',
  'О.Коваленко',
  'J.R. Smith',
  'J.Li',
  'J.R.Li and A.Schmidt',
  'J.de Vries',
  'А.Ли',
  'О.Коваленко/І.Петренко',
  'Dr.Weber',
  'Prof.Dr.med.Weber',
  'Dipl.Ing. Weber',
  'Meier GmbH & Co.KG',
  'Ltd.Co',
  'Nord Pty.Ltd.',
  'Art.Nr.: 12',
  'Nr.12',
  'Ends 31.03.2026.Next bill follows',
  '01.04.2026.Es folgt',
  'e.g.',
  'z.B.',
  'г.Москва',
  'кв.см',
  'вул.Шевченка/вул.Франка',
  'грн./міс.',
  'invoice.pdf',
  'Version 2.0.1b/3',
  '12.50EUR/kg',
  'bezahlt.Danke',
  'bezahlt.Danke/Merci',
  'сплачено.Дякуємо',
  'St.Petersburg',
  'Nord & Sohn Ltd. Co',
  'sp. z o.o.',
  '12.03.2026',
  '1482.50',
  'Note: call',
  'SMS: 100',
  'Data: 5 GB',
  'Roaming data: 5 GB',
  'Tel: 0171 1234567',
  'tel: +44 7911 123456',
  'Javascript: basics',
  'C.C. 1.012.345.678',
  '1.234.567.890 VND',
  '12.034.567.001',
  '22.555.12.34',
  '044.123.45.67',
  'No. 417 · Kim Nowak',
  'Casco · Auto',
  'open · Pay by 9 March',
  'OC · do 16.11.2026',
  'Kunden.Nr.12',
  'Kfz.Nr. B-AB 1234',
  'POL.No.778',
  'Dipl.-Ing.Weber',
  'Rechtsanw.Dr.Weber',
  'Mme.Dupont',
  'lek.med. Lis',
  'i.V.Ott',
  'verw.Schmidt',
  'Av.de Mayo 5',
  'Pl.de la Concorde',
  '7:30',
  'Dotson',
  'nord.example/417',
  'nord.example❤',
  'ｎｏｒｄ.example',
  'nord.example→ now',
  '„nord.example“',
  'd’nord.example',
  'see nord.example付款',
  'Nord® Strom. Danke',
  '12,50 €.',
  '«Норд».Київ',
  'Exmo.Sr. Lima',
  'Attn.Mr Lee',
  'PO.Box 12',
  'Gent.mo Sig. Rossi',
  'Star Trek: Vol.One',
  'A/C.no 12',
  'Nord Soc.Coop. Costruzioni a r.l.',
  'Nord soc.coop. a r.l.',
  'Nord Cia.Ltda.',
  'C.so Italia 5',
  'C.SO ITALIA 5',
  'C.so di Porta Romana 2',
  'C.so d’Italia 2',
  'P.za Duomo',
  'P.za 25 Aprile',
  'Via S.to Stefano',
  'Circ.ne Clodia 7',
  'Ass.ne Amici',
  'Gent.ma Sig.na Rossi',
  'Rev.mo Don Bosco',
  'contratto n.ro 5',
  'dr n.med. Anna Nowak',
  'dr.n.med. Anna Nowak',
  'r.pr. Jan Nowak',
  'm.in. Kraków',
  'm.st. Warszawa',
  'Sa.So GmbH',
  'Mo.Fr 8-17',
  'Mo.Di.Do 8-17',
  'Pn.Pt 8-16',
  'Ctra.de Madrid',
  'Urb.La Paz',
  'Sta.Cruz',
  'Rte.de Lyon 3',
  'Vda.de García',
  'Gal.Leclerc',
  'Univ.Prof. Huber',
  'Dr.med.vet. Huber',
  'Nord GmbH i.Gr.',
  'M.me Dupont',
  'у т.ч. ПДВ',
  'u t.ch. PDV',
  'i t.in. posluhy',
  'vul.im.Franka 5',
  'Hello .NET GmbH, your bill',
  'Hello .NET Berlin Solutions Ltd',
  'https://pay.nord.example/417',
])('%j is none', text => {
  expect(linkIn(text, ours)).toBeUndefined()
})

test('every sign that is a part of a host for the standard of URLs is one here', () => {
  const codes = Array.from({ length: 0x1fb00 - 0xa1 }, (_, at) => at + 0xa1)
  const signs = codes.map(code => String.fromCodePoint(code)).filter(sign => /[\p{S}\p{P}]/u.test(sign))
  const hosts = signs.filter(sign => /^xn--[^.]+\.com$/.test(domainToASCII(`x${sign}.com`)))
  expect(hosts.length).toBeGreaterThan(3_000)
  expect(hosts.filter(sign => linkIn(`x${sign}.com`, ours) === undefined)).toEqual([])
})

test('of what people and shops are called in the examples, one is a link', () => {
  const read = (file: string): string =>
    readFileSync(new URL(`../../../examples/${file}`, import.meta.url), 'utf8').replace(
      /[\w.-]+@example\.(?:com|net|org)\b/g,
      '',
    )
  const files = [
    'retail/data/2010-12.csv',
    'retail/data/customers.csv',
    'retail/data/names.csv',
    'telecom/data/contacts.csv',
  ]
  const values = new Set(files.flatMap(file => read(file).split(/[,;"\n]/)))
  expect(values.size).toBeGreaterThan(20_000)
  expect([...values].filter(value => linkIn(value, ours) !== undefined)).toEqual([' DOTCOMGIFTSHOP.COM '])
})

test('a value counts where it stands in the message, whatever was made of its blanks', () => {
  const data = { customer: { name: 'evil\u00A0.\u00A0com', note: 'other.com' }, lines: [{ what: 'shop.com' }] }
  expect(linkPath(data, { message: () => 'Dear evil . com, pay', allowed: ours })).toBe('customer.name')
  expect(linkPath(data, { message: () => 'Dear Olena, pay at other.com', allowed: ours })).toBe('customer.note')
  expect(linkPath(data, { message: () => 'for shop.com', allowed: ours })).toBe('lines.0.what')
  expect(linkPath(data, { message: () => 'Dear Olena, pay at nord.example/1', allowed: ours })).toBeUndefined()
})

test.each([
  ['olena@example.org', undefined],
  ['write to olena@example.org.', undefined],
  ['olena@example.org/now', 'name'],
  ['https://olena@example.org', 'name'],
  ['mailto:olena@example.org', 'name'],
  ['evil.com/a@b.example', 'name'],
])('%j beside mail addresses that pass', (name, found) => {
  expect(linkPath({ name }, { message: () => name, allowed: ours, mailAddresses: true })).toBe(found)
  expect(linkPath({ name }, { message: () => name, allowed: ours })).toBe('name')
})

test('a value of any length is looked at in time that grows with it alone', () => {
  const many = 100_000
  const texts = [
    'a',
    ' ',
    'a-',
    'a.',
    'J.Li.',
    '[ ',
    '1.',
    ' dot',
    'a+',
    '\t',
    'a@',
    'я',
    '→',
    '…',
    '→…',
    '→.',
    '….',
    'com查.',
    'aя',
    '™',
  ].map(piece => `${piece.repeat(many / piece.length)} x.y`)
  for (const name of texts) linkPath({ name }, { message: () => name, allowed: ours, mailAddresses: true })
})

test('what the template vouches for is no link of the data', () => {
  const search = { message: () => 'pay at shop.com', allowed: ours }
  expect(linkPath({ at: 'shop.com' }, { ...search, vouched: value => value === 'shop.com' })).toBeUndefined()
  expect(linkPath({ at: 'shop.com' }, search)).toBe('at')
})

test('up to eight initials are somebody’s: a name before them is looked at, and beyond them none is', () => {
  expect(linkIn('evil.A.B.C.D.E.F.G.Li', ours)).toBe('evil.A.B.C.D.E.F.G.Li')
  expect(linkIn('evil.A.B.C.D.E.F.G.H.Li', ours)).toBeUndefined()
})

test('texts of signs that are spelt by a table read as NFKC has them', () => {
  // A sign of another script has all of the text asked of NFKC, and makes no link.
  const longWay = (text: string): readonly string[] => linksIn(`${text} あ`, ours)
  for (let code = 0xa0; code < 0x2300; code += 1) {
    const sign = String.fromCharCode(code)
    for (const text of [`evil.com${sign}`, `a${sign}b.com`, `evil${sign}.com`, `1${sign}7.0.0.1`, `d${sign}t com`])
      expect([text, linksIn(text, ours)]).toEqual([text, longWay(text)])
  }
  expect(linkIn('1²7.0.0.1 m²', ours)).toBe('127.0.0.1')
  expect(linkIn('Рахунок № 5 за 80 г/м² …', ours)).toBeUndefined()
})

test('what has no mark of a link holds none: looked through as if it had one, it gives as many', () => {
  const parts = ['evil com 1 127 www https tel Nr . · ‧ : // ( @ ™'.split(' '), ' ', '\u00a0', '\n', '\u2060'].flat()
  // At a text's end it is no stop, and makes the whole text be looked through.
  const mark = ' , dot'
  const same = (text: string) => {
    expect([text, linksIn(text, ours).length]).toEqual([text, linksIn(text + mark, ours).length])
  }
  const texts = fc.array(fc.constantFrom(...parts), { maxLength: 9 }).map(some => some.join(''))
  fc.assert(fc.property(texts, same), { seed: 7, numRuns: 20_000 })
})

test.each([
  ['a@b.example', ' '],
  ['x a.b+c@d.example, e@f.example/now', 'x  , e@f.example/now'],
  ['a@b.example c%d@d.example.', '   .'],
  ['@a@b.example', '@a@b.example'],
  ['https:a@b.example a@@b.example ж@b.example a@b', 'https:a@b.example a@@b.example ж@b.example a@b'],
])('%j without its mail addresses', (text, left) => {
  expect(withoutMailAddresses(text)).toBe(left)
})
