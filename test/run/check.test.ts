/** Check tells what a run would do: the same faults, the same exit, the same warnings; whatever has begun before counts. */
import { cpSync, renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Ledger, takeLock } from '../../src/ledger/index.ts'
import type { Fault } from '../../src/model/index.ts'
import { checkLines } from '../../src/report/index.ts'
import { check, conduct, type RunOptions, readRequest } from '../../src/run/index.ts'
import { type Factory, makeFactory, rows } from './factory.ts'

let factory: Factory
beforeEach(() => {
  factory = makeFactory({ bills: 3, mail: false })
})
afterEach(() => factory.close())

function request(asked: RunOptions) {
  const read = readRequest(asked, { job: join(factory.folder, factory.job), out: join(factory.folder, 'out') })
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.value
}
const asks = (asked: RunOptions = {}) =>
  check(
    request({ date: '2026-03-31', ...asked }),
    () => {},
    () => new Date(),
  )
const runs = (asked: RunOptions = {}) => conduct(request({ date: '2026-03-31', workers: 1, ...asked }), () => {})

/** Check first, then the run: both have to end alike. */
async function both(asked: RunOptions = {}) {
  const foretold = await asks(asked)
  const ending = await runs(asked)
  expect(ending.exit, JSON.stringify([ending.faults, foretold.faults])).toBe(foretold.exit)
  expect(foretold.faults.map(({ message }) => message)).toEqual(ending.faults.map(({ message }) => message))
  return foretold
}

describe('what the run says, check says', () => {
  test('data under a name that the job does not have: exit 2', async () => {
    expect(await both({ data: ['nosuch=x.csv'] })).toMatchObject({
      exit: 2,
      faults: [{ message: '--data names nosuch, which is not a file of this job' }],
    })
  })

  test('data that is not there: exit 5, and a wrong template before it: exit 2', async () => {
    expect((await both({ data: 'nowhere.csv' })).exit).toBe(5)
    factory.mend('templates/bill/sms.hbs', '{{brand.name}}', '{{brand.nmae}}')
    expect((await both({ data: 'nowhere.csv' })).exit).toBe(2)
  })

  test('control totals that hold for other data are a warning', async () => {
    factory.mend('jobs/bills.yaml', 'channels:', 'expect: { communications: 3 }\nchannels:')
    factory.write('other.csv', rows(2))
    const { warnings, exit } = await asks({ data: join(factory.folder, 'other.csv') })
    expect(exit).toBe(0)
    expect(warnings.map(({ code }) => code)).toEqual(['run.control', 'run.unwatched'])
  })

  test('rules that choose nobody are a warning of check, with their lines', async () => {
    const rule = (when: string): string => `  - { when: '${when}', to: [pdf] }\n`
    const route = `route:\n${rule('data.number == "b-1"')}${rule('data.number != "x"')}${rule('recipient.locale == "en"')}  - { to: [pdf] }\n`
    factory.write('jobs/bills.yaml', `${factory.read('jobs/bills.yaml')}${route}`)
    const from = factory.read('jobs/bills.yaml').split('\n').indexOf('route:') + 2
    const told = (await both()).warnings.filter(({ code }) => code === 'route.nobody')
    expect(told.map(({ message, place, hint }) => [place?.line, message, hint])).toEqual([
      [
        from,
        'the rule data.number == "b-1" chooses nobody of these 3 communications',
        'compare it with what the data says; the rules before it may take all, and then it can go',
      ],
      [
        from + 2,
        'the rule recipient.locale == "en" chooses nobody of these 3 communications',
        'recipient.locale is what the data says: for en and its regions write recipient.locale.startsWith("en")',
      ],
    ])
  })

  test('data that was written for HTML is a warning, with its fields and lines', async () => {
    const text = rows(7).replaceAll("O'Brien & Sons;customer3", '"O&#39;Brien &amp; Sons";customer3')
    factory.write('data/bills.csv', text.replaceAll('Item 1;5', '"Caf&eacute; R&D; &x; &lt5";5'))
    const told = (await asks()).warnings.filter(({ code }) => code === 'run.html')
    expect(told).toEqual([
      {
        code: 'run.html',
        message:
          '2 communications have text that looks as if it had been written for HTML: &#39;, &amp;, &eacute; in customer.name, lines.item (data/bills.csv:6, 10)'.replace(
            'data/',
            join(factory.folder, 'data/'),
          ),
        place: { file: join(factory.folder, 'jobs/bills.yaml') },
        hint: 'it is read as it stands: have it exported as plain text, or let clean.js write the letters themselves',
      },
    ])
  })

  test('data with tags of HTML, and with marks that another system was to fill in, is a warning that quotes no attribute', async () => {
    const names = [
      '<b>Item</b> <a href=x>1</a>',
      '{{name}} *|X|* $' + '{a.b}',
      '[[a]] ##b## @@c@@ <<d>> {% e %}',
      '5 < 6 {x} #1 «y»',
    ]
    let at = 0
    factory.write(
      'data/bills.csv',
      rows(4).replaceAll(/Item \d/g, () => names[at++] ?? 'Item'),
    )
    const told = (await asks()).warnings.filter(({ code }) => code === 'run.html' || code === 'run.unmerged')
    expect(told.map(({ code, message }) => [code, message.replace(join(factory.folder, 'data/'), '')])).toEqual([
      [
        'run.html',
        '1 communication has text that looks as if it had been written for HTML: <b>, </b>, <a>, … in lines.item (bills.csv:2)',
      ],
      [
        'run.unmerged',
        '2 communications have text that another system was to fill in: *|X|*, {{name}}, $' +
          '{a.b}, … in lines.item (bills.csv:2, 4)',
      ],
    ])
  })

  test('communications that go nowhere are a warning', async () => {
    factory.close()
    factory = makeFactory({ bills: 3 })
    factory.mend('jobs/bills.yaml', '  pdf: {}\n  email: { attach: pdf }\n', '')
    factory.write('data/bills.csv', rows(7))
    const { warnings } = await asks()
    expect(warnings.map(({ message }) => message)).toEqual([
      '1 of 7 communications has no piece on any channel (1 × no address)',
      '7 of 7 values of number (the fact number) are not looked for in the pieces of others: too short, or a sentence',
    ])
  })

  test('how other templates speak is one warning of each kind; those of the job are told apart', async () => {
    factory.close()
    factory = makeFactory({ bills: 1 })
    factory.write(
      'assets/brand.yaml',
      `style: { en: { avoid: [remit] } }\nlegal: { sms: stop }\n${factory.read('assets/brand.yaml')}`,
    )
    const template = join(factory.folder, 'templates')
    for (const name of ['letter', 'memo']) {
      cpSync(join(template, 'bill'), join(template, name), { recursive: true })
      factory.write(`templates/${name}/sms.hbs`, 'Please remit {{number}}')
    }
    const told = async (kind = 'style.term') =>
      (await asks({ channels: ['sms'] })).warnings.filter(({ code }) => code === kind)
    expect((await told('style.legal')).map(({ message }) => message)).toEqual([
      'the template bill does not say stop on sms',
      'the template letter does not say stop on sms; 1 more like this in templates that this job does not use (letter, memo)',
    ])
    expect(await told()).toMatchObject([
      {
        message: expect.stringMatching(/1 more like this in templates that this job does not use \(letter, memo\)$/),
        place: { file: expect.stringMatching(/templates\/letter\/sms\.hbs$/) },
      },
    ])
    factory.write('templates/bill/sms.hbs', `Please remit. ${factory.read('templates/bill/sms.hbs')}`)
    expect(await told()).toHaveLength(2)
  })

  test('a legal line that a channel of the job lacks is told by run as by check, and stays in its report', async () => {
    factory.close()
    factory = makeFactory({ bills: 1 })
    const brand = factory.read('assets/brand.yaml')
    factory.write('assets/brand.yaml', `style: { en: { avoid: [To] } }\nlegal: { sms: stop, email: stop }\n${brand}`)
    factory.write('assets/text/en.json', '{ "regards": "Regards", "stop": " " }')
    const sms = { channels: ['sms'] }
    const ofLegal = (faults: readonly Fault[]) => faults.filter(({ code }) => code.startsWith('style.'))
    const foretold = ofLegal((await asks(sms)).warnings).filter(({ code }) => code === 'style.legal')
    expect(foretold.map(({ message }) => message)).toEqual([
      'the legal line stop has no words',
      'the template bill does not say stop on sms',
      'the template bill does not say stop on email',
    ])
    const { exit, report } = await runs(sms)
    expect(exit).toBe(0)
    expect(ofLegal(report?.warnings ?? [])).toEqual(foretold.filter(({ message }) => !message.endsWith('on email')))
  })

  test('an opt-out that only some branches of a text message say is a warning', async () => {
    const head = 'templates/bill/template.yaml'
    factory.mend(head, 'version: 1', 'version: 1\npurpose: marketing\nconsent: customer.agreed')
    factory.write(head, `${factory.read(head)}channels: { sms: { optOut: STOP } }\n`)
    factory.mend('templates/bill/prepare.js', 'return {', 'data.customer.agreed = true\n  return {')
    const name = '"name": { "type": "string", "private"'
    factory.mend('templates/bill/schema.json', name, `"agreed": { "type": "boolean" }, ${name}`)
    const told = async (text: string) => {
      factory.write('templates/bill/sms.hbs', `${factory.read('templates/bill/sms.hbs').split('\n')[0]}\n${text}`)
      return (await asks({ channels: ['sms'] })).warnings.flatMap(({ code, message, place }) =>
        code === 'sms.optout' ? [`${place?.file?.split('/').at(-1)}: ${message}`] : [],
      )
    }
    expect(await told('{{#if customer.email}}Reply STOP{{/if}}')).toEqual([
      'sms.hbs: the template bill says "STOP" on sms only in some of its branches, which the data decides about',
    ])
    expect(await told('{{#if customer.email}}Reply STOP{{else}}STOP{{/if}}')).toEqual([])
  })

  test('identities that no piece is searched for are a warning, by fact; those long enough are not', async () => {
    const sms = { channels: ['sms'] }
    const unwatched = async () => (await asks(sms)).warnings.filter(({ code }) => code === 'run.unwatched')
    factory.write('data/bills.csv', rows(3, { from: 9 }))
    const [warning, ...more] = await unwatched()
    expect(more).toEqual([])
    expect(warning?.message).toMatch(/^1 of 3 values of number \(the fact number\) /)
    expect(warning?.place?.path).toBe('facts.number')
    factory.write('data/bills.csv', rows(3, { from: 10 }))
    expect(await unwatched()).toEqual([])
  })
})

describe('a run that has begun before', () => {
  test('done: nothing would be made; with other data: exit 5; its ledger gone: exit 5', async () => {
    expect((await runs()).exit).toBe(0)
    const found = await both()
    expect(found).toMatchObject({ exit: 0, begun: { run: 'bills-2026-03', state: 'done' } })
    expect(checkLines(found)).toEqual([
      'bills-2026-03 is done: a start would make nothing, and exit 0 again',
      expect.stringContaining('looked at: that run, the data, by its digest, and which files'),
    ])
    factory.mend('templates/bill/sms.hbs', '{{brand.name}}', 'Changed')
    const changed = await both()
    expect(changed.warnings).toMatchObject([
      { code: 'run.kit', message: expect.stringContaining('changed since: templates/bill/sms.hbs') },
    ])
    expect(checkLines(changed).join('\n')).toContain('warning: ')
    factory.mend('templates/bill/sms.hbs', 'Changed', '{{brand.name}}')
    factory.write('data/bills.csv', rows(4))
    expect((await both()).faults).toMatchObject([{ code: 'run.data' }])
    factory.write('data/bills.csv', rows(3))
    factory.remove('out/bills-2026-03/run.db')
    expect((await both()).faults).toMatchObject([{ code: 'run.lost' }])
  })

  test('interrupted: it would go on; with other options: exit 2; its kit changed: exit 2', async () => {
    const controller = new AbortController()
    const ended = await conduct(
      request({ date: '2026-03-31', workers: 1, lotSize: 1, signal: controller.signal }),
      event => {
        if (event.kind === 'allocated') controller.abort()
      },
    )
    expect(ended.exit).toBe(130)
    const found = await asks({ lotSize: 1 })
    expect(found).toMatchObject({ exit: 0, begun: { state: 'allocated', lots: { planned: 3 } } })
    expect(checkLines(found)[0]).toMatch(/not finished, 0 of 3 lots published; a start would go on/)
    expect(found.warnings).toEqual([])
    factory.mend('templates/bill/sms.hbs', '{{brand.name}}', 'Changed')
    expect((await asks({ lotSize: 1 })).warnings).toMatchObject([{ code: 'run.kit' }])
    expect((await both({ lotSize: 2 })).faults).toMatchObject([{ code: 'run.option' }])
    factory.mend('out/bills-2026-03/kit/templates/bill/sms.hbs', '{{brand.name}}', 'Tampered')
    expect((await both({ lotSize: 1 })).faults).toMatchObject([{ code: 'run.kit' }])
  })

  test('what stops a start of it stops the check of it: by the same ladder', async () => {
    const sms = { channels: ['sms'] }
    expect((await runs(sms)).exit).toBe(0)
    const folder = join(factory.folder, 'out/bills-2026-03')
    const meta = (values: Readonly<Record<string, string>>) => {
      const ledger = new Ledger(join(folder, 'run.db'))
      ledger.setMeta(values)
      ledger.close()
    }
    const code = async (asked: RunOptions = sms) => (await both(asked)).faults.map(fault => fault.code)

    cpSync(folder, join(factory.folder, 'out/copy'), { recursive: true })
    expect(await code({ ...sms, run: 'copy' })).toEqual(['run.unclaimed'])
    factory.remove('out/copy')
    symlinkSync(folder, join(factory.folder, 'out/copy'))
    expect(await code({ ...sms, run: 'copy' })).toEqual(['run.machine'])
    factory.remove('out/copy')
    symlinkSync(folder, join(folder, 'held'))
    expect(await code()).toEqual(['run.machine'])
    factory.remove('out/bills-2026-03/held')

    // A command that was cut off: what it decided is done first, and may change the exit, or be impossible.
    const piece = { seq: 1, id: 'B-1', channel: 'sms', kit: 1, file: 'held/lot-0001/x', sha256: '0', flaws: [] }
    const settling = { kind: 'released', lots: [{ number: 9, kit: 1, pieces: [piece] }] }
    meta({ settling: JSON.stringify(settling) })
    expect(await code()).toEqual(['run.sums'])
    meta({ settling: JSON.stringify({ kind: 'discarded', communications: [] }), exit: '3' })
    expect(await both(sms)).toMatchObject({ exit: 0, begun: { state: 'done' } })

    renameSync(join(factory.folder, 'out/issued.db'), join(factory.folder, 'issued.db'))
    expect((await both(sms)).exit).toBe(0)
    meta({ state: 'allocated' })
    expect(await code()).toEqual(['run.unclaimed'])
    renameSync(join(factory.folder, 'issued.db'), join(factory.folder, 'out/issued.db'))
    meta({ purged: JSON.stringify({ at: '2026-04-01', user: 'maria', why: 'a test' }) })
    expect(await code()).toEqual(['run.purged'])
  })

  test('another process has it: exit 6, and the lock stays with its holder', async () => {
    factory.write('out/bills-2026-03/.keep', '')
    const lock = takeLock(join(factory.folder, 'out/bills-2026-03/run.lock'))
    expect((await both()).faults).toMatchObject([{ code: 'run.busy' }])
    lock?.release()
    expect((await asks()).exit).toBe(0)
  })

  test('documents of a run that never came to its allocation are free', async () => {
    await runs({ run: 'first' })
    expect((await asks()).faults).toMatchObject([{ code: 'run.issued' }])
    const ledger = new Ledger(join(factory.folder, 'out/first/run.db'))
    ledger.setMeta({ state: 'staging' })
    ledger.close()
    // Nothing that only an allocation leads to stands beside the ledger of such a run.
    for (const name of ['lot-0001', 'report.json', 'report.html']) factory.remove(`out/first/${name}`)
    expect((await both()).exit).toBe(0)
  })
})

test('text messages that do not show what the data says are told, together, and the exit is that of the run', async () => {
  factory.mend('templates/bill/sms.hbs', "amount=(fact 'total')", 'amount=total')
  const sms = { channels: ['sms'] }
  expect(await asks(sms)).toMatchObject({
    exit: 4,
    faults: [{ code: 'run.fact', message: 'the fact total does not stand in sms as the data has it, once' }],
  })
  expect((await runs(sms)).exit).toBe(4)
})

test('documents of a run that was made void, and killed before they were free, are free', async () => {
  const sms = { channels: ['sms'] }
  await runs(sms)
  expect((await asks({ ...sms, run: 'again' })).exit).toBe(5)
  const ledger = new Ledger(join(factory.folder, 'out/bills-2026-03/run.db'))
  ledger.setMeta({ voided: JSON.stringify({ at: '2026-03-31', user: 'maria', why: 'a test' }) })
  ledger.close()
  expect((await asks({ ...sms, run: 'again' })).exit).toBe(0)
  expect((await runs({ ...sms, run: 'again' })).exit).toBe(0)
})

describe('a legal line that a mail hides', () => {
  const told = async () =>
    (await asks({ channels: ['email'] })).warnings.flatMap(({ code, message }) =>
      code === 'style.legal' ? [message] : [],
    )
  const hidden = 'the template bill says registered on email only where not every reader sees it'
  const say = (style: string, line: string): void => {
    factory.write('assets/brand.yaml', `legal: { email: registered }\n${brandYaml}`)
    factory.write('assets/partials/fine.hbs', '<p class="fine">{{t \'registered\'}}</p>')
    const text = mjml
      .replace(
        '</mj-head>',
        `<mj-style${style.startsWith('=') ? ' inline="inline"' : ''}>${style.replace(/^=/, '')}</mj-style></mj-head>`,
      )
      .replace('</mj-body>', `<mj-section><mj-column>${line}</mj-column></mj-section></mj-body>`)
    factory.write('templates/bill/email.mjml.hbs', text)
  }
  let [brandYaml, mjml] = ['', '']
  beforeEach(() => {
    factory.close()
    factory = makeFactory({ bills: 1 })
    brandYaml = factory.read('assets/brand.yaml')
    mjml = factory.read('templates/bill/email.mjml.hbs')
    for (const locale of ['en', 'uk'])
      factory.write(`assets/text/${locale}.json`, '{ "regards": "Regards", "registered": "Registered in Kyiv" }')
  })

  test('is told, however it is hidden', async () => {
    const line = `<mj-text><p class="fine">{{t 'registered'}}</p></mj-text>`
    for (const [style, written] of [
      ['.fine{display:none}', line],
      ['=.fine{font-size:0}', line],
      ['.fine{visibility:hidden}', '<mj-text>{{> fine}}</mj-text>'],
      ['.deep p{max-height:0;overflow:hidden}', `<mj-text css-class="deep"><p>{{t 'registered'}}</p></mj-text>`],
      ['', `<mj-text font-size="0px">{{t 'registered'}}</mj-text>`],
      ['', `<mj-text color="#ffffff" container-background-color="#ffffff">{{t 'registered'}}</mj-text>`],
      [
        '',
        `<mj-text><span style="opacity:0">{{#if customer.email}}{{t 'registered'}}{{else}}{{t 'registered'}}{{/if}}</span></mj-text>`,
      ],
      ['', `<mj-text><p style="display:none">{{> fine}}</p></mj-text>`],
      ['@media (max-width:480px){.fine{display:none}}', line],
      ['@media (max-width:480px){.fine{display:none}}', '<mj-text>{{> fine}}</mj-text>'],
      ['@media (min-width:481px){.fine{display:none}}', line],
      ['@media (prefers-color-scheme:dark){.fine{display:none}}', line],
      ['@supports (display:grid){.fine{display:none}}', '<mj-text>{{> fine}}</mj-text>'],
    ] as const) {
      say(style, written)
      expect(await told(), `${style} ${written}`).toEqual([hidden])
    }
  })

  test('is told with the rules that are not read whole', async () => {
    say(
      'p:nth-child(1){display:none} i.fine{margin:0}@media (max-width:30em){\n.fine{display:none}} .fine:is(p){opacity:0}',
      `<mj-text><p class="fine">{{t 'registered'}}</p></mj-text>`,
    )
    const hints = (await asks({ channels: ['email'] })).warnings.flatMap(({ code, hint }) =>
      code === 'style.legal' ? [hint] : [],
    )
    expect(hints).toEqual([
      expect.stringMatching(
        /; rules that are not read whole, or hold for some readers alone, may hide it: p:nth-child\(1\) \(\S*templates\/bill\/email\.mjml\.hbs:2\), \.fine:is\(p\) \(\S*email\.mjml\.hbs:3\) and 1 more; write classes/,
      ),
    ])
  })

  test('is not where it is seen, or a second time, in windows that take turns too', async () => {
    const line = `<mj-text><p class="fine">{{t 'registered'}}</p></mj-text>`
    for (const [style, written] of [
      ['.fine{color:#525b66}', line],
      [
        '@media (max-width:480px){.fine{display:none}}@media (min-width:481px){.small{display:none}}',
        `${line}<mj-text css-class="small">{{t 'registered'}}</mj-text>`,
      ],
      ['.fine{display:none}', `${line}<mj-text>{{t 'registered'}}</mj-text>`],
      ['', '<mj-text>{{> fine}}</mj-text>'],
    ] as const) {
      say(style, written)
      expect(await told(), `${style} ${written}`).toEqual([])
    }
  })
})
