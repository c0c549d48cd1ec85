/**
 * Makes data/customers.csv: made-up customers for every number that Online Retail uses in any month (12346 to 18287).
 * No clock and no chance: a customer depends on its number alone, so the same file comes out every time, and in any range.
 *
 *     node examples/retail/scripts/customers.js
 *
 * E-mail addresses are on domains reserved for examples (RFC 2606), telephone numbers in ranges set aside for fiction:
 * +44 7700 900000 to 900999 (Ofcom) and, for German customers, +49 176 04069000 to 04069099 (Bundesnetzagentur). Ukraine, Poland and
 * Kazakhstan set none aside, so customers there carry a British one.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const first = 12346
const last = 18287
const folder = new URL('../data/', import.meta.url)

const names = readNames()

/** Customers that are there to be awkward: names that are legal, and break what is careless. Most of them bought in December 2010. */
const fixed = {
  17850: { locale: 'en-GB', name: "O'Brien & Sons Ltd" },
  12748: {
    locale: 'en-GB',
    name: 'The Guild of Hand-Block Printers, Bookbinders, Paper Marblers and Fine Stationers of the Scottish Borders (Retail) Ltd',
  },
  17841: { locale: 'en-GB', name: 'Less < More > Enough Ltd' },
  14606: {
    locale: 'uk-UA',
    name: 'Товариство з обмеженою відповідальністю «Об’єднання „Українські сувеніри та вироби народних майстрів“»',
  },
  15311: { locale: 'pl-PL', name: 'Źródło Żółtej Gęśli – Sklep z Pamiątkami Ćwiąkalski i Wspólnicy sp. z o.o.' },
  12433: {
    locale: 'de-DE',
    name: 'Straßenbräu-Geschenkartikelgroßhandelsgesellschaft Müller-Lüdenscheidt & Söhne GmbH & Co. KG',
  },
  13174: { locale: 'ru-RU', name: 'ИП Воробьёва-Соловьёва Екатерина' },
  17341: { locale: 'en-GB', name: '=Plus & Minus Trading' },
  15574: { locale: 'en-GB', name: '{{Braces}} Design Ltd' },
  18116: { locale: 'en-GB', name: 'Null' },
  18118: { locale: 'en-GB', name: '"The Corner Shop", Smith, Brown & Co.' },
  14298: { locale: 'en-GB', name: '50% Off & 100% On €uro £td' },
}

const lands = {
  en: {
    locale: 'en-GB',
    share: 60,
    towns: [
      'Ashbourne',
      'Barnstaple',
      'Carlisle',
      'Dorking',
      'Exmouth',
      'Falkirk',
      'Hexham',
      'Kendal',
      'Ludlow',
      'Malvern',
      'Oban',
      'Whitby',
    ],
    streets: [
      'Tanpit Row',
      'Old Ropewalk',
      'Lantern Lane',
      'Saddler’s Yard',
      'Mulberry Steps',
      'Upper Weir Road',
      'Candle Court',
      'St Bride’s Rise',
    ],
    shops: [
      '{s} & Sons Ltd',
      '{s} & Daughters',
      '{s} Gifts Ltd',
      'The {s} Trading Company',
      '{s}, {t} and Partners LLP',
      '{s} Home & Garden',
    ],
    address: (d, town, street) => [
      `${d.number(1, 240)} ${street}`,
      town,
      `${d.pick('QVX')}${d.pick('ABCDEFGH')}${d.number(1, 20)} ${d.number(1, 9)}${d.pick('ABDEFGHJLN')}${d.pick('PQRSTUWXYZ')}`,
    ],
  },
  uk: {
    locale: 'uk-UA',
    share: 15,
    towns: [
      'м. Київ',
      'м. Львів',
      'м. Одеса',
      'м. Полтава',
      'м. Чернівці',
      'м. Вінниця',
      'м. Івано-Франківськ',
      'м. Житомир',
    ],
    streets: [
      'вул. Гончарна',
      'вул. Ліхтарна',
      'вул. Писарівська',
      'просп. Садовий',
      'пров. Ткацький',
      'вул. Князя Ігоря',
      'бульв. Каштановий',
    ],
    shops: ['ФОП {s} {f}', 'ТОВ «{s} і партнери»', 'ТОВ «Дім подарунків {s}»', 'Крамниця «{f}»'],
    address: (d, town, street) => [
      `${street}, буд. ${d.number(1, 140)}, кв. ${d.number(1, 90)}`,
      `${town}, ${d.number(10, 99)}0${d.number(10, 99)}`,
      'UKRAINE',
    ],
  },
  de: {
    locale: 'de-DE',
    share: 10,
    towns: ['Lübeck', 'Görlitz', 'Würzburg', 'Münster', 'Tübingen', 'Weißenfels', 'Emden', 'Passau'],
    streets: [
      'Am Alten Speicher',
      'Gänsemarktstieg',
      'Laternenweg',
      'Große Seilergasse',
      'Mühlenkehre',
      'Hinter den Höfen',
    ],
    shops: ['{s} & Söhne GmbH', 'Geschenkehaus {s} e. K.', '{s} Großhandel GmbH & Co. KG', 'Gärtnerei {s}'],
    address: (d, town, street) => [
      `${street} ${d.number(1, 120)}`,
      `${d.number(10, 99)}${d.number(100, 999)} ${town}`,
      'GERMANY',
    ],
  },
  pl: {
    locale: 'pl-PL',
    share: 9,
    towns: ['Łódź', 'Rzeszów', 'Toruń', 'Zielona Góra', 'Białystok', 'Gdańsk', 'Świdnica'],
    streets: [
      'ul. Garncarska',
      'ul. Latarników',
      'ul. Żółwia',
      'al. Kwiatów Polnych',
      'ul. Świętego Łukasza',
      'pl. Tkaczy',
    ],
    shops: ['{s} i Wspólnicy sp. z o.o.', 'Upominki {s} s.c.', 'Kwiaciarnia „{f}”', 'Sklep z Pamiątkami {s}'],
    address: (d, town, street) => [
      `${street} ${d.number(1, 160)}/${d.number(1, 60)}`,
      `${d.number(10, 99)}-${d.number(100, 999)} ${town}`,
      'POLAND',
    ],
  },
  ru: {
    locale: 'ru-RU',
    share: 6,
    towns: ['г. Алматы', 'г. Астана', 'г. Караганда', 'г. Павлодар', 'г. Усть-Каменогорск'],
    streets: ['ул. Фонарная', 'ул. Гончаров', 'пр. Садоводов', 'пер. Ткацкий', 'ул. Писарей'],
    shops: ['ИП {s} {f}', 'ТОО «{s} и партнёры»', 'ТОО «Дом подарков»', 'Магазин «{f}»'],
    address: (d, town, street) => [
      `${street}, д. ${d.number(1, 140)}, кв. ${d.number(1, 90)}`,
      `${town}, 0${d.number(10000, 99999)}`,
      'KAZAKHSTAN',
    ],
  },
}

const columns = ['id', 'name', 'address1', 'address2', 'address3', 'email', 'phone', 'locale']
const rows = Array.from({ length: last - first + 1 }, (_, index) => customer(first + index))
writeFileSync(
  new URL('customers.csv', folder),
  `${[columns, ...rows].map(row => row.map(quoted).join(',')).join('\n')}\n`,
)

function customer(id) {
  const d = draws(id)
  const special = fixed[id]
  const drawn = d.language()
  const language = special === undefined ? drawn : special.locale.slice(0, 2)
  const land = lands[language]
  const female = d.number(0, 1) === 1
  const forename = d.pick(names[language][female ? 'female' : 'male'])
  const surname = feminine(d.pick(names[language].surname), language, female)
  const other = d.pick(names[language].surname)
  const shop = d.pick(land.shops)
  const isShop = d.number(1, 100) <= 45
  const name =
    special?.name ??
    (isShop ? fill(shop, { s: surname.name, t: other.name, f: forename.name }) : `${forename.name} ${surname.name}`)
  const address = land.address(d, d.pick(land.towns), d.pick(land.streets))
  const mailbox = isShop
    ? `${d.pick(['accounts', 'office', 'orders'])}.${slug(surname.latin)}`
    : `${slug(forename.latin)}.${slug(surname.latin)}`
  const email = `${mailbox}.${id}@${d.pick(['example.com', 'example.org', 'example.net'])}`
  const phone = language === 'de' ? `+49176040690${pad(d.number(0, 99), 2)}` : `+447700900${pad(d.number(0, 999), 3)}`
  const hasEmail = d.number(1, 100) <= 92
  const hasPhone = d.number(1, 100) <= 78
  return [
    String(id),
    name,
    ...Array.from({ length: 3 }, (_, line) => address[line] ?? ''),
    hasEmail ? email : '',
    hasPhone ? phone : '',
    land.locale,
  ]
}

/** Draws of one customer: a small generator (mulberry32) that its number seeds. */
function draws(id) {
  let state = Math.imul(id, 0x9e3779b1) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const number = (from, to) => from + Math.floor(next() * (to - from + 1))
  return {
    number,
    pick: list => list[number(0, list.length - 1)],
    language: () => {
      let rest = number(1, 100)
      return Object.keys(lands).find(name => {
        rest -= lands[name].share
        return rest <= 0
      })
    },
  }
}

/** Russian and Polish surnames have a form of their own for women; the list holds the men's. */
function feminine(surname, language, female) {
  if (!female) return surname
  if (language === 'ru') return { name: `${surname.name}а`, latin: `${surname.latin}a` }
  if (language === 'pl') return { name: surname.name.replace(/i$/, 'a'), latin: surname.latin.replace(/i$/, 'a') }
  return surname
}

function readNames() {
  const lists = {}
  const [, ...lines] = readFileSync(new URL('names.csv', folder), 'utf8').trimEnd().split('\n')
  for (const line of lines) {
    const [language, part, name, latin] = line.split(',')
    lists[language] ??= {}
    lists[language][part] ??= []
    lists[language][part].push({ name, latin })
  }
  return lists
}

function fill(pattern, values) {
  return pattern.replace(/\{(\w)\}/g, (_, name) => values[name])
}

function slug(latin) {
  return latin.toLowerCase().replace(/[^a-z]/g, '')
}

function pad(number, digits) {
  return String(number).padStart(digits, '0')
}

function quoted(value) {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
