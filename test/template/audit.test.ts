import { describe, expect, it } from 'vitest'
import type { Brand, Data, RunView } from '../../src/model/index.ts'
import { type Audited, auditTemplate } from '../../src/template/index.ts'
import { brand, channels, communication, data, merging, schema, template, words } from './kit.ts'

/** All that the schema allows besides. */
const more: Data = {
  rate: '20',
  link: 'https://x.example',
  note: 'n',
  extras: [{ description: 'd', quantity: 1, amount: '1', note: 'n' }],
  labels: { a: 'b' },
}

interface Change {
  readonly partials?: Readonly<Record<string, string>>
  readonly brand?: Partial<Brand>
  readonly run?: Pick<RunView, 'period' | 'set'>
  readonly files?: Readonly<Record<string, string | undefined>>
}

function audit(
  text: string,
  { partials = {}, brand: change = {}, run, files = {} }: Change = {},
  file = 'pdf.hbs',
): Audited {
  const sources = Object.fromEntries(
    Object.entries(partials).map(([name, source]) => [name, { file: `assets/partials/${name}.hbs`, text: source }]),
  )
  const made = template({ [file]: text, ...files })
  return auditTemplate(
    made,
    { ...brand, partials: sources, ...change },
    { channels, ...(run === undefined ? {} : { run }) },
  )
}

/** Faults as lines: place, code, message, hint. */
function lines(audited: Audited): readonly string[] {
  return audited.faults.map(({ place, code, message, hint }) => {
    const where = [place?.file.replace('factory/templates/invoice/', ''), place?.line, place?.column].filter(
      part => part !== undefined,
    )
    return `${where.join(':')} ${code}: ${message}${hint === undefined ? '' : ` -> ${hint}`}`
  })
}

const faultsOf = (text: string, change?: Change, file?: string): readonly string[] => lines(audit(text, change, file))

describe('what is good', () => {
  const good = [
    '{{number}} {{customer.name}} {{recipient.name}} {{brand.company.bank.name}} {{locale}} {{run.name}}',
    '{{#each lines as |line at|}}{{at}}{{line.description}}{{@index}}{{@key}}{{../number}}{{@root.number}}{{#if @first}}{{/if}}{{/each}}',
    '{{#each lines}}{{#each ../lines}}{{@../index}}{{../quantity}}{{../../number}}{{/each}}{{/each}}',
    '{{#each labels as |text name|}}{{name}}{{text}}{{this}}{{@key}}{{/each}}',
    '{{#each recipient.address}}<p>{{this}}</p>{{/each}}',
    '{{#if due}}{{date due}}{{/if}} {{#unless due}}no{{else}}{{date due}}{{/unless}} {{#if (not due)}}no{{else}}{{date due}}{{/if}}',
    '{{#if note}}x{{else if due}}{{date due}}{{else if rate}}{{percent rate}}{{/if}}',
    '{{#if (and due note)}}{{date due}}{{note}}{{/if}} {{#if (and due (gt due issued))}}{{date due}}{{/if}}',
    "{{#if (or (not due) (not note))}}x{{else}}{{date due}}{{note}}{{/if}} {{#if (eq link 'x')}}{{link}}{{/if}}",
    '{{#with customer}}{{name}}{{#if email}}{{email}}{{/if}}{{../number}}{{/with}}{{#with due as |day|}}{{date day}}{{date this}}{{else}}-{{/with}}',
    '{{#if customer.email}}{{#with customer}}{{email}}{{/with}}{{/if}}',
    '{{#each extras}}{{amount}}{{#if note}}{{note}}{{/if}}{{else}}none{{/each}} {{lines.length}}',
    "{{money (sum lines 'amount')}} {{money (minus total (times total '0.2')) currency='EUR' symbol=false}}",
    "{{t 'heading' number=number}} {{t 'status' status}} {{t 'items' count=lines.length}} {{t 'heading' number=(money total)}}",
    "{{fact 'total'}} {{#if due}}{{fact 'due'}}{{/if}}",
    '<a href="https://nord.example/{{number}}">{{number}}</a><a title="{{number}}" href=\'{{url "https://x.example"}}\'>x</a>',
    '<a href="{{#if link}}{{url link}}{{/if}}?id={{number}}">x</a><img src="brand:logo" alt="{{brand.name}}"/>',
    '<p style="color:{{brand.colors.ink}}" on="first">x</p><!-- <a href="{{number}}"> -->',
    '{{#if (gt total 0)}}x{{/if}}{{! comment }}{{!-- {{nothing}} --}}',
  ]
  const { due: _, ...bare } = data
  const lean: Data = { ...bare, customer: { id: '1', name: 'x' } }
  const full: Data = {
    ...data,
    ...more,
    customer: { ...(data['customer'] as Data), email: 'a@b.example', phone: '+1' },
  }
  for (const text of good) {
    it(text, () => {
      expect(faultsOf(text)).toEqual([])
      // What the audit lets pass can be merged, whichever optional fields are there.
      const merge = merging(text)
      for (const some of [lean, full, { ...lean, note: null, extras: [] }])
        expect(merge.merge(communication({ data: some }))).toMatchObject({ ok: true })
    })
  }
})

describe('fields', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['a\n <p>{{numbr}}</p>', ['pdf.hbs:2:7 template.field: numbr is not in the schema -> did you mean "number"?']],
    ['{{customer.nmae}}', ['pdf.hbs:1:3 template.field: customer.nmae is not in the schema -> did you mean "name"?']],
    [
      '{{#each lines}}{{descripton}}{{/each}}',
      ['pdf.hbs:1:18 template.field: lines.descripton is not in the schema -> did you mean "description"?'],
    ],
    [
      '{{#each lines as |l|}}{{l.amont}}{{/each}}',
      ['pdf.hbs:1:25 template.field: lines.amont is not in the schema -> did you mean "amount"?'],
    ],
    ['{{money (plus totl 1)}}', ['pdf.hbs:1:15 template.field: totl is not in the schema -> did you mean "total"?']],
    [
      "{{t 'heading' number=nmber}}",
      ['pdf.hbs:1:22 template.field: nmber is not in the schema -> did you mean "number"?'],
    ],
    [
      "{{money (sum lines 'amont')}}",
      ['pdf.hbs:1:20 template.field: lines.amont is not in the schema -> did you mean "amount"?'],
    ],
    [
      '{{#each lines}}{{brand.name}}{{/each}}',
      [
        'pdf.hbs:1:18 template.field: brand.name does not lead to brand from inside of a block that changes what fields mean -> write {{@root.brand.name}}',
      ],
    ],
    ['{{#each lines}}{{@root.brand.name}}{{../brand.name}}{{/each}}', []],
    [
      // A helper has this name, too.
      '{{#each lines}}{{number}}{{/each}}',
      [
        'pdf.hbs:1:18 template.field: lines.number is not in the schema -> write ../number, or @root.number: it is a field outside of the block',
      ],
    ],
    [
      '{{#each lines}}{{#with ../customer}}{{date issued}}{{description}}{{/with}}{{/each}}',
      [
        'pdf.hbs:1:44 template.field: customer.issued is not in the schema -> write ../../issued, or @root.issued: it is a field outside of the block',
        'pdf.hbs:1:54 template.field: customer.description is not in the schema -> write ../description: it is a field outside of the block',
      ],
    ],
    [
      '{{#each lines}}{{#each ../lines}}{{#if (gt ../total 0)}}{{customer.nmae}}{{/if}}{{/each}}{{/each}}',
      [
        'pdf.hbs:1:44 template.field: lines.total is not in the schema -> write ../../total, or @root.total: it is a field outside of the block',
        'pdf.hbs:1:59 template.field: lines.customer is not in the schema -> write ../../customer.nmae, or @root.customer.nmae: it is a field outside of the block',
      ],
    ],
    [
      // What is nowhere is looked for where it stands.
      "{{#each lines}}{{amont}}{{/each}}{{sum lines 'total'}}",
      [
        'pdf.hbs:1:18 template.field: lines.amont is not in the schema -> did you mean "amount"?',
        'pdf.hbs:1:46 template.field: lines.total is not in the schema -> known: description, quantity, amount, note',
      ],
    ],
    ['{{brand.nam}}', ['pdf.hbs:1:3 template.field: brand.nam does not exist -> did you mean "name"?']],
    ['{{recipient.mail}}', ['pdf.hbs:1:3 template.field: recipient.mail does not exist -> did you mean "email"?']],
    [
      '{{lines.amount}}',
      [
        'pdf.hbs:1:3 template.field: lines is a list, and amount is a field of its elements -> write {{#each lines}}{{amount}}{{/each}}',
      ],
    ],
    [
      '{{number.x}}',
      [
        'pdf.hbs:1:3 template.field: number is a single value and has no field x -> leave .x out, or make it a group in schema.json',
      ],
    ],
    ['{{../number}}', ['pdf.hbs:1:3 template.field: ../number leaves the template -> take one ../ away']],
    [
      '{{@index}}',
      ['pdf.hbs:1:3 template.field: @index stands outside of {{#each}} -> put it inside {{#each …}} … {{/each}}'],
    ],
    ['{{#each lines}}{{@idx}}{{/each}}', ['pdf.hbs:1:18 template.field: there is no @idx -> did you mean "index"?']],
    [
      '{{money}}',
      ['pdf.hbs:1:3 template.field: money is not in the schema -> the helper money needs its values: {{money …}}'],
    ],
    [
      '{{#each lnes}}{{whatever.x}}{{/each}}',
      ['pdf.hbs:1:9 template.field: lnes is not in the schema -> did you mean "lines"?'],
    ],
    [
      '{{constructor}}',
      [
        'pdf.hbs:1:3 template.field: constructor is not in the schema -> known: number, issued, due, total, rate, status, paid, link, note, customer, lines, extras, …',
      ],
    ],
  ]
  for (const [text, expected] of cases) it(text, () => expect(faultsOf(text)).toEqual(expected))
})

describe('guards', () => {
  const guard = (column: number, name: string, line = 1): string =>
    `pdf.hbs:${line}:${column} template.guard: ${name} may be absent -> put it inside {{#if ${name}}} … {{/if}}, or make it required in schema.json`
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['{{note}}', [guard(3, 'note')]],
    ['{{date due}}', [guard(8, 'due')]],
    ["{{t 'heading' number=note}}", [guard(22, 'note')]],
    ['{{money (plus total rate)}}', [guard(21, 'rate')]],
    ['{{#if due}}{{else}}{{date due}}{{/if}}', [guard(27, 'due')]],
    ['{{#unless due}}{{date due}}{{/unless}}', [guard(23, 'due')]],
    ['{{#if (or due note)}}{{date due}}{{/if}}', [guard(29, 'due')]],
    ['{{#if (not due)}}{{date due}}{{/if}}', [guard(25, 'due')]],
    ['{{#if due}}{{/if}}{{date due}}', [guard(26, 'due')]],
    ['{{#each lines}}{{#if note}}{{/if}}{{/each}}{{#each lines}}{{note}}{{/each}}', [guard(61, 'note')]],
    ['{{#if note}}{{#each lines}}{{note}}{{/each}}{{/if}}', [guard(30, 'note')]],
    ['{{#with customer}}{{email}}{{/with}}', [guard(21, 'email')]],
    ['{{#each extras}}{{/each}}{{extras.length}}', [guard(28, 'extras.length')]],
    ['{{run.period.text}}', [guard(3, 'run.period.text')]],
    ['{{recipient.phone}}', [guard(3, 'recipient.phone')]],
    [
      "{{fact 'due'}}",
      [
        'pdf.hbs:1:1 template.guard: the fact "due" may be absent -> put it inside {{#if due}} … {{/if}}, or make due required in schema.json',
      ],
    ],
  ]
  for (const [text, expected] of cases) it(text, () => expect(faultsOf(text)).toEqual(expected))

  it('know the run where there is one', () => {
    const period = { text: '2026-03', unit: 'month', start: '2026-03-01', end: '2026-03-31' } as const
    expect(
      faultsOf("{{date run.period.text style='month'}}{{run.set.note}}", { run: { period, set: { note: 'x' } } }),
    ).toEqual([])
    expect(faultsOf('{{run.period.text}}{{run.set.nte}}', { run: { set: { note: 'x' } } })).toEqual([
      'pdf.hbs:1:3 template.field: run.period does not exist -> known: name, date, set',
      'pdf.hbs:1:22 template.field: run.set.nte does not exist -> did you mean "note"?',
    ])
  })
})

describe('helpers and their arguments', () => {
  const at = (column: number, code: string, message: string): string => `pdf.hbs:1:${column} ${code}: ${message}`
  const cases: readonly (readonly [string, string])[] = [
    ['{{mony total}}', at(1, 'template.helper', 'there is no helper "mony" -> did you mean "money"?')],
    [
      '{{#lines}}{{/lines}}',
      at(
        1,
        'template.helper',
        'there is no block helper "lines" -> write {{#if lines}}, {{#each lines}} or {{#with lines}}',
      ),
    ],
    [
      '{{#money total}}{{/money}}',
      at(1, 'template.helper', 'there is no block helper "money" -> known: if, unless, each, with'),
    ],
    [
      '{{money total total}}',
      at(1, 'template.argument', 'money takes 1 value, not 2 -> see the helpers in docs/template.md'),
    ],
    ['{{#if}}{{/if}}', at(1, 'template.argument', 'if takes 1 value, not 0 -> see the helpers in docs/template.md')],
    [
      '{{#if (and due)}}{{/if}}',
      at(7, 'template.argument', 'and takes at least 2 values, not 1 -> see the helpers in docs/template.md'),
    ],
    [
      "{{money total curency='EUR'}}",
      at(15, 'template.argument', 'money has no argument curency= -> did you mean "currency"?'),
    ],
    ["{{money total currency='EUX'}}", at(24, 'template.argument', 'currency= is not an ISO 4217 code (found "EUX")')],
    [
      '{{money total decimals=2.5}}',
      at(24, 'template.argument', 'decimals= is not a whole number from 0 to 20 (found "2.5")'),
    ],
    [
      '{{money total decimals=number}}',
      at(
        24,
        'template.argument',
        'decimals= of money is not written out -> it is fixed in the template: "…", a number, true or false',
      ),
    ],
    [
      '{{money number}}',
      at(
        9,
        'template.argument',
        'money takes a decimal number, and number is text -> give it "format": "decimal" in schema.json',
      ),
    ],
    [
      '{{date number}}',
      at(8, 'template.argument', 'date takes a date, and number is text -> give it "format": "date" in schema.json'),
    ],
    [
      "{{date issued style='lng'}}",
      at(21, 'template.argument', 'there is no date style "lng" -> did you mean "long"?'),
    ],
    [
      '{{#each customer}}{{/each}}',
      at(9, 'template.argument', 'each takes a list, and customer is a group -> use {{#with customer}}'),
    ],
    ["{{money (sum number 'x')}}", at(14, 'template.argument', 'sum takes a list, and number is text')],
    [
      "{{money (sum lines 'description')}}",
      at(20, 'template.argument', 'sum adds up decimal numbers, and description is text'),
    ],
    [
      "{{t 'heading' number=lines}}",
      at(22, 'template.argument', 'number= of t takes single values, and lines is a list'),
    ],
    [
      '{{t number}}',
      at(
        5,
        'template.argument',
        'number can be any text, and t needs to know its keys -> write the key, or give the field an "enum" in schema.json',
      ),
    ],
    ["{{fact 'totl'}}", at(1, 'template.argument', 'there is no fact "totl" -> did you mean "total"?')],
    ['{{customer}}', at(3, 'template.argument', 'customer is a group, not text -> name one of its fields')],
    ['{{lines}}', at(3, 'template.argument', 'lines is a list, not text -> use {{#each lines}}')],
    ['{{eq number 1}}', at(1, 'template.argument', 'eq is true or false, not text -> use it in {{#if (eq …)}}')],
    [
      '{{#if total}}{{/if}}',
      at(
        1,
        'template.argument',
        '#if always takes total for true, 0.00 too -> write {{#if (gt total 0)}}, or (eq … 0)',
      ),
    ],
    [
      '{{> legal a b}}',
      at(1, 'template.partial', 'there is no partial "legal" -> partials are files of assets/partials'),
    ],
  ]
  for (const [text, expected] of cases) {
    it(text, () => {
      const found = faultsOf(text)
      expect(found).toHaveLength(1)
      expect(found[0]).toContain(expected)
    })
  }
})

describe('what is refused', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['{{{number}}}', 'unescaped output is not allowed -> write {{…}} with two braces'],
    ['{{&number}}', 'unescaped output is not allowed -> write {{…}} with two braces'],
    ["{{lookup customer 'name'}}", 'the helper "lookup" is not allowed -> write the path: a.b'],
    ['{{log number}}', 'the helper "log" is not allowed -> take it out: templates say nothing on the side'],
    ["{{#if (lookup customer 'name')}}{{/if}}", 'the helper "lookup" is not allowed -> write the path: a.b'],
    ['{{> (lookup . "p")}}', 'the name of a partial is chosen at run time -> write its name: {{> legal}}'],
    [
      '{{#*inline "a"}}{{/inline}}',
      'decorators and inline partials are not allowed -> put the block into assets/partials',
    ],
    [
      '{{#> legal}}x{{/legal}}',
      'a partial with a block is not allowed -> write {{> name}}, and hand in what differs: {{> name label=number}}',
    ],
    ['{{"number"}}', 'a literal stands where a field or a helper is called -> write the text without braces'],
  ]
  for (const [text, expected] of cases) {
    it(text, () =>
      expect(faultsOf(text)).toEqual([`pdf.hbs:1:${text.includes('#if (') ? 7 : 1} template.refused: ${expected}`]),
    )
  }
  it('unescaped output means nothing where nothing is escaped', () => {
    expect(faultsOf('{{{number}}}', {}, 'sms.hbs')).toEqual([])
  })
  it('a value in a comment of a mail, which does not go out, is not asked for', () => {
    const mail = 'email.mjml.hbs'
    expect(faultsOf('a<!-- {{note}} {{nothing}} --> {{number}}', {}, mail)).toEqual([])
    expect(audit('<!-- {{note}} -->{{number}}', {}, mail).uses[mail]).toEqual(['number'])
    const absent = ({ length }: string): readonly unknown[] => [
      expect.stringMatching(`^email.mjml.hbs:1:${length + 3} template.guard: note may be absent`),
    ]
    for (const before of [
      '<!-- x\n{{number}} -->\n',
      '<!--[if mso]>',
      '<!--[if !mso]><!-->',
      '<!-->',
      '<!-- {{#if due}} --><b>',
    ])
      expect(faultsOf(`${before}{{note}}${before.includes('#if') ? '{{/if}}' : ''}-->`, {}, mail)).toEqual(
        before.includes('\n') ? [expect.stringMatching('^email.mjml.hbs:3:3 ')] : absent(before),
      )
    expect(faultsOf('a<!-- {{note}} -->')).toHaveLength(1)
  })
  it('text that is not Handlebars', () => {
    const hint = ' -> every {{#block}} needs its {{/block}}, every {{ its }}'
    expect(faultsOf('one\n{{#if due}}')).toEqual([
      'pdf.hbs:2:1 template.syntax: this is not Handlebars: {{#if due}} is never closed -> write {{/if}} where it ends',
    ])
    expect(
      faultsOf('{{#if due}}\n {{#each lines}}{{!-- {{#if a}} --}}{{/each}}{{#if number}}\n{{else}}{{/if}}'),
    ).toEqual([
      'pdf.hbs:1:1 template.syntax: this is not Handlebars: {{#if due}} is never closed -> write {{/if}} where it ends',
    ])
    expect(faultsOf('{{#if due}}\n{{/each}}')).toEqual([
      `pdf.hbs:1:4 template.syntax: this is not Handlebars: {{/each}} closes {{#if}}${hint}`,
    ])
    const three = 'this is not Handlebars: a third } stands behind'
    expect(faultsOf('one\n.b{color:{{brand.colors.ink}}} .c{}')).toEqual([
      `pdf.hbs:2:30 template.syntax: ${three} {{brand.colors.ink}} -> write a blank before it: {{brand.colors.ink}} }`,
    ])
    expect(faultsOf('{{! {{a}}} }}{{#if due}}}x{{/if}}')).toEqual([
      `pdf.hbs:1:25 template.syntax: ${three} {{#if due}} -> write a blank before it: {{#if due}} }`,
    ])
    expect(faultsOf('{{number')).toHaveLength(1)
    expect(faultsOf('{{number}} {{^')).toHaveLength(1)
  })
})

describe('what other Handlebars have', () => {
  it.each([
    [
      '{{{{raw}}}}{{x}}{{{{/raw}}}}',
      'refused: a raw block is not allowed -> write \\{{name}} for each pair of braces that is to be printed',
    ],
    ['{{^note}}none{{/note}}', 'helper: there is no block helper "note" -> write {{#unless note}}'],
    ['{{~^note}}none{{/note}}', 'helper: there is no block helper "note" -> write {{#unless note}}'],
    [
      '{{#> legal}}x{{/legal}}',
      'refused: a partial with a block is not allowed -> write {{> name}}, and hand in what differs: {{> name label=number}}',
    ],
  ])('%s', (text, told) => {
    expect(faultsOf(text, {}, 'sms.hbs')).toEqual([`sms.hbs:1:1 template.${told}`])
  })
})

describe('places in markup', () => {
  const at = (column: number, message: string): string => `pdf.hbs:1:${column} template.attribute: ${message}`
  const cases: readonly (readonly [string, string])[] = [
    ['<a href="{{number}}">', at(10, 'a value stands at the beginning of href -> write href="{{url …}}"')],
    [
      "<img alt='x' src = '{{number}}.png'/>",
      at(21, 'a value stands at the beginning of src -> write src="{{url …}}"'),
    ],
    ['<a href="javascript:{{number}}">', at(21, 'a value stands at the beginning of href -> write href="{{url …}}"')],
    ...[
      'https://{{number}}',
      'https://{{number}}.nord.example/x',
      'https://nord.{{number}}/x',
      'https://\\/{{number}}/x',
    ].map((written): readonly [string, string] => [
      `<a href="${written}">`,
      at(
        10 + written.indexOf('{'),
        'a value stands in the host of href: the data would say where it leads -> write the host itself, such as https://nord.example/{{…}}, or hand in the whole address as {{url …}}',
      ),
    ]),
    ['<img srcset="{{number}} 2x"/>', at(14, 'a value stands at the beginning of srcset -> write srcset="{{url …}}"')],
    ['<a href="#x" ping="{{number}}">', at(20, 'a value stands at the beginning of ping -> write ping="{{url …}}"')],
    [
      '<p style="width:{{number}}">',
      at(17, 'a value stands in the attribute style -> only values of the brand may stand there'),
    ],
    [
      '<p onclick="x({{number}})">',
      at(15, 'a value stands in the attribute onclick -> only values of the brand may stand there'),
    ],
    [
      '<p width={{number}}>',
      at(10, 'a value stands inside a tag without quotes -> put the attribute in quotes: name="{{…}}"'),
    ],
    [
      '<p><![CDATA[{{number}}]]></p>',
      at(
        13,
        'a value stands in CDATA -> take <![CDATA[ and ]]> out: mail programs do not read it, and a document would show &amp; for &',
      ),
    ],
    [
      '<p><![CDATA[5 > 3 {{number}}]]></p>',
      at(
        19,
        'a value stands in CDATA -> take <![CDATA[ and ]]> out: mail programs do not read it, and a document would show &amp; for &',
      ),
    ],
    [
      '<p {{number}}="x">',
      at(4, 'a value stands inside a tag without quotes -> put the attribute in quotes: name="{{…}}"'),
    ],
    [
      '<style>p { width: {{number}} }</style>',
      at(19, 'a value stands inside <style> -> only values of the brand may stand there'),
    ],
  ]
  for (const [text, expected] of cases) it(text, () => expect(faultsOf(text)).toEqual([expected]))
  for (const [text, told] of [
    ['<!--[if mso]><v:roundrect href="{{number}}">', 'a value stands at the beginning of href'],
    ['<!--[if mso]><a href="https://nord.example{{number}}">', 'a value stands in the host of href'],
    ['<!--[if !mso]><!--><img src="{{number}}"><!--<![endif]-->', 'a value stands at the beginning of src'],
    ['<![if !mso]><a href="{{number}}">x</a><![endif]>', 'a value stands at the beginning of href'],
    ['<!--[if mso]><td width={{number}}>', 'a value stands inside a tag without quotes'],
    ['<!--[if mso]><p style="width:{{number}}">', 'a value stands in the attribute style'],
    ['<!--[if mso]><style>p { width: {{number}} }</style>', 'a value stands inside <style>'],
  ] as const)
    it(`are the same in what only some programs read: ${text}`, () =>
      expect(faultsOf(text)).toEqual([expect.stringContaining(told)]))
  it.each([
    ['https://a.example{{#if note}}/{{/if}}{{number}}', 'in the host of href'],
    ['{{#if note}}https://a.example{{else}}https://b.example{{/if}}{{number}}', 'in the host of href'],
    ['{{#if note}}https://a.example/{{else}}https://b.example{{/if}}{{number}}', 'in the host of href'],
    ['{{#if note}}https://{{else}}http://{{/if}}{{number}}', 'in the host of href'],
    ['{{#if note}}https:{{else}}http:{{/if}}//{{number}}', 'in the host of href'],
    ['{{#each lines}}https://a.example{{/each}}{{number}}', 'in the host of href'],
    ['{{url brand.company.pay}}{{number}}', 'right behind a whole address in href'],
    ['{{url brand.company.pay}}-{{number}}', 'right behind a whole address in href'],
    ['{{> pay}}', 'a partial stands in href'],
    ['https://a.example{{> pay}}', 'a partial stands in href'],
    ["mailto:help@a.example?subject={{t 'heading' number=number}}", 'wording that is handed values of the data'],
    ["https://a.example/{{t 'heading' number=number}}", 'wording that is handed values of the data'],
    ["{{url (t 'heading' number=number)}}", 'wording that is handed values of the data'],
  ])('are no address that data leads, whichever way its blocks go: %s', (address, told) => {
    const partials = { pay: '{{number}}' }
    const brand = { company: { pay: 'https://nord.example' } }
    const found = faultsOf(`<a href="${address}">x</a>`, { partials, brand }).filter(one =>
      one.includes('template.attribute'),
    )
    expect(found).toEqual([expect.stringContaining(told)])
  })
  it.each([
    '{{url link}} 1x, https://b.example{{number}} 2x',
    'https://a.example/a.png 1x, https://{{number}}/b.png 2x',
    'https://a.example/a.png 1x, {{number}} 2x',
    'https://a.example/a.png 1x,{{#if note}}https://b.example{{/if}}{{number}} 2x',
  ])('are each an address by itself where an attribute has several: %s', list => {
    const found = faultsOf(`<img srcset="${list}" src="brand:logo"/>`).filter(one => one.includes('template.attribute'))
    expect(found).toEqual([expect.stringContaining('srcset')])
  })
  it('may have the data in a part of each of several', () => {
    const list = 'https://a.example/{{number}}.png 1x, https://a.example/{{number}}-2.png 2x'
    const found = faultsOf(`<img srcset="${list}" src="brand:logo"/>`).filter(one => one.includes('template.attribute'))
    expect(found).toEqual([])
  })
  it.each([
    '{{#if note}}https://a.example{{else}}https://b.example{{/if}}/{{number}}',
    '{{#if note}}https://a.example/{{number}}{{else}}mailto:help@a.example?subject={{number}}{{/if}}',
    '{{url brand.company.pay}}/{{number}}',
    '{{url brand.company.pay}}?id={{number}}&amp;of={{customer.name}}',
    "mailto:help@a.example?subject={{urlPart (t 'heading' number=number)}}",
    "https://a.example/{{t 'status.paid'}}",
    `https://a.example/${'{{#if note}}x{{else}}y{{/if}}'.repeat(12)}{{number}}`,
  ])('are an address whose host the template says: %s', address => {
    const brand = { company: { pay: 'https://nord.example' } }
    const told = faultsOf(`<a href="${address}">x</a>`, { brand }).filter(one => one.includes('template.attribute'))
    expect(told).toEqual([])
  })
  it.each([
    ['{{customer.id}}', 'at the beginning of the address'],
    ['{{number}}/x', 'at the beginning of the address'],
    ['https://a.example{{number}}', 'in the host of the address'],
    ['{{#if note}}https://a.example{{else}}https://b.example/u{{/if}}{{number}}', 'in the host of the address'],
    ['{{brand.company.pay}}{{number}}', 'right behind a whole address in the address'],
    ['https://a.example/{{> pay}}', 'a partial stands in the address'],
    ["https://a.example/{{t 'heading' number=number}}", 'wording that is handed values of the data'],
    ['https://a.example/u/{{number}}', undefined],
    ['{{brand.company.pay}}/u/{{urlPart number}}', undefined],
  ])('are the same in a text that is an address: %s', (text, told) => {
    const file = 'email.mjml.hbs'
    const made = template({ [file]: text })
    const company = { pay: 'https://nord.example' }
    const partials = { pay: { file: 'assets/partials/pay.hbs', text: '{{number}}' } }
    const channels = [{ name: 'email', files: [file], escape: 'html', addresses: [file] }] as const
    const { faults } = auditTemplate(made, { ...brand, company, partials }, { channels })
    const found = faults.filter(({ code }) => code === 'template.attribute').map(({ message }) => message)
    expect(found).toEqual(told === undefined ? [] : [expect.stringContaining(told)])
  })
  it('mean nothing in a comment beside it', () =>
    expect(faultsOf('<!--[if mso]><p>x</p><![endif]--><!-- [x] <a href="{{number}}"> -->')).toEqual([]))
  it('do not matter in bare text', () => expect(faultsOf('<a href="{{number}}">', {}, 'sms.hbs')).toEqual([]))
})

describe('partials', () => {
  it('are read in the context that they are called in', () => {
    const partials = { line: '{{description}}: {{amont}}', who: '{{name}}\n{{email}}', legal: '{{brand.nme}}' }
    expect(
      faultsOf(
        '{{#each lines}}{{> line}}{{/each}}{{> who customer}}{{#if customer.email}}{{> who customer}}{{/if}}{{> legal}}',
        { partials },
      ),
    ).toEqual([
      'assets/partials/line.hbs:1:20 template.field: lines.amont is not in the schema -> did you mean "amount"?',
      'assets/partials/who.hbs:2:3 template.guard: email may be absent -> put it inside {{#if email}} … {{/if}}, or make it required in schema.json',
      'assets/partials/legal.hbs:1:3 template.field: brand.nme does not exist -> did you mean "name"?',
    ])
  })
  it('see their arguments, which may be absent too', () => {
    const partials = { row: '{{label}} {{value}} {{number}}' }
    expect(faultsOf("{{> row label=(t 'status.paid') value=number}}", { partials })).toEqual([])
    expect(faultsOf("{{> row label='x' value=note}}", { partials })).toEqual([
      'assets/partials/row.hbs:1:13 template.guard: value may be absent -> put it inside {{#if value}} … {{/if}}, or make it required in schema.json',
    ])
    expect(faultsOf("{{> row lable='x' value=number}}", { partials })[0]).toContain(
      'label is not in the schema -> did you mean "labels"?',
    )
  })
  it('go by the channel first', () => {
    const partials = { legal: '{{nope}}', 'legal.pdf': '{{number}}' }
    expect(faultsOf('{{> legal}}', { partials })).toEqual([])
    expect(lines(audit('{{> legal}}', { partials }, 'email.mjml.hbs'))).toHaveLength(1)
  })
  it('have to be there, and must not go in a circle', () => {
    const partials = { one: '{{> two}}', two: '{{> one}}' }
    expect(faultsOf('{{> one}}', { partials })).toEqual([
      'assets/partials/two.hbs:1:1 template.partial: the partial "one" includes itself -> partials cannot call each other in a circle',
    ])
    expect(faultsOf('{{> oen}}', { partials })).toEqual([
      'pdf.hbs:1:1 template.partial: there is no partial "oen" -> did you mean "one"?',
    ])
  })
  it('name fields of the root from there: where else they are called from nobody knows', () => {
    expect(
      faultsOf('{{#each lines}}{{> a}}{{/each}}', { partials: { a: '{{number}}{{#with this}}{{number}}{{/with}}' } }),
    ).toEqual([
      'assets/partials/a.hbs:1:3 template.field: lines.number is not in the schema -> write @root.number: it is a field outside of the block',
      'assets/partials/a.hbs:1:27 template.field: lines.number is not in the schema -> write @root.number: it is a field outside of the block',
    ])
  })
  it('are refused what sources are refused', () => {
    expect(faultsOf('{{> a}}', { partials: { a: '{{{number}}}<a href="{{number}}">' } })).toEqual([
      'assets/partials/a.hbs:1:1 template.refused: unescaped output is not allowed -> write {{…}} with two braces',
      'assets/partials/a.hbs:1:22 template.attribute: a value stands at the beginning of href -> write href="{{url …}}"',
    ])
  })
})

describe('wording', () => {
  it('has to be there in every language of the template', () => {
    const files = { 'text/en.json': JSON.stringify({ ...words.en, bye: 'Bye' }) }
    expect(faultsOf("\n{{t 'bye'}}{{t 'headng'}}", { files })).toEqual([
      'pdf.hbs:2:1 template.wording: wording "bye" is missing in uk -> add it to text/uk.json',
      'pdf.hbs:2:12 template.wording: wording "headng" is missing in en -> did you mean "heading"?',
      'pdf.hbs:2:12 template.wording: wording "headng" is missing in uk -> did you mean "heading"?',
    ])
  })
  it('of the brand serves all templates; a region is served by its language', () => {
    const wording = {
      uk: { file: 'assets/text/uk.json', texts: { legal: 'ПДВ' } },
      en: { file: 'assets/text/en.json', texts: { legal: 'VAT' } },
    }
    const files = { 'text/en-GB.json': JSON.stringify({ heading: 'Bill {number}' }) }
    expect(faultsOf("{{t 'legal'}}{{t 'heading' number=number}}", { brand: { wording }, files })).toEqual([])
  })
  it('needs every argument of every language', () => {
    const files = { 'text/en.json': JSON.stringify({ ...words.en, heading: 'Invoice {number} of {day}' }) }
    expect(faultsOf("{{t 'heading' number=number}}", { files })).toEqual([
      'pdf.hbs:1:1 template.wording: wording "heading" in en takes {day}, which is not given -> write day=… behind the key',
    ])
  })
  it('is looked up for every value that an enum allows', () => {
    const files = { 'text/en.json': JSON.stringify({ ...words.en, 'status.paid': undefined }) }
    expect(faultsOf("{{t 'status' status}}", { files })).toEqual([
      'pdf.hbs:1:1 template.wording: wording "status.paid" is missing in en -> add it to text/en.json',
    ])
  })
  it('that is not ICU MessageFormat is a fault, used or not', () => {
    const files = {
      'text/en.json': JSON.stringify(
        {
          a: '{x',
          b: '{n, plural, one {x}}',
          c: '{n, number, ::currency/EUR}',
          d: '<b>fine</b> {x}',
          ...words.en,
        },
        null,
        2,
      ),
    }
    expect(faultsOf('', { files })).toEqual([
      `text/en.json:2:3 template.wording: wording "a": this is not ICU MessageFormat: expect argument closing brace -> close every brace, give plural and select an \`other\`, write '{' for a brace`,
      `text/en.json:3:3 template.wording: wording "b": this is not ICU MessageFormat: missing other clause -> close every brace, give plural and select an \`other\`, write '{' for a brace`,
      'text/en.json:4:3 template.wording: wording "c": the argument {n} has a format of its own -> format it in the template, `t \'key\' n=(money …)`, and write {n}',
    ])
  })
  it('has to serve the brand itself', () => {
    const files = { 'text/uk.json': undefined }
    expect(faultsOf("{{t 'status.paid'}}", { files })).toEqual([
      "template.yaml template.wording: no wording serves the brand's own locale uk-UA -> write text/uk.json beside the template",
    ])
    expect(faultsOf("{{t 'x'}}", { files: { ...files, 'text/en.json': undefined } })[0]).toContain(
      'wording "x" is missing: there are no wording files -> write text/<locale>.json beside the template',
    )
  })
})

describe('uses', () => {
  it('lists what a source and its partials print', () => {
    const partials = {
      line: '{{description}} {{money amount}}',
      who: '{{recipient.name}}{{#each recipient.address}}{{this}}{{/each}}',
    }
    const { uses, faults } = audit(
      "{{number}}{{#if due}}{{fact 'due'}}{{/if}}{{#if paid}}x{{/if}}{{#each lines}}{{> line}}{{/each}}{{> who}}{{t 'heading' number=customer.id}}{{money (sum lines 'amount')}}{{brand.name}}{{#each labels}}{{this}}{{/each}}{{#with customer as |c|}}{{#if c.email}}{{c.email}}{{/if}}{{/with}}",
      { partials, files: { 'sms.hbs': '{{money total}}' } },
    )
    expect(faults).toEqual([])
    expect(uses).toEqual({
      'pdf.hbs': [
        'customer.address',
        'customer.email',
        'customer.id',
        'customer.name',
        'due',
        'labels',
        'lines.amount',
        'lines.description',
        'number',
      ],
      'sms.hbs': ['total'],
    })
  })
})

describe('shows', () => {
  const partials = { sum: '<b>{{total}}</b>' }
  const text = '<mj-text>{{> sum}}{{number}}<!-- {{due}} --></mj-text>'

  it('what stands in a mail or its partials, but not in comments', () => {
    const { uses, shows } = audit(text, { partials }, 'email.mjml.hbs')
    expect(uses['email.mjml.hbs']).toEqual(['number', 'total'])
    expect(shows('email.mjml.hbs')).toEqual(['number', 'total'])
  })

  it('of a mail and its partials what its channel knows to be seen', () => {
    const { shows } = audit(text, { partials }, 'email.mjml.hbs')
    const { file = '' } = template({ 'email.mjml.hbs': text }).sources['email.mjml.hbs'] ?? {}
    expect(shows('email.mjml.hbs', { [file]: '{{> sum}}' })).toEqual(['total'])
    expect(shows('email.mjml.hbs', { 'assets/partials/sum.hbs': '' })).toEqual(['number'])
    expect(shows('email.mjml.hbs', { [file]: '{{#if' })).toEqual(['number', 'total'])
  })

  it('what is in the attributes of a page, which may print them, but not in its comments', () => {
    const { uses, shows } = audit('<tr carry="{{money total}}"/><!-- {{number}} -->')
    expect(uses['pdf.hbs']).toEqual(['number', 'total'])
    expect(shows('pdf.hbs')).toEqual(['total'])
    const bare = audit('{{number}} <!-- {{money total}} -->', {}, 'sms.hbs')
    expect(bare.shows('sms.hbs')).toEqual(bare.uses['sms.hbs'])
  })
})

describe('schemas', () => {
  const under = (change: object, text: string): readonly string[] =>
    faultsOf(text, { files: { 'schema.json': JSON.stringify({ ...schema, ...change }) } })
  it('may put fields together', () => {
    const both = {
      allOf: [{ properties: { a: { type: 'string' } }, required: ['a'] }, { properties: { b: { type: 'string' } } }],
    }
    expect(under(both, '{{a}}{{#if b}}{{b}}{{/if}}')).toEqual([])
    expect(under(both, '{{b}}')).toHaveLength(1)
    const either = {
      oneOf: [
        { properties: { a: { type: 'string' }, c: { type: 'string' } }, required: ['a', 'c'] },
        { properties: { b: { type: 'string' }, c: { type: 'string' } }, required: ['c'] },
      ],
    }
    expect(under(either, '{{c}}{{#if a}}{{a}}{{/if}}')).toEqual([])
    expect(under(either, '{{a}}')).toHaveLength(1)
  })
  it('may refer to themselves', () => {
    const tree = {
      properties: { ...schema.properties, tree: { $ref: '#/$defs/node' } },
      $defs: {
        ...schema.$defs,
        node: {
          type: 'object',
          required: ['name'],
          properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/$defs/node' } } },
        },
      },
    }
    expect(
      under(
        tree,
        '{{#with tree}}{{name}}{{#each children}}{{name}}{{#each children}}{{name}}{{nme}}{{/each}}{{/each}}{{/with}}',
      ),
    ).toHaveLength(1)
  })
})
