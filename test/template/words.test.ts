/** Amounts in words. */
import { expect, test } from 'vitest'

import { amountInWords } from '../../src/template/words.ts'

test.each([
  ['0', 'Нуль гривень 00 копійок', 'Ноль рублей 00 копеек'],
  ['1', 'Одна гривня 00 копійок', 'Один рубль 00 копеек'],
  ['2.01', 'Дві гривні 01 копійка', 'Два рубля 01 копейка'],
  ['5.02', 'П’ять гривень 02 копійки', 'Пять рублей 02 копейки'],
  ['11.11', 'Одинадцять гривень 11 копійок', 'Одиннадцать рублей 11 копеек'],
  ['21.21', 'Двадцять одна гривня 21 копійка', 'Двадцать один рубль 21 копейка'],
  ['111.5', 'Сто одинадцять гривень 50 копійок', 'Сто одиннадцать рублей 50 копеек'],
  ['1000', 'Одна тисяча гривень 00 копійок', 'Одна тысяча рублей 00 копеек'],
  ['1001', 'Одна тисяча одна гривня 00 копійок', 'Одна тысяча один рубль 00 копеек'],
  [
    '1482.50',
    'Одна тисяча чотириста вісімдесят дві гривні 50 копійок',
    'Одна тысяча четыреста восемьдесят два рубля 50 копеек',
  ],
  ['12014', 'Дванадцять тисяч чотирнадцять гривень 00 копійок', 'Двенадцать тысяч четырнадцать рублей 00 копеек'],
  ['22000', 'Двадцять дві тисячі гривень 00 копійок', 'Двадцать две тысячи рублей 00 копеек'],
  ['2000000', 'Два мільйони гривень 00 копійок', 'Два миллиона рублей 00 копеек'],
  ['1000000', 'Один мільйон гривень 00 копійок', 'Один миллион рублей 00 копеек'],
  [
    '5000001002.99',
    'П’ять мільярдів одна тисяча дві гривні 99 копійок',
    'Пять миллиардов одна тысяча два рубля 99 копеек',
  ],
])('%s in Ukrainian and Russian', (amount, ukrainian, russian) => {
  expect(amountInWords(amount, 'UAH', 'uk-UA')).toBe(ukrainian)
  expect(amountInWords(amount, 'RUB', 'ru-RU')).toBe(russian)
  expect(ukrainian).not.toMatch(/[a-z]/i)
})

test.each([
  ['pl', 'PLN', '1', 'Jeden złoty 00 groszy'],
  ['pl', 'PLN', '22.03', 'Dwadzieścia dwa złote 03 grosze'],
  ['pl', 'PLN', '21', 'Dwadzieścia jeden złotych 00 groszy'],
  ['pl', 'UAH', '2', 'Dwie hrywny 00 kopiejek'],
  ['pl', 'PLN', '1001', 'Tysiąc jeden złotych 00 groszy'],
  ['pl', 'EUR', '1', 'Jedno euro 00 centów'],
  ['pl', 'EUR', '21.01', 'Dwadzieścia jeden euro 01 cent'],
  ['pl', 'EUR', '2', 'Dwa euro 00 centów'],
  ['pl', 'UAH', '1.01', 'Jedna hrywna 01 kopiejka'],
  ['pl', 'UAH', '21', 'Dwadzieścia jeden hrywien 00 kopiejek'],
  ['pl', 'UAH', '22', 'Dwadzieścia dwie hrywny 00 kopiejek'],
  ['pl', 'UAH', '101', 'Sto jeden hrywien 00 kopiejek'],
  ['pl', 'UAH', '12', 'Dwanaście hrywien 00 kopiejek'],
  ['pl', 'UAH', '102002.22', 'Sto dwa tysiące dwie hrywny 22 kopiejki'],
  ['pl', 'UAH', '1000000', 'Milion hrywien 00 kopiejek'],
  ['pl', 'RUB', '1.01', 'Jeden rubel 01 kopiejka'],
  ['pl', 'RUB', '22.02', 'Dwadzieścia dwa ruble 02 kopiejki'],
  ['pl', 'RUB', '101', 'Sto jeden rubli 00 kopiejek'],
  ['de', 'RUB', '1.01', 'Ein Rubel 01 Kopeke'],
  ['de', 'RUB', '21.02', 'Einundzwanzig Rubel 02 Kopeken'],
  ['en', 'RUB', '1.01', 'One rouble 01 kopeck'],
  ['en', 'GBP', '1001000', 'One million one thousand pounds 00 pence'],
  ['en', 'GBP', '3000045000.5', 'Three billion forty-five thousand pounds 50 pence'],
  ['en', 'GBP', '1000001', 'One million and one pounds 00 pence'],
  ['en', 'GBP', '1100101', 'One million one hundred thousand one hundred and one pounds 00 pence'],
  ['en', 'RUB', '21', 'Twenty-one roubles 00 kopecks'],
  ['de', 'EUR', '1', 'Ein Euro 00 Cent'],
  ['de', 'EUR', '1001.5', 'Eintausendein Euro 50 Cent'],
  ['de', 'EUR', '2000000', 'Zwei Millionen Euro 00 Cent'],
  ['de', 'PLN', '1.01', 'Ein Zloty 01 Grosz'],
  ['de', 'PLN', '2.02', 'Zwei Zloty 02 Groszy'],
  ['de', 'GBP', '1.01', 'Ein Pfund 01 Penny'],
  ['de', 'EUR', '101001', 'Einhunderteintausendein Euro 00 Cent'],
  ['de', 'EUR', '101', 'Einhundertein Euro 00 Cent'],
  ['en', 'PLN', '1.01', 'One zloty 01 grosz'],
  ['en', 'GBP', '1.01', 'One pound 01 penny'],
  ['en', 'GBP', '111.5', 'One hundred and eleven pounds 50 pence'],
  ['en', 'EUR', '2000000', 'Two million euros 00 cents'],
  ['uk', 'EUR', '21', 'Двадцять одне євро 00 центів'],
])('%s %s %s', (locale, currency, amount, words) => {
  expect(amountInWords(amount, currency, locale)).toBe(words)
})

test.each([
  ['-1', 'UAH', 'uk', 'is below zero, which no document says in words'],
  ['x', 'UAH', 'uk', 'is not a decimal number'],
  ['1', 'CHF', 'uk', 'has no words for CHF in uk'],
  ['1', 'EUR', 'fr', 'has no words for amounts in fr'],
  ['1000000000000', 'UAH', 'uk', 'is too large to be said in words'],
])('%s %s in %s %s', (amount, currency, locale, message) => {
  expect(() => amountInWords(amount, currency, locale)).toThrow(message)
})
