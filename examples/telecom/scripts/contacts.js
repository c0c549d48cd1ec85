/**
 * Makes data/contacts.csv: made-up people for all customers of customers.csv, in five languages.
 * No clock and no chance: a person depends on the customer's number alone, so the same file comes out every time.
 *
 *     node examples/telecom/scripts/contacts.js
 *
 * The salutation is a column of its own, as a customer would have given it when signing: Platen never makes one from a name. One customer
 * in eight gave none. E-mail addresses are on domains reserved for examples (RFC 2606), telephone numbers in a range set aside for
 * fiction (+44 7700 900000 to 900999, Ofcom: Ireland sets aside no mobile numbers). Streets, towns and postcodes do not exist.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const folder = new URL('../data/', import.meta.url)

const towns = ['Dunmarrow', 'Kilbrannagh', 'Ballyfenn', 'Carrickmore Strand', 'Inishtulla', 'Rathwren', 'Clonavery']
const streets = [
  'Saltmarsh Road',
  'Lantern Lane',
  'Old Ropewalk',
  'Heron Quay',
  'Mill Race',
  'Upper Weir Street',
  'St Fintan’s Row',
]

/** `dear` is made of the parts of one drawn person: forename, its form of address (vocative, patronymic) and surname. */
const peoples = {
  en: {
    locale: 'en-GB',
    share: 52,
    female: 'Olivia Aoife Grace Niamh Emily Sinéad Charlotte Hannah'.split(' '),
    male: 'Jack Conor Oliver Seán Harry Liam Thomas Finn'.split(' '),
    surnames: "O'Brien Murphy Walsh Taylor Byrne Kelly McCarthy Wright Evans Doyle".split(' '),
    name: ({ forename, surname }) => `${forename} ${surname}`,
    dear: ({ forename, surname }) => `Dear ${forename} ${surname},`,
  },
  uk: {
    locale: 'uk-UA',
    share: 16,
    female:
      'Олена/Олено Марія/Маріє Наталія/Наталіє Ірина/Ірино Оксана/Оксано Тетяна/Тетяно Софія/Софіє Ганна/Ганно'.split(
        ' ',
      ),
    male: 'Андрій/Андрію Олександр/Олександре Іван/Іване Богдан/Богдане Тарас/Тарасе Микола/Миколо Петро/Петре Сергій/Сергію'.split(
      ' ',
    ),
    surnames: 'Коваленко Бондаренко Ткаченко Шевченко Мельник Кравчук Поліщук Лисенко Гнатюк Савченко'.split(' '),
    name: ({ forename, surname }) => `${forename} ${surname}`,
    dear: ({ form, female }) => (female ? `Шановна пані ${form}!` : `Шановний пане ${form}!`),
  },
  pl: {
    locale: 'pl-PL',
    share: 14,
    female: 'Anna Katarzyna Małgorzata Agnieszka Zofia Łucja Jadwiga Elżbieta'.split(' '),
    male: 'Piotr Krzysztof Łukasz Michał Paweł Stanisław Grzegorz Mateusz'.split(' '),
    surnames:
      'Kowalski/Kowalska Wiśniewski/Wiśniewska Zieliński/Zielińska Nowak Wójcik Mazur Jabłoński/Jabłońska Gąsior Źrebiec'.split(
        ' ',
      ),
    name: ({ forename, surname }) => `${forename} ${surname}`,
    dear: ({ female }) => (female ? 'Szanowna Pani,' : 'Szanowny Panie,'),
  },
  de: {
    locale: 'de-DE',
    share: 10,
    female: 'Anna Lena Katharina Sabine Ursula Jana Käthe Heike'.split(' '),
    male: 'Lukas Jürgen Stefan Björn Matthias Günter Felix Jörg'.split(' '),
    surnames: 'Müller Schäfer Weiß Köhler Großmann Becker Schröder Jäger Böhm Lang'.split(' '),
    name: ({ forename, surname }) => `${forename} ${surname}`,
    dear: ({ surname, female }) => (female ? `Sehr geehrte Frau ${surname},` : `Sehr geehrter Herr ${surname},`),
  },
  ru: {
    locale: 'ru-RU',
    share: 8,
    female: 'Ольга Анна Екатерина Светлана Татьяна Наталья Мария Елена'.split(' '),
    male: 'Пётр Алексей Дмитрий Сергей Николай Михаил Павел Андрей'.split(' '),
    surnames:
      'Смирнов/Смирнова Кузнецов/Кузнецова Соколов/Соколова Воробьёв/Воробьёва Лебедев/Лебедева Зайцев/Зайцева'.split(
        ' ',
      ),
    patronymics:
      'Петрович/Петровна Ильич/Ильинична Сергеевич/Сергеевна Андреевич/Андреевна Николаевич/Николаевна'.split(' '),
    name: ({ forename, patronymic, surname }) => `${forename} ${patronymic} ${surname}`,
    dear: ({ forename, patronymic, female }) => `${female ? 'Уважаемая' : 'Уважаемый'} ${forename} ${patronymic}!`,
  },
}

const columns = [
  'customerID',
  'name',
  'salutation',
  'address1',
  'address2',
  'address3',
  'email',
  'phone',
  'locale',
  'prefers',
]
const [head, ...lines] = readFileSync(new URL('customers.csv', folder), 'utf8').trimEnd().split(/\r?\n/)
const at = Object.fromEntries(head.split(',').map((column, index) => [column, index]))
const rows = lines.map(line => contact(line.split(',')))
writeFileSync(
  new URL('contacts.csv', folder),
  `${[columns, ...rows].map(row => row.map(quoted).join(',')).join('\n')}\n`,
)

function contact(cells) {
  const id = cells[at.customerID]
  const d = draws(id)
  const people = peoples[d.language()]
  const female = cells[at.gender] === 'Female'
  const [forename, form] = d.pick(female ? people.female : people.male).split('/')
  const person = {
    forename,
    form,
    female,
    surname: gendered(d.pick(people.surnames), female),
    patronymic: people.patronymics === undefined ? undefined : gendered(d.pick(people.patronymics), female),
  }
  const address = [
    `${d.number(1, 180)} ${d.pick(streets)}`,
    d.pick(towns),
    `Q${d.number(10, 99)} ${d.pick('ACDEFHK')}${d.number(1, 9)}${d.pick('NPRTVWX')}${d.number(1, 9)}`,
  ]
  const hasSalutation = d.number(1, 8) > 1
  const hasEmail = d.number(1, 100) <= 94
  const hasPhone = d.number(1, 100) <= 85
  // Whoever chose bills without paper prefers e-mail or a text message, the others mostly the post.
  const paperless = cells[at.PaperlessBilling] === 'Yes'
  const draw = d.number(1, 100)
  const prefers = paperless ? (draw <= 65 ? 'email' : 'sms') : draw <= 75 ? 'post' : 'sms'
  return [
    id,
    people.name(person),
    hasSalutation ? people.dear(person) : '',
    ...address,
    hasEmail ? `${id.toLowerCase()}@example.${d.pick(['com', 'org', 'net'])}` : '',
    hasPhone ? `+447700900${String(d.number(0, 999)).padStart(3, '0')}` : '',
    people.locale,
    prefers,
  ]
}

/** `Kowalski/Kowalska`: the man's and the woman's form; one form serves both. */
function gendered(forms, female) {
  const [man, woman = man] = forms.split('/')
  return female ? woman : man
}

/** Draws of one customer: a small generator (mulberry32) that the number seeds. */
function draws(id) {
  let state = [...id].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193) >>> 0, 0x811c9dc5)
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
      return Object.keys(peoples).find(name => {
        rest -= peoples[name].share
        return rest <= 0
      })
    },
  }
}

function quoted(value) {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
