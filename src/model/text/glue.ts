/** Plain blanks that hold as no-break spaces do: data and translators write blanks where a compositor sets "№ 5", "10 kg" and "в місті". */

interface Rules {
  /** Words that stay with the number after them. */
  readonly signs: ReadonlySet<string>
  /** Words that stay with the number before them. */
  readonly units: ReadonlySet<string>
  /** Prepositions and conjunctions of one letter stay with the word after them. */
  readonly oneLetter: boolean
}

/**
 * Whether the blank at `end`, before `next`, holds in this language: a number's own parts, its sign, unit, currency and month; a dash and
 * the word before it; initials; words of one letter (uk, ru, pl). For a language that is not known, signs and units that all know.
 */
export function holdsBlank(text: string, end: number, next: number, lang: string): boolean {
  const before = text.charCodeAt(end - 1)
  const after = text.charCodeAt(next)
  if ((after === 0x2013 || after === 0x2014) && text.charCodeAt(next + 1) === 0x20) return true
  if (isDigit(after) || after === 0x2116) {
    if (isDigit(before)) return isGroup(text, end, next)
    return rulesFor(lang).signs.has(wordBefore(text, end)) || isOneLetter(text, end, lang)
  }
  if (isDigit(before)) return isUnit(text, next, lang)
  // "З. Б." and "Т. Шевченко": a letter, a dot, and a capital or another such pair.
  if (before === 0x2e)
    return startsWord(text, end - 2) && /^(\p{Lu}|\p{L}\.)/u.test(text.slice(next, next + 4)) && isLetter(text[end - 2])
  return isOneLetter(text, end, lang)
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function isOneLetter(text: string, end: number, lang: string): boolean {
  return startsWord(text, end - 1) && isLetter(text[end - 1]) && rulesFor(lang).oneLetter
}

/** Whether a word begins at this place: a blank, an opening mark or nothing stands before it. */
function startsWord(text: string, at: number): boolean {
  if (at < 0) return false
  return at === 0 || isOpening(text.charCodeAt(at - 1))
}

const opening = new Uint8Array(0x2030)
for (const sign of ' \n\u00A0\u202F\u2009([{«„“‘‚"\'') opening[sign.charCodeAt(0)] = 1

function isOpening(code: number): boolean {
  return opening[code] === 1
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /\p{L}/u.test(character)
}

/** 1 234 567,89: up to three digits, then threes. */
function isGroup(text: string, end: number, next: number): boolean {
  if (!/^\d{3}(?!\d)/.test(text.slice(next, next + 4))) return false
  return /(^|[^\d.,])\d{1,3}$/.test(text.slice(Math.max(0, end - 4), end))
}

const longest = 12

function wordBefore(text: string, end: number): string {
  let from = end
  while (from > 0 && end - from <= longest && !isOpening(text.charCodeAt(from - 1))) from -= 1
  return text.slice(from, end)
}

function isUnit(text: string, next: number, lang: string): boolean {
  const word = /^[^\s,;:!?)\]»”“]+/.exec(text.slice(next, next + longest))?.[0] ?? ''
  const { units } = rulesFor(lang)
  return units.has(word) || (word.endsWith('.') && units.has(word.slice(0, -1)))
}

const words = (text: string) => text.split(' ')

const allSigns = words('№ №№ # § §§ No No. Nr Nr. nr nr. € £ $ ₴ ₽ EUR GBP USD UAH PLN CHF')
const allUnits = words(
  '% ‰ ° °C € £ $ ₴ ₽ ¢ EUR GBP USD UAH RUB PLN CHF kWh MWh kW MW W kV V A Ah m m² m³ m2 m3 km km² cm mm ha kg g mg t l ml h min s ms kB MB GB TB Mbit/s Gbit/s MHz GHz Hz °F pt px',
)

const languages: Readonly<
  Record<string, { readonly signs: string; readonly units: string; readonly oneLetter?: true }>
> = {
  uk: {
    signs: 'стор. с. ст. ч. п. пп. розд. рис. табл. буд. кв. оф. корп. під. тел. поз.',
    units:
      'грн коп тис млн млрд кВт кВт·год кВт⋅год кВтгод МВт Вт В А Гкал м м² м³ км км² см мм га кг г мг т л мл год хв с сек КБ МБ ГБ ТБ Мбіт/с Гбіт/с шт ос дн р рр року ст січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня',
    oneLetter: true,
  },
  ru: {
    signs: 'стр. с. ст. ч. п. пп. разд. рис. табл. д. кв. оф. корп. под. тел. поз.',
    units:
      'руб коп тыс млн млрд кВт кВт·ч кВт⋅ч МВт Вт В А Гкал м м² м³ км км² см мм га кг г мг т л мл ч мин с сек КБ МБ ГБ ТБ Мбит/с Гбит/с шт чел дн гг года году января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
    oneLetter: true,
  },
  pl: {
    signs: 'str. s. art. ust. pkt poz. par. rys. tab. tel. lok. m.',
    units:
      'zł gr tys mln mld godz min sek szt os r roku dni stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
    oneLetter: true,
  },
  de: {
    signs: 'Nrn. S. Seite Pos. Art. Abs. Kap. Abb. Tab. Tel. Ziff.',
    units:
      'Cent Ct Tsd Mio Mrd Std Min Sek Stk Stück St Uhr Januar Februar März April Mai Juni Juli August September Oktober November Dezember Jan Feb Apr Jun Jul Aug Sep Sept Okt Nov Dez',
  },
  en: {
    signs: 'no. nos. Nos. p. pp. page Page sect. Sect. art. Art. para. fig. Fig. tel. Tel.',
    units:
      'bn million billion thousand pcs hrs mins am pm a.m p.m January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec',
  },
}

const known = new Map(
  Object.entries(languages).map(([language, { signs, units, oneLetter = false }]): [string, Rules] => [
    language,
    {
      signs: new Set([...allSigns, ...words(signs)]),
      units: new Set([...allUnits, ...words(units)]),
      oneLetter,
    },
  ]),
)

const others: Rules = { signs: new Set(allSigns), units: new Set(allUnits), oneLetter: false }

/** The language of a tag (BCP 47) in two letters; a longer one as it is. */
export function languageOf(lang: string): string {
  return (lang.charCodeAt(2) === 0x2d ? lang.slice(0, 2) : lang).toLowerCase()
}

function rulesFor(lang: string): Rules {
  return known.get(languageOf(lang)) ?? others
}
