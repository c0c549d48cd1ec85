/** Mistakes of voice: wording that does not speak as the brand does. All are warnings of check. */
import type { Factory } from '../../run/factory.ts'
import type { Mistake } from './mistake.ts'

const unrun = 'wording is linted before, not while documents are made'

const speaks = (style: string, file: string, from: string, to: string) => (f: Factory) => {
  f.mend('assets/brand.yaml', 'senders:', `${style}\nsenders:`)
  f.mend(file, from, to)
}

export const style: readonly Mistake[] = [
  {
    what: 'a customer who is addressed in small letters',
    code: 'style.address',
    unrun,
    make: speaks('style: { uk: { address: Ви } }', 'assets/text/uk.json', 'З повагою', 'Дякуємо вам'),
    exit: 0,
    says: 'assets/text/uk.json:1: wording "regards" says "вам"',
    hint: 'the brand says "Ви"',
  },
  {
    what: 'rules of style for a language that nobody writes',
    code: 'style.language',
    unrun,
    make: f => f.mend('assets/brand.yaml', 'senders:', 'style: { ukr: { avoid: [remit] } }\nsenders:'),
    exit: 0,
    says: 'assets/brand.yaml: style.ukr is for a language that no wording is in',
    hint: 'did you mean "uk"?',
  },
  {
    what: 'a letter without its legal line',
    code: 'style.legal',
    unrun,
    make: f => f.mend('assets/brand.yaml', 'senders:', 'legal: { pdf: registered }\nsenders:'),
    exit: 0,
    says: 'templates/bill/pdf.hbs: the template bill does not say registered on pdf',
    hint: "write {{t 'registered'}}, or include the partial that says it",
  },
  {
    what: 'a sentence that nobody reads to its end',
    code: 'style.length',
    unrun,
    make: speaks(
      'style: { en: { maxWordsPerSentence: 4 } }',
      'assets/text/en.json',
      'Regards',
      'With our very best regards',
    ),
    exit: 0,
    says: 'assets/text/en.json:1: wording "regards" has a sentence of 5 words, 1 more than the brand wants: "With our very best regards"',
    hint: 'make two sentences of it, or leave something out',
  },
  {
    what: 'a language with three plural forms of which two are written',
    code: 'style.plural',
    unrun,
    make: f =>
      f.mend(
        'assets/text/uk.json',
        '{',
        '{ "bills": "{n, plural, one {# рахунок} many {# рахунків} other {# рахунку}}", ',
      ),
    exit: 0,
    says: 'assets/text/uk.json:1: wording "bills" has no form few, which uk needs for 2',
    hint: 'write few {…} beside the others: without it 2 is read with the form of other',
  },
  {
    what: 'a product that is spelled as it comes',
    code: 'style.spelling',
    unrun,
    make: speaks(
      'style: { "*": { spelling: [Home 500] } }',
      'assets/text/en.json',
      'Regards',
      'Regards, your HOME-500',
    ),
    exit: 0,
    says: 'assets/text/en.json:1: wording "regards" writes "HOME-500"',
    hint: 'write "Home 500"',
  },
  {
    what: 'a word of lawyers',
    code: 'style.term',
    unrun,
    make: speaks(
      'style: { en: { prefer: { pay: [remit] } } }',
      'assets/text/en.json',
      'Regards',
      'Please remit. Regards',
    ),
    exit: 0,
    says: 'assets/text/en.json:1: wording "regards" says "remit"',
    hint: 'write "pay"',
  },
]
