import { describe, expect, it } from 'vitest'
import type { Fault } from '../../src/model/index.ts'
import { auditTemplate } from '../../src/template/index.ts'
import { brand, channels, template, words } from './kit.ts'

interface Change {
  readonly en?: Readonly<Record<string, string>>
  readonly uk?: Readonly<Record<string, string>>
  readonly pl?: Readonly<Record<string, string>>
  readonly partials?: Readonly<Record<string, string>>
}

/** Faults and warnings of a template, as lines: place, code, message, hint. */
function audit(text: string, { en = {}, uk = {}, pl, partials = {} }: Change = {}, file = 'pdf.hbs') {
  const files = {
    [file]: text,
    'text/en.json': JSON.stringify({ ...words.en, ...en }, null, 2),
    'text/uk.json': JSON.stringify({ ...words.uk, ...uk }, null, 2),
    ...(pl === undefined ? {} : { 'text/pl.json': JSON.stringify({ ...words.en, ...pl }, null, 2) }),
  }
  const sources = Object.fromEntries(
    Object.entries(partials).map(([name, source]) => [name, { file: `assets/partials/${name}.hbs`, text: source }]),
  )
  const { faults, warnings } = auditTemplate(template(files), { ...brand, partials: sources }, { channels })
  return { faults: faults.map(line), warnings: warnings.map(line) }
}

function line({ place, code, message, hint }: Fault): string {
  const where = [place?.file.replace('factory/templates/invoice/', ''), place?.line, place?.column]
  return `${where.filter(part => part !== undefined).join(':')} ${code}: ${message} -> ${hint}`
}

describe('an apostrophe', () => {
  const hint = "write '' or ’ for an apostrophe; braces that are meant to be read: '{'number'}'"
  it('that keeps a value from being filled in is a fault', () => {
    for (const text of ["No. '{number}'", "No. d'{number} and", "No. '{number}/{site}'", "No. '{ number, plural, x'"])
      expect(audit("{{t 'heading' number=number}}", { en: { heading: text } }).faults).toEqual([
        `text/en.json:2:3 template.wording: wording "heading": an apostrophe keeps {number} from being filled in -> ${hint}`,
      ])
  })
  it('or a choice by a word that keeps a number from being filled in is one, too', () => {
    for (const items of [
      "{count, plural, other {d'# factures l'an}}",
      '{count, plural, other {{how, select, other {# items}}}}',
    ])
      expect(audit('', { en: { items } }).faults).toEqual([
        'text/en.json:5:3 template.wording: wording "items": a # is read as it stands -> write {count} for it, or take away the apostrophe before it',
      ])
    for (const items of [
      "{count, plural, other {'#' # x}}",
      '{count, plural, other {{how, select, other {Bill #{no} }}}}',
    ])
      expect(audit('', { en: { items } }).faults).toEqual([])
  })
  it('that keeps a choice from its end is told as what it is', () => {
    const blamed = (items: string): readonly string[] =>
      audit('', { en: { items } }).faults.map(fault => fault.replace(/^.*?wording "items": /, ''))
    for (const [items, quoted, written] of [
      ["{count, plural, one {l'# livre} other {# livres}}", "l'#", 'l’#'],
      ["{count, plural, one {# day} other {# days'}}", "days'}", 'days’}'],
      ["{count, plural, one {# day} other {# days'}} isn''t it", "days'}", 'days’}'],
      ["{count, plural, one {x} other {'{'#'}' l'{no}}}", "l'{", 'l’{'],
      ["{count, plural, one {l'# x} other {l'# y} few {l'# z}}", "l'#", 'l’#'],
    ] as const)
      expect(blamed(items)).toEqual([
        `this is not ICU MessageFormat: the apostrophe in "${quoted}" keeps what stands behind it from being read -> write ${written}, or '' for the apostrophe`,
      ])
    expect(blamed("{count, plural, one {it's}}")).toEqual([
      "this is not ICU MessageFormat: missing other clause -> close every brace, give plural and select an `other`, write '{' for a brace",
    ])
  })
  it('is one where it is nothing else, and so are braces that are meant', () => {
    for (const text of ["It's {number}", "d''{number}", "'{'number'}' {number}", "'{' {number} '}'", '’{number}’'])
      expect(audit("{{t 'heading' number=number}}", { en: { heading: text } })).toEqual({ faults: [], warnings: [] })
  })
})

describe('braces in a template that are read as they stand', () => {
  it('are warned of where a field, an argument of the wording or a helper stands in them', () => {
    expect(audit('<p>\nNo. {number} {customer.name}</p>').warnings).toEqual([
      'pdf.hbs:2:5 template.braces: {number} is read as it stands -> write {{number}}',
      'pdf.hbs:2:14 template.braces: {customer.name} is read as it stands -> write {{customer.name}}',
    ])
    expect(audit("{count} {t 'heading'} {total }", {}, 'sms.hbs').warnings).toEqual([
      'sms.hbs:1:1 template.braces: {count} is read as it stands -> write {{count}}',
      "sms.hbs:1:9 template.braces: {t 'heading'} is read as it stands -> write {{t 'heading'}}",
      'sms.hbs:1:23 template.braces: {total } is read as it stands -> write {{total}}',
    ])
    expect(audit('{{#each lines}}{quantity} {number}{{/each}}').warnings).toHaveLength(2)
  })
  it('are warned of behind a backslash, whatever they hold', () => {
    expect(audit('<p>\\{{number}} {{number}} \\{{anything}}</p>').warnings).toEqual([
      'pdf.hbs:1:5 template.braces: {{number}} is read as it stands: the backslash keeps it from being filled in -> write {{number}} without the backslash',
      'pdf.hbs:1:28 template.braces: {{anything}} is read as it stands: the backslash keeps it from being filled in -> write {{anything}} without the backslash',
    ])
  })
  it('may stand for themselves', () => {
    expect(audit('<style>p { width: 1mm } @media x { .number { total: 0 } }</style>{sic} {} { }{1}').warnings).toEqual(
      [],
    )
  })
  it('are found in partials, once', () => {
    expect(audit('{{> foot}}{{> foot}}', { partials: { foot: 'a\n{number}' } }).warnings).toEqual([
      'assets/partials/foot.hbs:2:1 template.braces: {number} is read as it stands -> write {{number}}',
    ])
  })
})

describe('marks of other systems', () => {
  const other = 'write a field of schema.json in its place: {{…}}'
  it('are warned of in templates and partials', () => {
    expect(audit('Dear *|FNAME|*,\n%%last_name%% [[ number ]] [[number]] «number»').warnings).toEqual([
      `pdf.hbs:1:6 template.braces: *|FNAME|* is read as it stands -> ${other}`,
      `pdf.hbs:2:1 template.braces: %%last_name%% is read as it stands -> ${other}`,
      'pdf.hbs:2:28 template.braces: [[number]] is read as it stands -> write {{number}}',
      'pdf.hbs:2:39 template.braces: «number» is read as it stands -> write {{number}}',
    ])
    expect(audit('{{> foot}}', { partials: { foot: 'a\n*|IF:PAID|*' } }).warnings).toHaveLength(1)
  })
  it('are warned of in wording', () => {
    const html =
      'wording is no HTML: write the signs themselves, and what is bold or a link in the template, around {{t …}}'
    expect(audit('', { en: { heading: "'<b>'Note'</b>':&nbsp;{name} &amp; a '<' b, AT&T" } }).warnings).toEqual(
      ['<b>', '</b>', '&nbsp;', '&amp;'].map(
        mark => `text/en.json:2:3 template.braces: wording "heading": ${mark} is read as it stands -> ${html}`,
      ),
    )
    expect(audit('', { en: { heading: 'Dear *|FNAME|*' } }).warnings).toEqual([
      `text/en.json:2:3 template.braces: wording "heading": *|FNAME|* is read as it stands -> write {name}, and hand it in: {{t 'heading' name=…}}`,
    ])
  })
  it('are not what only looks like some', () => {
    for (const text of ['100%% off', '5 * | 3', 'a[[1]] [0]', '«Слово» and «no such»', '[[]]', '| a | b |', '**|**'])
      expect(audit(text).warnings).toEqual([])
  })
})

describe('a wording that is empty', () => {
  it('in one language alone is warned of', () => {
    const ask = { en: { ask: 'Please' }, uk: { ask: ' ' }, pl: { ask: 'Proszę' } }
    expect(audit('', ask).warnings).toEqual([
      'text/uk.json:6:3 template.empty: wording "ask" is empty in uk, and not in en, pl -> write it, or take it out of the template and of every language',
    ])
    expect(audit('', { en: { ask: '' }, uk: { ask: '\u00a0' } }).warnings).toEqual([])
    expect(audit('', { en: { ask: '{x}' }, uk: { ask: '{x}' } }).warnings).toEqual([])
  })
})

describe('branches of a wording', () => {
  const say = "{{t 'say' status=status}}"
  const two = '{status, select, open {Pay} other {Paid}}'
  it('that no value of the enum leads to are warned of', () => {
    expect(audit(say, { en: { say: '{status, select, opne {Pay} other {Paid}}' }, uk: { say: two } }).warnings).toEqual(
      [
        'text/en.json:6:3 template.choice: wording "say" in en has a branch opne of {status}, which is never that -> did you mean "open"?',
      ],
    )
    expect(audit(say, { en: { say: '{status, select, overdue {Pay} other {x}}' }, uk: { say: 'x' } }).warnings).toEqual(
      [
        'text/en.json:6:3 template.choice: wording "say" in en has a branch overdue of {status}, which is never that -> known: open, paid',
      ],
    )
  })
  it('that other languages have are missed', () => {
    const calls = "{{t 'say' status='late'}}{{t 'say' status=status}}"
    const both = '{status, select, late {x} open {y} other {z}}'
    const say3 = { en: { say: both }, uk: { say: both }, pl: { say: two } }
    expect(audit(calls, say3).warnings).toEqual([
      'text/pl.json:6:3 template.choice: wording "say" in pl has no branch late of {status}, which en, uk have -> write late {…} there: without it, readers of pl get that of other',
    ])
    expect(audit(say, { en: { say: two }, uk: { say: two.replace('open', 'paid') } }).warnings).toEqual([])
  })
  it('of any text are compared between the languages', () => {
    const typo = { en: { say: two.replace('open', 'opne') }, uk: { say: two }, pl: { say: two } }
    expect(audit("{{t 'say' status=customer.name}}", typo).warnings).toEqual([
      'text/en.json:6:3 template.choice: wording "say" in en alone has a branch opne of {status} -> did you mean "open"?',
    ])
  })
  it('may be left to other, may be missing where a language does not choose, and are those of true and false', () => {
    const paid = '{paid, select, true {a} other {b}}'
    expect(audit(say, { en: { say: two }, uk: { say: 'x' } }).warnings).toEqual([])
    expect(audit(say, { en: { say: two }, uk: { say: two } }).warnings).toEqual([])
    expect(audit(say, { en: { say: two }, uk: { say: '{status, select, other {x}}' } }).warnings).toEqual([])
    expect(
      audit("{{#if paid}}{{t 'say' paid=paid}}{{/if}}", { en: { say: paid }, uk: { say: paid } }).warnings,
    ).toEqual([])
    const odd = { en: { say: paid.replace('true', 'yes') }, uk: { say: paid } }
    expect(audit("{{#if paid}}{{t 'say' paid=paid}}{{/if}}", odd).warnings).toHaveLength(2)
  })
  it('are each language’s own where other says the word itself', () => {
    const sign = (signs: string): string => `{code, select, ${signs} other {{code}}}`
    const say = { en: { say: sign('GBP {£} EUR {€}') }, uk: { say: sign('UAH {грн}') } }
    expect(audit("{{t 'say' code=customer.id}}", say).warnings).toEqual([])
  })
  it('are those of all calls together', () => {
    const calls = "{{t 'say' status='late'}}{{t 'say' status=status}}"
    const late = '{status, select, late {x} open {y} other {z}}'
    expect(audit(calls, { en: { say: late }, uk: { say: late } }).warnings).toEqual([])
  })
  it('by number are those that there are', () => {
    const items = '{count, plural, one {# item} mny {x} =3 {y} other {# items}}'
    expect(audit('', { en: { items } }).faults).toEqual([
      'text/en.json:5:3 template.wording: wording "items": mny is no form of a number -> did you mean "many"?',
    ])
  })
})

describe('a comparison', () => {
  it('with a value that a field never has is a fault', () => {
    expect(audit("{{#if (eq status 'opne')}}a{{/if}}{{#if (eq 'x' @root.status)}}a{{/if}}").faults).toEqual([
      'pdf.hbs:1:18 template.choice: status is never "opne" -> did you mean "open"?',
      'pdf.hbs:1:45 template.choice: @root.status is never "x" -> known: open, paid',
    ])
    expect(audit("{{#if (eq status 'open')}}a{{/if}}{{#if (eq number 'x')}}a{{/if}}").faults).toEqual([])
  })
  it('is a warning in a partial, which other templates call too; what they hand in is theirs', () => {
    const partials = { a: "{{#if (eq kind 'b')}}b{{/if}}{{#if (eq status 'late')}}b{{/if}}" }
    expect(audit("{{> a kind='a'}}", { partials })).toEqual({
      faults: [],
      warnings: ['assets/partials/a.hbs:1:47 template.choice: status is never "late" -> known: open, paid'],
    })
  })
})
