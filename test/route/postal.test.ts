/** What a line of a suppression list can be on paper: addresses of many countries, names, and numbers of customers. */
import { describe, expect, test } from 'vitest'
import { isPostal, readsAsName } from '../../src/route/postal.ts'

const addresses = [
  'Hauptstr. 5, 1010 Wien',
  'Anna Kowalska, ul. Długa 5, 00-950 Warszawa',
  'ul.Długa 5\n00-950 Warszawa',
  '1 High Street, Harbourtown',
  'Q 7 24, 68159 Mannheim',
  'C4, 12\n68159 Mannheim',
  'PO Box 1234, Leith EH6 6JJ',
  'Rose Cottage, Little Snoring, Norfolk',
  'The Manor\nBallybrack\nCo. Kerry',
  'вул. Садова, 14, кв. 3, м. Полтава, 36000',
  'ул. Лесная, 5\nг. Тверь',
  'Rua Um 12, 01310-100, Brasil',
  '2-7-2 Marunouchi, 100-0005 Tokyo',
  '東京都千代田区丸の内2丁目7番2号',
  '北京市朝阳区建国路93号，100022',
  '東京都千代田区丸の内一丁目九番一号',
  '香港中環皇后大道中九號',
  '서울특별시 중구 세종대로 110',
  'رام الله، شارع الإرسال 5',
]

test.each(addresses)('%s is a postal address, and reads like no name', address => {
  expect([isPostal(address), readsAsName(address)]).toEqual([true, false])
})

const numbers = ['C-10442', 'C 10442', 'C-10442, C-10443', 'K 2026 0301', '10442', '12.03.1980', '合同10442', '王小明']

test.each([...numbers, 'Anna', 'anna kowalska@example.org', 'Jean, +44 7911 123456'])('%s is none', written => {
  expect(isPostal(written)).toBe(false)
})

describe('a name may be the name of a house', () => {
  test.each([
    'Anna Kowalska',
    'Kowalska, Anna',
    'Ольга Петровна Смирнова',
    'Мар\u02bcяна Шевченко',
    'Hansen & Töchter GmbH',
    'CU 10442',
    'Customer 10442',
    'Rose Cottage',
    'Mª Carmen López',
    'Schmidt, Dr. Peter',
    'Kowalska, Anna, Maria',
  ])('%s reads like one, and is taken', written => {
    expect([isPostal(written), readsAsName(written)]).toEqual([true, true])
  })
})
