/** Ukrainian in Latin letters: every example of the resolution No. 55 of 27 January 2010; other languages by the library. */
import { expect, test } from 'vitest'
import { romanize } from '../../../src/channels/sms/romanize.ts'

const examples =
  `Алушта Alushta Андрій Andrii Борщагівка Borshchahivka Борисенко Borysenko Вінниця Vinnytsia Володимир Volodymyr Гадяч Hadiach Богдан Bohdan
Згурський Zghurskyi Ґалаґан Galagan Ґорґани Gorgany Донецьк Donetsk Дмитро Dmytro Рівне Rivne Олег Oleh Есмань Esman Єнакієве Yenakiieve Гаєвич Haievych
Короп’є Koropie Житомир Zhytomyr Жанна Zhanna Жежелів Zhezheliv Закарпаття Zakarpattia Казимирчук Kazymyrchuk Медвин Medvyn Михайленко Mykhailenko
Іванків Ivankiv Іващенко Ivashchenko Їжакевич Yizhakevych Кадиївка Kadyivka Мар’їне Marine Йосипівка Yosypivka Стрий Stryi Олексій Oleksii Київ Kyiv
Коваленко Kovalenko Лебедин Lebedyn Леонід Leonid Миколаїв Mykolaiv Маринич Marynych Ніжин Nizhyn Наталія Nataliia Одеса Odesa Онищенко Onyshchenko
Полтава Poltava Петро Petro Решетилівка Reshetylivka Рибчинський Rybchynskyi Суми Sumy Соломія Solomiia Тернопіль Ternopil Троць Trots Ужгород Uzhhorod
Уляна Uliana Фастів Fastiv Філіпчук Filipchuk Харків Kharkiv Христина Khrystyna Біла Bila Церква Tserkva Стеценко Stetsenko Чернівці Chernivtsi
Шевченко Shevchenko Шостка Shostka Кишеньки Kyshenky Щербухи Shcherbukhy Гоща Hoshcha Гаращенко Harashchenko Юрій Yurii Корюківка Koriukivka
Яготин Yahotyn Ярошенко Yaroshenko Костянтин Kostiantyn Знам’янка Znamianka Феодосія Feodosiia Згорани Zghorany Розгон Rozghon`.split(
    /\s+/,
  )

test('the resolution’s own examples', () => {
  const pairs = Array.from({ length: examples.length / 2 }, (_, at) => [examples[2 * at], examples[2 * at + 1]])
  expect(pairs.length).toBeGreaterThan(70)
  for (const [ukrainian = '', latin] of pairs) expect(romanize(ukrainian, 'uk-UA')).toBe(latin)
})

test.each([
  ['ЩЕРБА ЮРІЙ', 'SHCHERBA YURII', 'uk'],
  ['Рахунок: 100 грн', 'Rakhunok: 100 hrn', 'uk-UA'],
  ['Счёт не оплачен, подъезд 5', 'Schet ne oplachen, podezd 5', 'ru-RU'],
  ['Łódź, żółć', 'Lodz, zolc', 'pl-PL'],
  ['Grüße für é £ €', 'Grüße für é £ €', 'de'],
  ['Αθήνα', 'Athina', 'el'],
])('%s', (text, latin, locale) => {
  expect(romanize(text, locale)).toBe(latin)
})

test.each([
  ['Първа банка България', 'bg-BG', 'Parva banka Balgariya'],
  ['подъезд', 'ru-RU', 'podezd'],
  ['ЖКХ ЩЕРБА Жанна', 'ru-RU', 'ZHKKH SHCHERBA Zhanna'],
  ['Θεσσαλονίκη Φώτης ΑΘΗΝΑ', 'el-GR', 'Thessaloniki Fotis ATHINA'],
])('%s in %s is %s: a word has one alphabet', (text, locale, latin) => {
  expect(romanize(text, locale)).toBe(latin)
})
