import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hyphenPoints } from '../../../../src/channels/pdf/layout/hyphenation.ts'
import { lay, page, pageLines, value } from '../render.ts'

function parted(word: string, lang: string): string {
  let from = 0
  const syllables = hyphenPoints(word, lang).map(at => {
    const syllable = word.slice(from, at)
    from = at
    return syllable
  })
  return [...syllables, word.slice(from)].join('-')
}

const lines = (contents: string, width = 40) =>
  pageLines(value(lay(page(contents, `size="${width}mm 200mm" margin="5mm"`)))).flat()

describe('hyphens', () => {
  it.each([
    [
      'uk-UA',
      'нагадування електроенергія Призначення під’їзд підʼїзд комп’ютер',
      'на-га-ду-ва-ння еле-ктро-енер-гія При-зна-че-ння під’-їзд підʼ-їзд ком-п’ю-тер',
    ],
    ['ru-RU', 'напоминание объявление задолженность съёмка', 'на-по-ми-на-ние объ-яв-ле-ние за-дол-жен-ность съёмка'],
    ['pl-PL', 'przypomnienie przedsiębiorstwo następny', 'przy-po-mnie-nie przed-się-bior-stwo na-stępny'],
    ['de-DE', 'Rechnungsbetrag Straßenbahn ÜBERWEISUNG', 'Rech-nungs-be-trag Stra-ßen-bahn ÜBER-WEI-SUNG'],
    ['en-GB', 'subscription photography electricity', 'sub-scrip-tion pho-to-graphy elec-tri-city'],
    ['en-US', 'subscription photography electricity', 'sub-scrip-tion pho-tog-ra-phy elec-tric-ity'],
    ['en', 'photography', 'pho-tog-ra-phy'],
    ['fr-FR', 'photographie', 'photographie'],
  ])('of %s part words as patterns do, with two letters before and three after', (lang, words, expected) => {
    expect(
      words
        .split(' ')
        .map(word => parted(word, lang))
        .join(' '),
    ).toBe(expected)
  })

  it('are shown at the end of a line only, and read as soft hyphens', () => {
    const text = 'Die Umsatzsteueridentifikationsnummer steht unten'
    expect(lines(`<p lang="de">${text}</p>`)).toEqual(['Die', 'Umsatzsteuerident', 'ifikationsnummer', 'steht unten'])
    expect(lines(`<p lang="de" hyphens="auto">${text}</p>`)).toEqual([
      'Die Umsatzsteuer\u00AD',
      'identifikations\u00AD',
      'nummer steht',
      'unten',
    ])
    expect(lines(`<p lang="de" hyphens="auto">${text}</p>`, 100)).toEqual([text])
  })

  it('go by the language of each part of a text', () => {
    const english = (lang: string) =>
      lines(`<p lang="de" hyphens="auto">Ein <span lang="${lang}">photography</span> x</p>`, 30)
    expect(english('en-US')).toEqual(['Ein photog\u00AD', 'raphy x'])
    expect(english('en-GB')).toEqual(['Ein photo\u00AD', 'graphy x'])
    expect(english('cs')).toEqual(['Ein', 'photography', 'x'])
    // The document's language, or the recipient's, where nothing else is said.
    const whole = (lang: string) =>
      pageLines(
        value(
          lay(
            `<document title="x" ${lang} hyphens="auto"><page size="31mm 99mm" margin="5mm"><p>The photography x</p></page></document>`,
          ),
        ),
      ).flat()
    expect(whole('lang="en-US"')).toEqual(['The photog\u00AD', 'raphy x'])
    expect(whole('')).toEqual(['The photo\u00AD', 'graphy x'])
  })

  it('never part figures, addresses, names of products, words with hyphens of their own, or the last word', () => {
    const set = (word: string) => lines(`<p hyphens="auto" lang="en">A list of ${word} x</p>`, 38)
    expect(set('photography')).toEqual(['A list of photogra\u00AD', 'phy x'])
    for (const word of [
      'photography2',
      'photography@x.y',
      'photo.graphyx',
      'photoGraphyx',
      'photo\u00ADgraphicss',
      'pho_tography',
    ]) {
      expect(set(word)[0]).toMatch(/^A list of( photo\u00AD)?$/)
    }
    expect(lines('<p hyphens="auto" lang="en">A list of photography</p>', 38)).toEqual(['A list of', 'photography'])
    expect(lines('<p hyphens="auto" lang="en" white-space="nowrap">A list of photography</p>', 38)[0]).not.toContain(
      '\u00AD',
    )
  })

  it('end two lines in a row at most, and never reach over the margin', () => {
    const text =
      'Die Verbrauchsabrechnung und eine Zahlungserinnerung der Stromversorgungsgesellschaft zur Überweisung. '
    const seen = new Set<string>()
    for (let width = 30; width < 60; width += 0.75) {
      const layout = value(
        lay(page(`<p hyphens="auto" lang="de">${text.repeat(3)}</p>`, `size="${width}mm 300mm" margin="5mm"`)),
      )
      const ends = pageLines(layout)
        .flat()
        .map(line => (line.endsWith('\u00AD') ? '-' : ' '))
        .join('')
      for (const row of ends.match(/-+/g) ?? []) seen.add(row)
      for (const mark of layout.pages.flatMap(({ marks }) => marks)) {
        if (mark.kind !== 'text') continue
        const units = mark.glyphs.reduce((sum, glyphs) => sum + glyphs.width, 0)
        expect(mark.x + (units * mark.sizePt) / mark.face.unitsPerEm).toBeLessThan(((width - 5) * 72) / 25.4 + 0.01)
      }
      // Three in a row only where a word has a line of its own and more.
      if (width > 52) expect(ends).not.toContain('---')
    }
    expect(seen).toContain('--')
  })

  it('part words of any length, in pieces that agree', () => {
    const law = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'
    const half = 'Rindfleischetikettierungsüberwachung'
    expect(parted(law, 'de')).toContain(`${parted(half, 'de')}s-auf-ga-ben-über-tra-gungs-ge-setz`)
    for (const line of lines(`<p hyphens="auto" lang="de">${law}</p>`, 44).slice(0, -1)) expect(line).toMatch(/\u00AD$/)
    const many = hyphenPoints('Verbrauchsabrechnung'.repeat(500), 'de')
    expect(many.length).toBeGreaterThan(500 * 4)
    expect(many.every((point, index) => index === 0 || point > many[index - 1]!)).toBe(true)
  })

  it('give way to hyphens that a word has, where the line is half full with them', () => {
    const meter = 'Smart-Meter-Gateway-Administration'
    expect(lines(`<p hyphens="auto" lang="de">${meter}</p>`, 44)).toEqual([
      'Smart-Meter-',
      'Gateway-',
      'Administration',
    ])
  })

  it('leave no closing mark alone at the beginning of a line', () => {
    const set = (text: string, hyphens: string) =>
      lines(`<box width="20mm" font-size="8.5pt" hyphens="${hyphens}" lang="de">${text}</box>`)
    expect(set('Zählerablesung, x', 'auto')).toEqual(['Zählerable\u00AD', 'sung, x'])
    expect(set('Zählerablesung. x', 'none')).toEqual(['Zählerablesu', 'ng. x'])
    for (const text of ['„Zählerablesung“', 'Zählerablesung)“.', 'Zählerablesunga/', 'nord.example.Zähl.'])
      for (const hyphens of ['auto', 'none'])
        for (const line of set(text, hyphens).slice(1)) expect(line).toMatch(/^[.]?[\p{L}\p{N}]{2}/u)
  })

  it('may come from words that two elements share', () => {
    expect(lines('<p hyphens="auto" lang="de">Der <b>Rechnungs</b>betrag ist</p>', 36)).toEqual([
      'Der Rechnungs\u00AD',
      'betrag ist',
    ])
  })

  it('come from pattern files of the pinned version', () => {
    const read = (path: string) => JSON.parse(readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8'))
    expect(read('package.json').dependencies.hyphenopoly).toBe(read('node_modules/hyphenopoly/package.json').version)
  })
})
