/** The linter of style: every rule fires where it should, and is silent where it should be. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadBrand } from '../../src/brand/index.ts'
import { decodeEntities as decodeHtml } from '../../src/channels/email/html/entities.ts'
import { channels } from '../../src/channels/index.ts'
import type { Brand, Fault, KitFile, Source, SpeechStyle, Template } from '../../src/model/index.ts'
import { decodeEntities, named } from '../../src/style/entities.ts'
import { lintTemplate, lintStyle as lintWith, type StyleRequest } from '../../src/style/index.ts'
import { missingForms } from '../../src/style/plurals.ts'
import { plurals, readings } from '../../src/style/readings.ts'
import { countWords, sentences } from '../../src/style/sentences.ts'
import { loadTemplate, partsOf, saidKeys } from '../../src/template/index.ts'
import { good } from '../outcome.ts'

const names = ['invoice', 'notice', 'statement']

function kitOf(assets: string): Map<string, KitFile> {
  const kit = new Map<string, KitFile>()
  const walk = (folder: string, name: string): void => {
    for (const inner of readdirSync(folder)) {
      const path = join(folder, inner)
      if (statSync(path).isDirectory()) walk(path, `${name}/${inner}`)
      else
        kit.set(`${name}/${inner}`, { name: `${name}/${inner}`, shown: `${name}/${inner}`, bytes: readFileSync(path) })
    }
  }
  walk(assets, 'assets')
  walk('templates', 'templates')
  return kit
}

const kit = kitOf('assets')
function lintStyle({
  others = [],
  ...asked
}: Omit<StyleRequest, 'said' | 'partsOf' | 'locales'> & { readonly others?: readonly Template[] }) {
  const said: StyleRequest['said'] = (source, { name, escape: escaping }, says) =>
    saidKeys(source, {
      brand: asked.brand,
      channel: name,
      escape: escaping,
      says,
      texts: [asked.template, asked.brand].flatMap(({ wording }) => Object.values(wording).map(({ texts }) => texts)),
    })
  const all = [brand, notice, asked.brand, asked.template, ...others]
  const locales = new Set(all.flatMap(({ wording }) => Object.keys(wording)))
  const request = { ...asked, said, partsOf, locales }
  return [...lintWith(request), ...others.flatMap(template => lintTemplate({ ...request, template }))]
}
const textOf = (file: string) => kit.get(file)?.bytes.toString()
let brand: Brand
let notice: Template
beforeAll(async () => {
  brand = good(await loadBrand(kit))
  notice = good(loadTemplate(kit, 'notice', channels))
})

/** Lints the starter notice with another text under one of its keys, by the starter brand's rules or others. */
function lint(
  locale: string,
  text: string,
  {
    style = brand.style,
    ...more
  }: { readonly style?: Record<string, SpeechStyle>; readonly legal?: Record<string, string> } = {},
): readonly Fault[] {
  const own = notice.wording[locale]
  if (own === undefined) throw new Error(locale)
  const texts = { ...own.texts, regards: text }
  const template = { ...notice, wording: { ...notice.wording, [locale]: { ...own, texts } } }
  return lintStyle({
    brand: { ...brand, ...(style === undefined ? {} : { style }), ...more },
    template,
    channels,
    textOf,
  })
}

test('rules of a region hold for wording of its language where none is of that region', () => {
  const avoid = { avoid: ['Rechnung'] }
  const said = (style: Record<string, SpeechStyle>, locale = 'de') =>
    codes(lint(locale, 'Ihre Rechnung', { style })).filter(one => one.includes('"regards"'))
  const found = ['style.term: wording "regards" says "Rechnung"']
  expect(said({ de: avoid })).toEqual(found)
  expect(said({ 'de-DE': avoid })).toEqual(found)
  expect(said({ 'de-DE': avoid }, 'pl')).toEqual([])
  const own = notice.wording['de']
  if (own === undefined) throw new Error('de')
  const both = (locale: string) => {
    const spoken = { ...own, texts: { ...own.texts, regards: 'Ihre Rechnung' } }
    const template = { ...notice, wording: { [locale]: spoken, ...(locale === 'de' ? { 'de-DE': own } : { de: own }) } }
    const linted = lintStyle({ brand: { ...brand, style: { 'de-DE': avoid } }, template, channels, textOf })
    return codes(linted).filter(one => one.includes('"regards"'))
  }
  expect([both('de'), both('de-DE')]).toEqual([[], found])
})

test('rules of a language that nothing is written in, and legal lines of a channel that is none, reach nobody', () => {
  const told = (key: string) =>
    lint('de', 'Mit freundlichen Grüßen', { style: { [key]: { avoid: ['Rechnung'] } } }).filter(
      ({ code }) => code === 'style.language',
    )
  for (const [key, hint] of [
    ['DE', 'did you mean "de"?'],
    ['deu', 'did you mean "de"?'],
    ['fr-FR', expect.stringMatching(/^known: .*\bde\b/)],
    ['xx', expect.stringMatching(/^known: /)],
  ] as const)
    expect(told(key), key).toMatchObject([
      {
        message: `style.${key} is for a language that no wording is in`,
        place: { file: 'assets/brand.yaml' },
        hint,
      },
    ])
  for (const key of ['*', 'de', 'de-AT', brand.locale]) expect(told(key), key).toEqual([])

  const legal = (lines: Record<string, string>) =>
    lint('de', 'Mit freundlichen Grüßen', { legal: lines }).filter(({ place }) => place?.file === 'assets/brand.yaml')
  expect(legal({ SMS: 'registered', mail: 'registered', pdf: 'registered' })).toMatchObject([
    { code: 'style.legal', message: 'legal names SMS, which is no channel', hint: 'did you mean "sms"?' },
    { code: 'style.legal', message: 'legal names mail, which is no channel', hint: 'did you mean "email"?' },
  ])
  expect(legal({ paper: 'registered' })).toMatchObject([{ hint: 'known: pdf, email, sms' }])
  expect(legal({ pdf: 'registered' })).toEqual([])
})

const codes = (faults: readonly Fault[]) => faults.map(({ code, message }) => `${code}: ${message}`)

describe('the starter templates', () => {
  test.each(['assets', 'examples/telecom/assets'])('keep to the rules of %s', async assets => {
    const their = kitOf(assets)
    const spoken = good(await loadBrand(their))
    for (const name of names) {
      const template = good(loadTemplate(their, name, channels))
      expect(codes(lintStyle({ brand: spoken, template, channels, textOf })), name).toEqual([])
    }
  })
})

describe('terms', () => {
  test('that have a better one, in any case, as declared or by their beginning', () => {
    expect(lint('de', 'Ihre faktura ist da')).toEqual([
      {
        code: 'style.term',
        message: 'wording "regards" says "faktura"',
        place: { file: 'templates/notice/text/de.json', line: 30 },
        hint: 'write "Rechnung"',
      },
    ])
    expect(lint('de', 'Fakturen')).toEqual([])
    const style = { de: { prefer: { Rechnung: ['Faktur*'] }, avoid: ['umgehend', 'bitten wir'] } }
    expect(codes(lint('de', 'Proformafakturen, die Fakturen: bitten\u00a0wir Umgehend', { style }))).toEqual([
      'style.term: wording "regards" says "Fakturen"',
      'style.term: wording "regards" says "Umgehend"',
      'style.term: wording "regards" says "bitten wir"',
    ])
    expect(lint('en', 'faktura')).toEqual([])
  })

  test('in every option of a choice, and in what templates bring themselves', () => {
    const text = '{tone, select, helpful {gut} other {{count, plural, one {# Faktura} other {gut}}}}'
    expect(lint('de', text)).toMatchObject([{ message: 'wording "regards" says "Faktura"' }])
    const source = {
      file: 'pdf.hbs',
      text: '<document>\n<!-- Faktura -->\n<p class="Faktura">{{faktura}} Faktura</p></document>',
    }
    const template = { ...notice, sources: { 'pdf.hbs': source } }
    expect(lintStyle({ brand: { ...brand, legal: {} }, template, channels, textOf })).toMatchObject([
      { code: 'style.term', message: 'the template says "Faktura"', place: { file: 'pdf.hbs', line: 3 } },
    ])
  })

  test('in texts of attributes, across inline elements and lines, and in every template of the factory', () => {
    const style = { de: { prefer: { Rechnung: ['Faktura'] }, avoid: ['bitten wir'], maxWordsPerSentence: 4 } }
    const source = {
      file: 'email.mjml.hbs',
      text: `<mj-text title="{{faktura}} Faktura" css-class="Faktura">
  <b>Fak</b>tura: bitten
  wir {{!-- Faktura --}} um {{sum}}.</mj-text>
<mj-image alt='Die Faktura &nbsp;x' src="Faktura.png"/>{{#if a}}<p>Eins zwei {{x}} vier fünf.</p>{{else}}<p>Vier.</p>{{/if}}`,
    }
    const plain = { file: 'sms.hbs', text: '{{brand.name}}: bitten wir um {{sum}}\neins zwei' }
    const silent = { ...notice, wording: {}, sources: {} }
    const others = [{ ...silent, name: 'other', sources: { 'email.mjml.hbs': source, 'sms.hbs': plain } }]
    const spoken = { ...brand, locale: 'de-DE', style, legal: {}, wording: {}, partials: {} }
    const found = lintStyle({ brand: spoken, template: silent, others, channels, textOf })
    expect(found.map(({ message, place }) => `${place?.file}:${place?.line} ${message}`)).toEqual([
      'email.mjml.hbs:1 the template says "Faktura"',
      'email.mjml.hbs:2 the template says "Faktura"',
      'email.mjml.hbs:2 the template says "bitten wir"',
      'email.mjml.hbs:2 the template has a sentence of 5 words, 1 more than the brand wants: "Faktura: bitten wir um …."',
      'email.mjml.hbs:4 the template says "Faktura"',
      'email.mjml.hbs:4 the template has a sentence of 5 words, 1 more than the brand wants: "Eins zwei … vier fünf."',
      'sms.hbs:1 the template says "bitten wir"',
      'sms.hbs:1 the template has a sentence of 5 words, 1 more than the brand wants: "…: bitten wir um …"',
    ])
    const other = { ...notice, name: 'other', wording: {} }
    const legal = { pdf: 'nowhere' }
    expect(
      lintStyle({ brand: { ...spoken, style: {}, legal }, template: silent, others: [other], channels, textOf }),
    ).toMatchObject([{ code: 'style.legal', message: 'the template other does not say nowhere on pdf' }])
  })

  test('whatever their letters are written as, and whatever stands in them unseen', () => {
    const style = { de: { avoid: ['Mahngebühr', 'Fak\u00adtura'] } }
    const text = [
      '<p>Mahngeb&uuml;hr</p>',
      '<p>Mahngeb&#252;hr, Mahngeb&#xFC;hr, Mahngebu\u0308hr</p>',
      '<p>Mahn<wbr>geb&uuml;h<wbr/>r</p>',
      '<p>Fak&shy;tura, Fak&#173;tura, Fak\u00adtura, Fak&ZeroWidthSpace;tura</p>',
      `<p alt="Mahngeb&uuml;hr">{{t 'k' word="Fak\u00adtura"}}&#10;</p>`,
      '<p>Faktura</p>',
    ].join('\n')
    const template = { ...notice, wording: {}, sources: { 'pdf.hbs': { file: 'pdf.hbs', text } } }
    const spoken = { ...brand, style, legal: {}, wording: {}, partials: {} }
    const found = lintStyle({ brand: spoken, template, channels, textOf })
    expect(found.map(({ message, place }) => `${place?.line} ${/says (.*)/.exec(message)?.[1]}`)).toEqual([
      '1 "Mahngebühr"',
      '2 "Mahngebühr"',
      '3 "Mahngebühr"',
      '4 "Faktura"',
      '5 "Mahngebühr"',
      '6 "Faktura"',
      '5 "Faktura"',
    ])
    expect(
      codes(lint('de', 'Mahn\u00adgebühr, Fak\u200btura', { style })).filter(one => one.includes('regards')),
    ).toEqual(['style.term: wording "regards" says "Mahngebühr"', 'style.term: wording "regards" says "Faktura"'])
  })

  test.each([
    ['STRASSE, STRAẞE, Straße; Strasse', ['STRASSE', 'STRAẞE', 'Straße']],
    ['İNDİRİM, indirim; indirimli', ['İNDİRİM', 'indirim']],
    ['IŞIK, ışık', ['IŞIK', 'ışık']],
    ['an e‑mail, an E-Mail, an e‐mail; email', ['e‑mail', 'E-Mail', 'e‐mail']],
    ["don’t, donʼt, DON'T; dont", ['don’t', 'donʼt', "DON'T"]],
    ["П’ятниця, п'ятницю; ятниця", ['П’ятниця', "п'ятницю"]],
  ])('in capitals, and with hyphens and apostrophes of any kind: %s', (text, found) => {
    const style = { '*': { avoid: ['Straße', 'indirim', 'ışık', 'e-mail', "don't", "п'ятниц*"] } }
    const told = codes(lint('en', text, { style })).filter(one => one.includes('"regards"'))
    expect(told).toEqual(found.map(one => `style.term: wording "regards" says "${one}"`))
  })

  test.each([
    ['pay {{#if a}}later{{else}}now{{/if}}', 'pay now'],
    ['{{#if a}}pay{{else}}buy{{/if}} now', 'pay now'],
    ['{{#if a}}go{{else if b}}buy{{else}}pay{{/if}} now', 'pay now'],
    ['pay {{#unless a}}{{#if b}}x{{else}}now{{/if}}{{/unless}}', 'pay now'],
    ['pay {{#if a}}later or {{/if}}now', 'pay now'],
    ['pay {{#each a}}{{this}}{{^}}now{{/each}}', 'pay now'],
    ['<!--[if mso]><p>pay now</p><![endif]-->', 'pay now'],
    ['<!--[if !mso]><!--><p>pay now</p><!--<![endif]-->', 'pay now'],
    ['<img alt=remit>', 'remit'],
  ])('in each branch, and in what only some programs show: %s', (text, found) => {
    const style = { en: { avoid: ['pay now', 'remit'] } }
    const source = { file: 'email.mjml.hbs', text: `<p>x</p>\n<p>${text}</p>` }
    const template = { ...notice, wording: {}, sources: { 'email.mjml.hbs': source } }
    const spoken = { ...brand, style, legal: {}, wording: {}, partials: {} }
    expect(lintStyle({ brand: spoken, template, channels, textOf })).toMatchObject([
      { code: 'style.term', message: `the template says "${found}"`, place: { line: 2 } },
    ])
  })

  test('of two branches do not make one text, and what stands beside them is told once', () => {
    const style = { en: { avoid: ['pay now', 'remit'] } }
    const text = '<p>{{#if a}}pay{{else}}now{{/if}} {{#if a}}x{{else}}y{{/if}} remit</p>'
    const template = { ...notice, wording: {}, sources: { 'email.mjml.hbs': { file: 'email.mjml.hbs', text } } }
    const spoken = { ...brand, style, legal: {}, wording: {}, partials: {} }
    expect(lintStyle({ brand: spoken, template, channels, textOf })).toMatchObject([
      { message: 'the template says "remit"', place: { line: 1 } },
    ])
  })

  test('names of characters are those of HTML', () => {
    expect(decodeEntities('&uuml;&nope;&amp;shy;&#0;&#1114112;&#10;&lstrok;&yicy;&YIcy;&')).toBe(
      'ü&nope;&shy;&#0;&#1114112; łїЇ&',
    )
    for (const [name, sign] of named) expect(`${name} ${decodeHtml(`&${name};`)}`).toBe(`${name} ${sign}`)
  })

  test('whether a file is markup is told by its channel, not by its name', () => {
    const avoid = { de: { avoid: ['Faktura'] } }
    const told = (name: string, channel: 'none' | 'markup', text: string): number => {
      const own = { name: name.split('.')[0] ?? '', files: [name], escape: channel }
      const template = { ...notice, wording: {}, sources: { [name]: { file: name, text } } }
      const spoken = { ...brand, partials: {}, style: avoid, locale: 'de-DE', legal: {} }
      return lintStyle({ brand: spoken, template, channels: [own], textOf }).filter(
        ({ code, place }) => code === 'style.term' && place?.file === name,
      ).length
    }
    // In bare text a tag is read as it stands.
    const text = 'Ihre <Faktura>'
    expect(told('chat.hbs', 'none', text)).toBe(1)
    expect(told('letter.sms.hbs', 'markup', text)).toBe(0)
    expect(told('letter.txt.hbs', 'markup', text)).toBe(1)
  })

  test('in arguments of partials and of wording, in branches, and in the partial itself', () => {
    const text = [
      "{{#if due}}Faktura {{sum}}{{else if (eq kind 'Faktura')}}{{> row label='Ihre Faktura' style='Faktura'}}{{/if}}",
      '{{!-- {{> row label="Faktura"}} --}}',
      `{{t 'k' word="die Faktura"}}`,
    ].join('\n')
    const template = { ...notice, wording: {}, sources: { 'sms.hbs': { file: 'sms.hbs', text } } }
    const partials = { row: { file: 'row.hbs', text: '\n{{label}}: Faktura' } }
    const spoken = { ...brand, legal: {}, wording: {}, partials }
    const found = lintStyle({ brand: spoken, template, channels, textOf })
    expect(found.map(({ message, place }) => `${place?.file}:${place?.line} ${message}`)).toEqual([
      'row.hbs:2 the template says "Faktura"',
      'sms.hbs:1 the template says "Faktura"',
      'sms.hbs:3 the template says "Faktura"',
    ])
  })

  test('and names that are spelled one way', () => {
    const style = { '*': { spelling: ['Home 500'] }, en: { spelling: ['e-mail'] } }
    expect(
      codes(lint('en', 'HOME-500, Home500, Home\u00a0500 and Home 500 by E-mail, e‑mail, email', { style })),
    ).toEqual([
      'style.spelling: wording "regards" writes "email"',
      'style.spelling: wording "regards" writes "HOME-500"',
      'style.spelling: wording "regards" writes "Home500"',
    ])
    const addresses = 'See https://home500.example/home500, home500.example or home500@nord.example'
    expect(codes(lint('en', `${addresses}; home500 again.`, { style }))).toEqual([
      'style.spelling: wording "regards" writes "home500"',
    ])
    expect(codes(lint('en', addresses, { style }))).toEqual([])
    const capitals = { '*': { spelling: ['AquaPlus 24'] } }
    expect(codes(lint('en', 'Aqua-Plus 24, aqua plus24, AquaPlus 24', { style: capitals }))).toEqual([
      'style.spelling: wording "regards" writes "Aqua-Plus 24"',
      'style.spelling: wording "regards" writes "aqua plus24"',
    ])
  })
})

describe('forms of address', () => {
  test.each([
    ['de', 'Sie', 'Kannst du nicht zahlen? Dein Vertrag, euer Haus', ['du', 'Dein', 'euer']],
    ['de', 'Sie', 'Zahlen Sie Ihre Rechnung, wir helfen Ihnen', []],
    ['de', 'Sie', 'Café du Monde, eine Rechnung von Madame du Barry, ein Konto bei Crédit du Nord, Modell DU-500', []],
    [
      'de',
      'Sie',
      'Rue du Bac 5, 12, avenue du Général Leclerc, Gare du Nord, Hotel du Lac, Carte du jour, BANQUE DU NORD',
      [],
    ],
    [
      'de',
      'Sie',
      'Mme du Lac, Jacques du Pré, Kaffee du Jour, Dir. Schmidt, Du-Pont-Straße 5, Fleur du Mal, M. du Bois, MME DU LAC',
      [],
    ],
    ['de', 'Sie', 'Jacques Du Pré wohnt in der Du-Pont-Straße, Gen.-Dir. Schmidt und Frau Dir. Weiß auch.', []],
    ['de', 'Sie', 'Hast du Fragen', ['du']],
    ['de', 'Sie', 'Rufen Sie an, wenn du Geld brauchst', ['du']],
    ['de', 'Sie', 'Kannst du Montag kommen', ['du']],
    ['de', 'Sie', 'Wenn du Geld brauchst', ['du']],
    ['de', 'Sie', 'HAST DU FRAGEN? Weißt Du Rat?', ['DU', 'Du']],
    ['de', 'Sie', 'Das gehört Dir. Danke. Nun zur Du-Form', ['Dir', 'Du']],
    ['de', 'Sie', 'Habt ihr Fragen? Wenn ihr wollt, seid ihr dabei', ['Habt', 'wollt', 'seid']],
    ['de', 'Sie', 'Die Kundin und ihr Mann, seit Mai, in aller Hast, das Wollte-ich-Heft', []],
    ['de', 'Sie', 'Hast du Fragen? Im Café kannst Du Geld sparen', ['du', 'Du']],
    [
      'de',
      'Sie',
      'Das ist deins, deines, deinetwegen, eures und EUERS; 100 EUR',
      ['deins', 'deines', 'deinetwegen', 'eures', 'EUERS'],
    ],
    ['de', 'du', 'Die Nummer (Ihre Kundennummer) – Sie sagen „Ihnen“', ['Ihre', 'Sie', 'Ihnen']],
    ['de', 'Sie', 'Das liegt eurerseits, deinerseits und euretwegen vor', ['eurerseits', 'deinerseits', 'euretwegen']],
    ['de', 'du', '5. Sie zahlen', ['Sie']],
    [
      'de',
      'du',
      'Wir helfen IHNEN bei 5 Ihrer Konten, du/Sie und dies ist „sein“ Ihrs',
      ['IHNEN', 'Ihrer', 'Sie', 'Ihrs'],
    ],
    ['de', 'du', 'Die Rechnung vom 3.5.2026. Sie ist bezahlt. (Sie lag bei.) „Sie ist da.“ Sie fehlt.\n– Sie', []],
    ['uk', 'ти', 'Ваші, вашім, ВАШИМИ', ['Ваші', 'вашім', 'ВАШИМИ']],
    [
      'uk',
      'Ви',
      'твоїй твому твойому твоєму твоїм твоїми твоєю твоє',
      'твоїй твому твойому твоєму твоїм твоїми твоєю твоє'.split(' '),
    ],
    ['uk', 'Ви', 'Твір, творчий, тверезий, тітка', []],
    ['uk', 'ви', 'Рахунок (Ваш), 5 Ваших – Ви', ['Ваш', 'Ваших', 'Ви']],
    ['uk', 'ви', 'ТОВ «Ваш дім», застосунок „Ваша вода“', []],
    ['uk', 'ви', 'Як сказано: «для Вас»', ['Вас']],
    ['uk', 'Ви', 'Модель ТИ-5', []],
    ['uk', 'ти', 'Автомобіль ВАС-2107', []],
    ['ru', 'вы', 'ООО «Ваш дом» напоминает о Вас', ['Вас']],
    ['uk', 'ви', 'Платіть до 5. Ваш рахунок', []],
    ['ru', 'Вы', 'твоем твоём твоею тобою тобой твоими', ['твоем', 'твоём', 'твоею', 'тобою', 'тобой', 'твоими']],
    ['ru', 'ты', 'с вашею помощью', ['вашею']],
    ['de', 'du', 'Bitte zahlen Sie: wir helfen Ihnen. Sie können anrufen', ['Sie', 'Ihnen']],
    ['uk', 'Ви', 'Як ви просили, ваш рахунок. Ти можеш', ['ви', 'ваш', 'Ти']],
    ['uk', 'Ви', 'Як Ви просили, Ваш рахунок. Вони вибачаються, вагою', []],
    ['uk', 'ви', 'Ваш рахунок: як Ви просили', ['Ви']],
    ['uk', 'ти', 'Твій рахунок, як ви просили', ['ви']],
    ['ru', 'Вы', 'Мы вернули вам деньги, твоего счёта нет', ['вам', 'твоего']],
    ['ru', 'Вы', 'Мы вернули Вам деньги. Вышло так', []],
    ['ru', 'ты', 'Мы вернули Вам деньги', ['Вам']],
  ])('%s: %s in "%s"', (language, address, text, found) => {
    const style = { [language]: { address } }
    const own = lint(language, text, { style }).filter(({ message }) => message.includes('"regards"'))
    expect(own.map(({ message }) => /says "(.*)"/.exec(message)?.[1])).toEqual(found)
  })

  test('that nothing is known of are said to be so', () => {
    expect(lint('pl', 'x', { style: { pl: { address: 'Pan' } } })).toMatchObject([
      { code: 'style.address', hint: expect.stringContaining('avoid') },
    ])
    expect(lint('uk', 'x', { style: { uk: { address: 'Sie' } } })).toMatchObject([{ hint: 'known: Ви, ви, ти' }])
  })
})

describe('sentences', () => {
  test('with too many words, as the reader counts them', () => {
    const long = Array.from({ length: 21 }, (_, at) => `Word${at}`).join(' ')
    expect(codes(lint('en', `Short. ${long}. Short`))).toEqual([
      `style.length: wording "regards" has a sentence of 21 words, 1 more than the brand wants: "${long.slice(0, 59)}…"`,
    ])
    expect(lint('en', long.replace(' Word10', '. Word10'))).toEqual([])
    expect(lint('en', `{tone, select, firm {x} other {${long}}}`)).toMatchObject([{ code: 'style.length' }])
  })

  test('end where a reader sees them end', () => {
    expect(sentences('Rechnung Nr. 5 ist offen. Bitte zahlen Sie! Tel. 0800 1', 'de')).toEqual([
      'Rechnung Nr. 5 ist offen.',
      'Bitte zahlen Sie!',
      'Tel. 0800 1',
    ])
    for (const [locale, whole] of [
      ['de', 'Bitte zahlen Sie bis 5. März 2026 an uns.'],
      ['de', 'Rechnung vom 5. Mai, fällig am 31. 5. 2026 in der Bahnhofstr. 5.'],
      ['de-AT', 'Sehr geehrter Hr. Dr. Meier, Nr. RE-5 kostet z. B. inkl. MwSt. 5 Euro.'],
      ['de', 'Zahlen Sie z. B. Herrn Meier, z.Hd. Frau Weiß, i.A. Fa. Nord GmbH u. Co. KG, St. Gallen.'],
      ['de', 'Bis 5. Okt. 2026 bzgl. Kd.-Nr. A5 an Dipl.-Ing. Meier.'],
      ['de', 'Wir zahlten 5 Mio. Euro und 3 Tsd. Franken.'],
      ['de', 'Im 3. Quartal sinkt der Preis.'],
      ['de', 'Für die 2. Mahnung in Ihrem 1. Jahr zahlen Sie nichts.'],
      ['en', 'Sect. 5 and para. 2 of the contract apply.'],
      ['uk', 'У березні 2026 р. Ви спожили 5 м³ води.'],
      ['uk', 'До 5 березня 2026 р. Вам треба сплатити рахунок.'],
      ['ru', 'За 2026\u00a0г. Вы израсходовали 5 м³ воды.'],
      ['uk', 'Тел. (044) 123 або тел. +38 044.'],
      ['pl', 'Zgodnie z art. 5 ust. 2 pkt 3 ustawy.'],
      ['pl', 'Faktura z dn. 5 marca 2026 r. jest otwarta, ul. Kwiatowa 5, m. 3.'],
      ['pl', 'Nord Sp. z o.o. Kraków, tj. Spółka, pl. Wolności 5, zob. Umowa z 5 mar. 2026.'],
      ['uk', 'Рахунок на 500 грн. 20 коп. за адресою вул. Хрещатик 1, м. Київ, кв. 7.'],
      ['uk', 'Платіть до 5 бер. 2026 р. проф. Шевченку, смт. Бородянка, т. зв. Договір.'],
      ['ru', 'Оплатите 500 руб. до 5 марта 2026 г. включительно, т. е. Вы платите.'],
      ['ru', 'Оплатите воду, газ и т. д. до 5 мар. 2026, см. Приложение, гр. Иванов.'],
      ['en', 'Dear Mr. Smith, No. 5 of J. Li is open.'],
      ['en-GB', 'Send it by U.S. Post to P.O. Box 5, e.g. Monday at 5 p.m. Eastern, No. A5.'],
      ['en', 'Acme Inc. Invoices and Nord Co. Ltd. Bills of St. Mary Ave. 5, Jan. 5, i.e. Friday.'],
      // Of a language that nothing is known of, the forms of all.
      ['fr', 'Facture Nr. 5, ul. Kwiatowa, e.g. Monday.'],
    ] as const)
      expect(sentences(whole, locale)).toEqual([whole])
    for (const [locale, one, other] of [
      ['de', 'Sie zahlten 50.', 'Danke.'],
      ['de', 'Sie zahlten 5.', 'Danke.'],
      ['de', 'Zahlen Sie bis zum 5.', 'Danach mahnen wir.'],
      ['de', 'Wir zahlten 5 Mio.', 'Wir danken.'],
      ['de', 'Gas, Wasser usw.', 'Danke.'],
      ['de', 'Wir liefern in die U.S.', 'Bitte zahlen Sie.'],
      ['de', 'Sie steht im.', 'Danke.'],
      ['de', 'Menge: 5 St.', 'Danke.'],
      ['pl', 'Do 5 marca 2026 r.', 'Prosimy o wpłatę.'],
      ['pl', 'Nord Sp. z o.o.', 'Prosimy o wpłatę.'],
      ['pl', 'Dla 5 os.', 'Prosimy.'],
      ['uk', 'Сплатіть до 5 березня 2026 р.', 'Дякуємо.'],
      ['uk', 'Сплатіть до 5 березня 2026 р.', 'Ви платите.'],
      ['ru', 'До пятницы оплатите счёт за воду и газ за март 2026 г.', 'Вы платите.'],
      ['uk', 'Сума 500 грн.', 'Сплатіть.'],
      ['ru', 'Стоянка и т. д.', 'Конец.'],
      ['ru', 'Высота 5 см.', 'Конец.'],
      ['en', 'Is it open? No.', 'Pay.'],
      ['en', 'Pay by 5 p.m.', 'Please keep this.'],
      ['en', 'We serve the U.S.', 'Your bill is open.'],
      ['en', 'Pay Acme Inc.', 'Thank you.'],
      ['en', 'Fees, taxes etc.', 'Total is due.'],
    ] as const)
      expect(sentences(`${one} ${other}`, locale).slice(-1)).toEqual([other])
    expect(countWords('Pay £1,482.50 by 23 March, O’Brien: e-mail')).toBe(7)
  })

  test('are read as messages are, quotes and all', () => {
    for (const [text, read] of [
      ["Bill '#5 of it", "Bill '#5 of it"],
      ["Bill '|b' of it", "Bill '|b' of it"],
      ["Bill '<b>' of it", 'Bill <b> of it'],
      ["Bill '{b}' of it", 'Bill {b} of it'],
      ["{n, plural, other {Bill '#' # of it}}", 'Bill # … of it'],
      ["It''s it's of it", "It's it's of it"],
    ] as const)
      expect(
        lint('en', text, { style: { en: { maxWordsPerSentence: 1 } } }).some(({ message }) =>
          message.endsWith(`than the brand wants: "${read}"`),
        ),
        text,
      ).toBe(true)
  })

  test('are read with one option of each choice at a time', () => {
    const text = "It''s '{'{n, plural, one {# day} other {# days}}{s, select, a {!} other {?}}"
    expect(readings(partsOf(text))).toEqual(["It's {\uFFFC day!", "It's {\uFFFC days!", "It's {\uFFFC day?"])
  })
})

describe('plural forms', () => {
  const missing = (text: string, locale: string) =>
    plurals(partsOf(text)).flatMap(plural =>
      missingForms(plural, locale).map(({ form, example }) => `${form} ${example}`),
    )

  test('of whole numbers have to be there, each by its name or by every number that needs it', () => {
    expect(missing('{n, plural, one {# rachunek} many {# rachunków} other {# rachunku}}', 'pl')).toEqual(['few 2'])
    expect(missing('{n, plural, one {# рахунок} other {# рахунків}}', 'uk')).toEqual(['many 0', 'few 2'])
    expect(missing('{n, plural, =1 {one bill} other {# bills}}', 'en')).toEqual([])
    expect(missing('{n, selectordinal, one {#st} other {#th}}', 'en')).toEqual(['two 2', 'few 3'])
    expect(missing('{g, select, a {{n, plural, one {# day} other {# days}}} other {}}', 'ru')).toEqual([
      'many 0',
      'few 2',
    ])
  })

  test('of a number that is written by its name, inside of the choice or right before it', () => {
    for (const text of [
      '{n, plural, one {{n} рахунок} other {{n} рахунків}}',
      '{n, plural, one {{n, number}\u00a0рахунок} other {рахунків: {n}}}',
      '{n} {n, plural, one {рахунок} other {рахунків}}',
      'Маєте {n}\u00a0{n, plural, one {рахунок} other {рахунків}}',
      '{n} {g, select, a {{n, plural, one {рахунок} other {рахунків}}} other {}}',
      '{n, plural, one {# {g, select, a {} other {рахунок}}} other {}}',
    ])
      expect(missing(text, 'uk'), text).toEqual(['many 0', 'few 2'])
    const wording = '{n} {n, plural, one {рахунок} other {рахунків}}; {n, plural, one {# день} other {# днів}}'
    expect(codes(lint('uk', wording, { style: {} }))).toEqual([
      'style.plural: wording "regards" has no form many, which uk needs for 0',
      'style.plural: wording "regards" has no form few, which uk needs for 2',
    ])
  })

  test('of a choice in which no word follows the number may be two', () => {
    for (const text of [
      '{m} {n, plural, one {рахунок} other {рахунки}}',
      '{n}: {n, plural, one {рахунок} other {рахунки}}',
      '{n, plural, one {рахунок {m} відкрито} other {рахунки}}',
      '{n, plural, one {рахунок} other {{n, plural, one {# рахунок} few {# рахунки} many {# рахунків} other {# рахунку}}}}',
    ])
      expect(missing(text, 'uk'), text).toEqual([])
    for (const text of ['one {numer faktury} other {numery faktur}', 'one {faktura {x}} other {faktury: #, razem {x}}'])
      expect(missing(`{n, plural, ${text}}`, 'pl')).toEqual([])
  })
})

test('the legal line has to be said on each channel that the brand names', () => {
  expect(lint('en', 'x')).toEqual([])
  expect(lint('en', 'x', { legal: { pdf: 'registered', email: 'licence', sms: 'stop' } })).toMatchObject([
    {
      code: 'style.legal',
      message: 'the template notice does not say licence on email',
      place: { file: 'templates/notice/email.mjml.hbs' },
    },
    { code: 'style.legal', message: 'the template notice does not say stop on sms' },
  ])
})

describe('a legal line is said where a reader sees it', () => {
  const legal = { email: 'registered' }
  const partials = {
    legal: { file: 'legal.hbs', text: "<p>{{t 'registered'}}</p>" },
    line: { file: 'line.hbs', text: '<p>{{text}}</p>' },
    passing: { file: 'passing.hbs', text: '{{> line text=said}}' },
    deaf: { file: 'deaf.hbs', text: '<p>{{other}}</p>' },
  }
  const told = (mjml: string, more: Record<string, string> = {}, others: Record<string, Source> = {}) => {
    const texts = Object.entries({ 'email.mjml.hbs': mjml, ...more })
    const sources = Object.fromEntries(texts.map(([file, text]) => [file, { file, text }]))
    const template = { ...notice, wording: {}, sources }
    const spoken = { ...brand, style: {}, wording: {}, partials: { ...partials, ...others }, legal }
    return lintStyle({ brand: spoken, template, channels, textOf })
  }
  const missing = (...asked: Parameters<typeof told>) => told(...asked).map(({ place }) => place?.file)

  test.each([
    "{{t 'registered'}}",
    '{{~t "registered" x=1~}}',
    '{{> legal}}',
    '{{~> legal}}',
    '{{> "legal"}}',
    "{{#if a}}{{> line text=(t 'registered')}}{{else}}{{> legal}}{{/if}}",
    "{{#if a}}{{t 'registered'}}{{else if b}}{{t 'registered'}}{{else}}{{t 'registered'}}{{/if}}",
    "{{#if a}}{{t 'registered'}}{{/if}}x{{#unless a}}{{> legal}}{{/unless}}",
    '{{#each a}}x{{/each}}{{#if a}}x{{/if}}{{> legal}}',
    "{{#if false}}{{else}}{{t 'registered'}}{{/if}}",
    "{{#each a}}{{t 'registered'}}{{else}}{{t 'registered'}}{{/each}}",
    "{{> passing said=(t 'registered')}}",
    "<mj-head><mj-preview>{{#if a}}</mj-preview></mj-head><mj-text a='{{#if b}}x{{/if}}'>{{/if}}{{> legal}}</mj-text>",
    "<p hidden><p>x</p></p><img hidden><i style='display:block'>{{t 'registered'}}</i>",
    "{{!-- <mj-preview> --}}<mj-text title='{{#if hidden}}x{{/if}}'>{{> legal}}</mj-text>",
  ])('%s says it', text => {
    expect(missing(text)).toEqual([])
  })

  test.each([
    "{{!-- {{t 'registered'}} --}}",
    '{{! {{> legal}} }}'.replace('}} }}', '}}'),
    "<!-- {{t 'registered'}} {{> legal}} -->",
    "{{#if false}}{{t 'registered'}}{{/if}}",
    '{{#unless true}}{{> legal}}{{/unless}}',
    "\\{{t 'registered'}}",
    "{{#if (t 'registered')}}x{{/if}}",
  ])('%s does not', text => {
    expect(missing(text)).toEqual(['email.mjml.hbs'])
  })

  test.each([
    "{{#if a}}{{> line text=(t 'registered')}}{{/if}}",
    "<!-- {{#if a}} -->{{t 'registered'}}<!-- {{/if}} -->",
    "{{#if a}}{{t 'registered'}}{{else if b}}{{t 'registered'}}{{/if}}",
    '{{#each a}}{{> legal}}{{/each}}',
    "{{#if a}}{{t 'registered'}}{{/if}}{{#unless b}}{{> legal}}{{/unless}}",
    '{{> sometimes}}',
  ])('%s says it only to some', text => {
    const sometimes = { file: 'sometimes.hbs', text: '{{#with a}}{{> legal}}{{/with}}' }
    expect(missing(text, {}, { sometimes })).toEqual(['email.mjml.hbs'])
    expect(told(text, {}, { sometimes })[0]).toMatchObject({
      message: expect.stringContaining('says registered on email only in some of its branches'),
      hint: "write {{t 'registered'}} outside of all blocks, or in each branch, {{else}} too",
    })
  })

  test.each([
    "{{t 'hello' x=(t 'registered')}}",
    "{{> deaf text=(t 'registered')}}",
    "{{> unknown text=(t 'registered')}}",
    "{{#if (t 'registered')}}x{{/if}}",
    "{{#if false}}{{t 'registered'}}{{/if}}",
    '<mj-head><mj-preview>{{> legal}}</mj-preview></mj-head>x',
    "<mj-head><mj-title>{{t 'registered'}}</mj-title></mj-head>x",
    '<mj-image alt=\'{{t "registered"}}\' />',
    '<mj-raw><div style="display: none"><div>x</div>{{> legal}}</div></mj-raw>',
    '<div hidden>{{> legal}}</div>',
  ])('%s says it where not every reader sees it', text => {
    expect(told(text)).toMatchObject([
      { message: 'the template notice says registered on email only where not every reader sees it' },
    ])
  })

  test.each([
    ['By {who}', 'Von {who}', 'always'],
    ['{n, plural, one {# for {who}} other {# by {who}}}', '{who}', 'always'],
    ['By {who}', 'Von uns', 'sometimes'],
    ['{n, plural, one {#} other {# by {who}}}', '{who}', 'sometimes'],
    ['By us', 'Von uns', 'hidden'],
  ])('in an argument, where the wording shows it: %s, %s', (en, de, saying) => {
    const source = (text: string) => ({ file: 'email.mjml.hbs', text })
    const wording = { en: { file: 'en.json', texts: { by: en } }, de: { file: 'de.json', texts: { by: de } } }
    for (const text of [
      "{{t 'by' n=1 who=(t 'registered')}}",
      "{{> line text=(t 'by' n=1 who=(t 'registered'))}}",
      "{{> by said=(t 'registered')}}",
    ]) {
      const template = { ...notice, wording, sources: { 'email.mjml.hbs': source(text) } }
      const by = { file: 'by.hbs', text: "{{t 'by' n=1 who=said}}" }
      const spoken = { ...brand, style: {}, wording: {}, partials: { ...partials, by }, legal }
      const found = lintStyle({ brand: spoken, template, channels, textOf }).filter(
        ({ code }) => code === 'style.legal',
      )
      expect(
        found.map(({ message }) => message.replace(/.* on email ?/, '')),
        text,
      ).toEqual(
        {
          always: [],
          sometimes: ['only in some of its branches, which the data decides about'],
          hidden: ['only where not every reader sees it'],
        }[saying],
      )
    }
  })

  test.each([
    ['<footer>{{> legal}}</footer>', true],
    ['<footer on="first">{{> legal}}</footer>', true],
    ['<footer on="last">{{> legal}}</footer><footer on="not-last">x</footer>', true],
    ['<footer on="odd">{{> legal}}</footer><footer on="even">{{> legal}}</footer>', true],
    ['<address-window return-line="{{t \'registered\'}}"/>', true],
    ['<footer on="not-first">{{> legal}}</footer>', false],
    ['<footer on="not-last"><columns><column>{{> legal}}</column></columns></footer>', false],
    ['<header on="even">{{> legal}}</header>', false],
    ['<header on="{{where}}">{{> legal}}</header>', false],
    ['<document title="{{t \'registered\'}}"><p>x</p></document>', false],
  ])('on every paper, also one of a page: %s, %s', (text, said) => {
    const template = { ...notice, wording: {}, sources: { 'pdf.hbs': { file: 'pdf.hbs', text } } }
    const spoken = { ...brand, style: {}, wording: {}, partials, legal: { pdf: 'registered' } }
    const found = lintStyle({ brand: spoken, template, channels, textOf })
    expect(codes(found)).toEqual(
      said ? [] : ['style.legal: the template notice says registered on pdf only where not every reader sees it'],
    )
  })

  test("in the brand's words, and in some", () => {
    const words = (own: Record<string, string>, ours: Record<string, string>) => {
      const template = { ...notice, wording: { en: { file: 'own.json', texts: own } } }
      const wording = { en: { file: 'ours.json', texts: ours } }
      return codes(lintStyle({ brand: { ...brand, style: {}, wording, legal }, template, channels, textOf }))
    }
    const registered = 'Registered in England'
    expect(words({ other: '' }, { registered })).toEqual([])
    expect(words({ registered }, { registered })).toEqual([])
    expect(words({ registered }, {})).toEqual([])
    expect(words({ registered: 'Buy now!' }, { registered })).toEqual([
      'style.legal: the template notice says the legal line registered in words of its own: "Buy now!"',
    ])
    const none = ['style.legal: the legal line registered has no words']
    for (const text of ['', ' . ', '{n, select, a {} other {Registered}}']) {
      expect(words({}, { registered: text }), text).toEqual(none)
      expect(words({ registered: text }, {}), text).toEqual(none)
    }
  })

  test('in the plain part too, where a template brings it; an address is no text', () => {
    const more = { 'email.txt.hbs': 'Hello', 'email.unsubscribe.hbs': 'https://nord.example/u' }
    expect(missing('{{> legal}}', more)).toEqual(['email.txt.hbs'])
    expect(missing('{{> legal}}', { ...more, 'email.txt.hbs': "{{t 'registered'}}" })).toEqual([])
  })

  test('not in the XML that a PDF attaches, which programs read', () => {
    const sources = {
      'pdf.hbs': { file: 'pdf.hbs', text: "<p>{{t 'registered'}}</p>" },
      'attachment.xml.hbs': { file: 'attachment.xml.hbs', text: '<Invoice>Faktura</Invoice>' },
    }
    const template = { ...notice, wording: {}, sources }
    const spoken = {
      ...brand,
      style: { de: { avoid: ['Faktura'] } },
      legal: { pdf: 'registered' },
      wording: {},
      partials: {},
    }
    expect(lintStyle({ brand: spoken, template, channels, textOf })).toEqual([])
  })
})

describe('words that each message has to say', () => {
  interface Asked {
    readonly anyOf?: string[]
    readonly texts?: Record<string, string>
  }
  const told = (
    text: string,
    { anyOf = ['STOP'], texts = {} }: { anyOf?: string[]; texts?: Record<string, string> } = {},
  ) => {
    const template = {
      ...notice,
      wording: { en: { file: 'en.json', texts } },
      sources: { 'sms.hbs': { file: 'sms.hbs', text } },
    }
    const partials = {
      stop: { file: 'stop.hbs', text: '{{#if a}}STOP{{/if}}' },
      say: { file: 'say.hbs', text: 'STOP' },
    }
    const spoken = { ...brand, legal: {}, partials, company: { ...brand.company, stop: 'STOP 36063' } }
    const demanded = { sms: { anyOf, code: 'sms.optout' as const } }
    return lintStyle({ brand: spoken, template, channels, textOf, demanded }).filter(
      ({ code }) => code === 'sms.optout',
    )
  }

  test.each([
    ['Buy!{{#if a}} Reply STOP{{/if}}'],
    ['Buy!{{#if a}} Reply STOP{{else if b}} Reply STOP{{/if}}'],
    ['{{#each lines}}Reply STOP{{/each}}'],
    ['Buy! {{> stop}}'],
    ["Buy! {{#if a}}{{t 'stop'}}{{/if}}", { texts: { stop: 'Reply STOP' } }],
    ["Buy! {{t 'stop' a=a}}", { texts: { stop: '{a, select, yes {Reply STOP} other {Reply}}' } }],
    ['{{#if a}}Buy! {{brand.company.stop}}{{/if}}'],
    ['{{#if a}}Reply STOP{{else}}NON-STOP{{/if}}'],
  ])('are told once where only some branches say them: %s', (text, asked: Asked = {}) => {
    expect(told(text, asked)).toEqual([
      {
        code: 'sms.optout',
        message: 'the template notice says "STOP" on sms only in some of its branches, which the data decides about',
        place: { file: 'sms.hbs' },
        hint: 'say it outside of all blocks, or in each branch, {{else}} and choices of the wording too: a message without it is a reject',
      },
    ])
  })

  test.each([
    ['Buy! Reply STOP'],
    ['{{#if a}}Reply STOP{{else}}Or STOP it{{/if}}'],
    ["{{#if a}}Reply STOP{{else}}{{t 'stop'}}{{/if}}", { texts: { stop: 'STOP' } }],
    ['{{#if a}}Reply STOP{{/if}}{{#unless a}}STOP{{/unless}}'],
    ['{{#if us}}Reply STOP{{else}}stop.nord.example{{/if}}', { anyOf: ['STOP', 'stop.nord.example'] }],
    ['{{#if a}}{{> say}}{{else}}{{> say}}{{/if}}'],
    // Each message is told.
    ['Buy!'],
  ])('are not told: %s', (text, asked: Asked = {}) => {
    expect(told(text, asked)).toEqual([])
  })
})
