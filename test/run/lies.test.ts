/** Pieces that lie: by hand, by a channel, by a script that remembers. None of them leaves the house. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { deflateSync, inflateSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readApart } from '../../src/channels/email/read/read.ts'
import { readPdf } from '../../src/channels/pdf/read/read.ts'
import { read as readSms } from '../../src/channels/sms/read.ts'
import { proofJob, type RunOptions, readRequest } from '../../src/run/index.ts'
import { type Demand, prove } from '../../src/run/prove/prove.ts'
import { type Factory, makeFactory, rows } from './factory.ts'

let factory: Factory
beforeEach(() => {
  factory = makeFactory()
  factory.write('data/bills.csv', rows(4, { from: 100 }))
})
afterEach(() => factory.close())

async function found(
  { channelModules = [], ...asked }: RunOptions & { readonly channelModules?: readonly string[] },
  ids: readonly string[] = [],
) {
  const read = readRequest(asked, { job: join(factory.folder, factory.job), channelModules })
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  const clock = () => new Date('2026-03-31T12:00:00Z')
  const { exit, faults } = await proofJob(read.value, { ids, folder: join(factory.folder, 'proof') }, () => {}, clock)
  return { exit, says: [...new Set(faults.map(({ code, message }) => `${code}: ${message}`))] }
}

const unshown = (where: string) => ({
  exit: 4,
  says: [`run.fact: the fact total does not stand in ${where} as the data has it`],
})

describe('a proof finds', () => {
  const sms = { channels: ['sms'] }
  const truth = "amount=(fact 'total')"

  test('nothing in pieces that tell the truth, encrypted ones too', async () => {
    expect(await found({ channels: ['pdf', 'sms'] })).toEqual({ exit: 0, says: [] })
    const head = factory.read('templates/bill/template.yaml')
    factory.write('templates/bill/template.yaml', `${head}channels: { pdf: { password: number } }\n`)
    expect(await found({ channels: ['pdf'] })).toEqual({ exit: 0, says: [] })
  })

  test('nothing in a message that is mended into Latin letters and plain quotes', async () => {
    const head = factory.read('templates/bill/template.yaml')
    const who = 'facts:\n  who: { value: customer.name, as: text, on: [sms] }\n'
    const mend = 'channels: { sms: { parts: 3, mend: [typography, transliterate] } }\n'
    factory.write('templates/bill/template.yaml', `${head.replace('facts:\n', who)}${mend}`)
    factory.write(
      'templates/bill/sms.hbs',
      `${'Рахунок за послуги зв’язку. '.repeat(4)}{{fact 'who'}}, {{fact 'total'}}\n`,
    )
    expect(await found(sms)).toEqual({ exit: 0, says: [] })
    expect(factory.read('proof/sms/B-100.json')).toContain('Olena Kovalenko')
    factory.mend('templates/bill/sms.hbs', "{{fact 'who'}}", "{{fact 'who'}}x")
    expect(await found(sms, ['B-100'])).toMatchObject({ exit: 4 })
  })

  test('an amount formatted by hand, where the locale writes it otherwise', async () => {
    factory.mend('templates/bill/sms.hbs', truth, 'amount=total')
    expect(await found(sms, ['B-100'])).toEqual(unshown('sms'))
    expect(await found(sms, ['B-101'])).toEqual({ exit: 0, says: [] })
  })

  test('an amount in another currency', async () => {
    factory.mend('templates/bill/sms.hbs', truth, "amount=(money total currency='EUR')")
    expect(await found(sms)).toEqual(unshown('sms'))
  })

  test('an amount that another figure stands for', async () => {
    factory.mend('templates/bill/sms.hbs', truth, "amount=(money (plus total '0.10'))")
    expect(await found(sms)).toEqual(unshown('sms'))
  })

  test('the same on paper', async () => {
    factory.mend('templates/bill/pdf.hbs', "amount=(fact 'total')", "amount=(money (plus total '0.10'))")
    expect(await found({ channels: ['pdf'] }, ['B-100'])).toEqual(unshown('pdf'))
  })

  test('one digit that is altered in a finished mail or text message', async () => {
    await found({ channels: ['email', 'sms'] }, ['B-101'])
    const mail = readFileSync(join(factory.folder, 'proof/email/B-101.eml'), 'latin1')
    const message = readFileSync(join(factory.folder, 'proof/sms/B-101.json'), 'latin1')
    const total: Demand = { as: 'money', value: '202.30', shown: ['£202.30'], currency: 'GBP' }
    const missing = (texts: readonly { readonly name: string; readonly text: string; readonly whole?: boolean }[]) =>
      prove(
        texts.map(text => ({ ...text, facts: text.whole === false ? [] : ['total'] })),
        { total },
        'en-GB',
      ).missing.map(({ text }) => text)
    const inMail = (bytes: string) => missing(readApart(Buffer.from(bytes, 'latin1')).texts)
    expect(inMail(mail)).toEqual([])
    // The preheader, the HTML's own line, and the plain part show it; a part is caught once it shows it nowhere.
    const [head = '', plain = '', html = ''] = mail.split(/(?=Content-Type: text\/(?:plain|html))/i)
    const altered = (part: string) => part.replaceAll('202.30', '202.80')
    expect(altered(plain)).not.toBe(plain)
    expect(inMail(head + altered(plain) + html)).toEqual(['text'])
    expect(inMail(head + plain + altered(html))).toEqual(['html'])
    const sms = (bytes: string) => missing([{ name: '', text: readSms(Buffer.from(bytes, 'latin1')) }])
    expect(sms(message)).toEqual([])
    expect(sms(message.replace('202.30', '202.38'))).toEqual([''])
  })

  test('a bill of one line, where the line and the total are one figure, altered in each part of a mail and in a text message', async () => {
    const [head = '', line = ''] = rows(1, { from: 101 }).split('\n')
    factory.write('data/bills.csv', `${head}\n${line}\n`)
    const lines = '{{#each lines}}{{item}} {{money amount}} {{/each}}'
    factory.mend('templates/bill/email.mjml.hbs', '<mj-text>{{customer.name}}', `<mj-text>${lines}`)
    factory.mend('templates/bill/sms.hbs', '{{brand.name}}: ', lines)
    expect(await found({ channels: ['email', 'sms'] })).toEqual({ exit: 0, says: [] })
    const total: Demand = { as: 'money', value: '101.10', shown: ['£101.10'], currency: 'GBP' }
    const missing = (texts: readonly { readonly name: string; readonly text: string; readonly whole?: boolean }[]) =>
      prove(
        texts.map(text => ({ ...text, facts: text.whole === false ? [] : ['total'] })),
        { total },
        'en-GB',
      ).missing.map(({ text }) => text)
    const mail = readFileSync(join(factory.folder, 'proof/email/B-101.eml'), 'latin1')
    const inMail = (bytes: string) => missing(readApart(Buffer.from(bytes, 'latin1')).texts)
    const [before = '', plain = '', html = ''] = mail.split(/(?=Content-Type: text\/(?:plain|html))/i)
    for (const part of [plain, html]) expect(part.split('101.10').length - 1).toBeGreaterThan(1)
    expect(inMail(mail)).toEqual([])
    const altered = (part: string) => part.replaceAll('101.10', '101.70')
    expect(inMail(before + altered(plain) + html)).toEqual(['text'])
    expect(inMail(before + plain + altered(html))).toEqual(['html'])
    const message = readFileSync(join(factory.folder, 'proof/sms/B-101.json'), 'latin1')
    const inMessage = (bytes: string) => missing([{ name: '', text: readSms(Buffer.from(bytes, 'latin1')) }])
    expect(message.split('101.10').length - 1).toBe(2)
    expect(inMessage(message)).toEqual([])
    expect(inMessage(altered(message))).toEqual([''])
  })

  test('one digit that is altered in the content stream of a finished PDF, whichever', async () => {
    await found({ channels: ['pdf'] }, ['B-101'])
    const finished = readFileSync(join(factory.folder, 'proof/pdf/B-101.pdf'))
    const { altered } = openContent(finished)
    const total: Demand = { as: 'money', value: '202.30', shown: ['£202.30'], currency: 'GBP' }
    const missing = (bytes: Uint8Array) =>
      prove([{ name: '', text: readPdf(bytes), facts: ['total'] }], { total }, 'en-GB').missing.length
    expect(missing(finished)).toBe(0)
    // Codes of two bytes: those of characters.
    const glyphs = [...'202.30'].map(sign => `\0${sign}`)
    let tried = 0
    for (const at of [0, 1, 2, 4, 5]) {
      for (const other of '01236') {
        const bytes = altered(glyphs.join(''), glyphs.with(at, `\0${other}`).join(''))
        if (bytes === undefined) continue
        tried += 1
        expect(missing(bytes), `digit ${at} as ${other}`).toBe(1)
      }
    }
    expect(tried).toBeGreaterThan(10)
  })

  test('an amount where there is none to pay, unless the template says it in words', async () => {
    // What is paid for one item is taken off the other: nothing is left.
    factory.write('data/bills.csv', rows(4, { from: 100 }).replace('101,20', '-101,10'))
    factory.mend('templates/bill/prepare.js', 'total.cmp(0) <= 0', 'total.cmp(0) < 0')
    expect(await found({ channels: ['pdf', 'sms'] }, ['B-101'])).toEqual({ exit: 0, says: [] })
    const asked = "{{brand.name}}: {{t 'total' amount=(fact 'total')}}"
    factory.mend('templates/bill/sms.hbs', asked, "{{#if (gt total 0)}}{{fact 'total'}}{{else}}nothing to pay{{/if}}")
    expect(await found(sms, ['B-101'])).toEqual({ exit: 0, says: [] })
    const path = join(factory.folder, 'fax.mjs')
    writeFileSync(path, channel('Buffer.from(bytes).toString()').replace("replace('2', '3')", "replace('0', '9')"))
    factory.write('templates/bill/fax.hbs', "{{fact 'total'}}\n")
    factory.mend('templates/bill/template.yaml', '[pdf, email, sms]', '[pdf, email, sms, fax]')
    factory.mend('jobs/bills.yaml', '  sms: {}', '  sms: {}\n  fax: {}')
    expect(await found({ channels: ['fax'], channelModules: [pathToFileURL(path).href] }, ['B-101'])).toEqual(
      unshown('fax'),
    )
  })

  test('an amount that one branch leaves out', async () => {
    factory.mend(
      'templates/bill/pdf.hbs',
      "{{t 'total' amount=(fact 'total')}}",
      "{{#if (gt total 201)}}{{fact 'total'}}{{/if}}",
    )
    factory.mend('templates/bill/pdf.hbs', '{{money amount}}', '-')
    expect(await found({ channels: ['pdf'] }, ['B-100'])).toEqual(unshown('pdf'))
    expect(await found({ channels: ['pdf'] }, ['B-101'])).toEqual({ exit: 0, says: [] })
  })

  test('a plain part that says other than the HTML, and a subject that shows nothing of what it asks for', async () => {
    factory.write(
      'templates/bill/email.txt.hbs',
      "{{money (plus total '1')}} {{fact 'number'}}{{#if (gt total 99999)}}{{fact 'total'}}{{/if}}\n",
    )
    expect(await found({ channels: ['email'] }, ['B-101'])).toEqual(unshown('the text of email'))
  })

  test('a digit that a channel from outside changes, and a piece that it cannot read', async () => {
    factory.write('templates/bill/fax.hbs', "{{fact 'total'}}\n")
    factory.mend('templates/bill/template.yaml', '[pdf, email, sms]', '[pdf, email, sms, fax]')
    factory.mend('jobs/bills.yaml', '  sms: {}', '  sms: {}\n  fax: {}')
    const path = join(factory.folder, 'fax.mjs')
    const fax = (read: string) => {
      writeFileSync(path, channel(read))
      return { channels: ['fax'], channelModules: [`${pathToFileURL(path)}?${read.length}`] }
    }
    const asked = fax('Buffer.from(bytes).toString()')
    const request = readRequest(
      { channels: ['fax'] },
      { job: join(factory.folder, factory.job), channelModules: asked.channelModules },
    )
    if (!request.ok) throw new Error(JSON.stringify(request.faults))
    const proof = await proofJob(
      request.value,
      { ids: ['B-101'], folder: join(factory.folder, 'proof') },
      () => {},
      () => new Date(),
    )
    expect(proof.faults.map(({ message }) => message)).toEqual([
      'the fact total does not stand in fax as the data has it',
    ])
    const broken = fax("(() => { throw new Error('B-101') })()")
    const again = await proofJob(
      { ...request.value, channelModules: broken.channelModules },
      { ids: ['B-101'], folder: join(factory.folder, 'proof') },
      () => {},
      () => new Date(),
    )
    expect(again.faults).toMatchObject([
      {
        code: 'run.unread',
        message: 'the finished piece of fax cannot be read back, so nothing is known of what it shows',
        place: { file: expect.stringContaining('templates/bill/template.yaml') },
        hint: 'look at it with platen proof, and report it',
      },
    ])
    expect(JSON.stringify(again.faults)).not.toContain('B-101')
  })

  const foreign = (channel: string, line: number) => ({
    exit: 4,
    says: [
      `run.identity: ${channel} shows what identifies another communication of the run: the id of line ${line} of the data`,
    ],
  })
  const remembers = (field: string) =>
    factory.mend(
      'templates/bill/prepare.js',
      'return { ...data,',
      `const before = last\n  last = data.number\n  if (before) data = { ...data, ${field} }\n  return { ...data,`,
    )

  test('the number of the customer before, which prepare.js has kept', async () => {
    factory.mend('templates/bill/prepare.js', 'export default', 'let last\nexport default')
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is written into a script
    remembers('lines: data.lines.map(line => ({ ...line, item: `as in ${before}` }))')
    expect(await found({ channels: ['pdf'] }, ['B-100'])).toEqual({ exit: 0, says: [] })
    expect(await found({ channels: ['pdf'] }, ['B-101'])).toEqual(foreign('pdf', 2))
  })

  test('the same in the place of the own number', async () => {
    factory.mend('templates/bill/prepare.js', 'export default', 'let last\nexport default')
    remembers('number: before')
    expect(await found({ channels: ['pdf'] }, ['B-102'])).toEqual(foreign('pdf', 4))
  })

  test('the same where words are written in Latin letters and codes are not; none for what is the own', async () => {
    const lines = rows(4, { from: 100 }).replaceAll('B-', 'ОСББ-').replaceAll('en-GB', 'uk-UA')
    factory.write('data/bills.csv', lines)
    factory.write(
      'templates/bill/sms.hbs',
      `{{number}} {{#each lines}}{{item}} {{/each}}${factory.read('templates/bill/sms.hbs')}`,
    )
    const head = factory.read('templates/bill/template.yaml')
    factory.write('templates/bill/template.yaml', `${head}channels: { sms: { mend: [transliterate], parts: 4 } }\n`)
    expect(await found(sms)).toEqual({ exit: 0, says: [] })
    factory.mend('templates/bill/prepare.js', 'export default', 'let last\nexport default')
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is written into a script
    remembers('lines: data.lines.map(line => ({ ...line, item: `as in ${before}` }))')
    expect(await found(sms, ['ОСББ-101'])).toEqual(foreign('sms', 2))
    expect(factory.read(`proof/sms/${encodeURIComponent('ОСББ-101')}.json`)).toContain('as in ОСББ-100')
  })

  test('no alarm where a number of the run stands in the own data, in the kit, or is short', async () => {
    const lines = rows(4, { from: 100 }).replaceAll('B-', '5363')
    factory.write('data/bills.csv', lines.replaceAll('Item 1', 'instead of 5363101').replaceAll('Item 2', '5363101'))
    expect(await found({ channels: ['pdf'] }, ['5363100'])).toEqual({ exit: 0, says: [] })
    factory.write('data/bills.csv', lines)
    factory.mend('templates/bill/pdf.hbs', '<p>{{customer.name}}', '<p>5363102</p><p>{{customer.name}}')
    expect(await found({ channels: ['pdf'] })).toEqual({ exit: 0, says: [] })
    factory.write('data/bills.csv', rows(12).replaceAll('B-', ''))
    factory.mend('templates/bill/pdf.hbs', '<p>5363102</p>', '<p>{{lines.length}}</p>')
    expect(await found({ channels: ['pdf'] })).toEqual({ exit: 0, says: [] })
  })
})

/** The page of a PDF, with other glyphs on it, and packed again. */
function openContent(file: Buffer) {
  const streams = [...file.toString('latin1').matchAll(/\/Length (\d+)[^>]*>>\s*stream\n/g)].flatMap(
    ({ index, 0: head, 1: size }) => {
      const start = index + head.length
      const packed = file.subarray(start, start + Number(size))
      try {
        return [{ start, length: packed.length, text: inflateSync(packed).toString('latin1') }]
      } catch {
        return []
      }
    },
  )
  const page = streams.find(({ text }) => text.includes(' Td[('))!
  const altered = (from: string, to: string): Buffer | undefined => {
    if (from === to || !page.text.includes(from) || to.length !== from.length) return undefined
    const content = Buffer.from(
      page.text.replace(from, () => to),
      'latin1',
    )
    // As short as it was, so that all places in the file stay true.
    const packed = deflateSync(content, { level: 9 })
    if (packed.length > page.length) throw new Error('the page is longer than it was')
    const bytes = Buffer.from(file)
    bytes.fill(0, page.start, page.start + page.length)
    packed.copy(bytes, page.start)
    return bytes
  }
  return { altered }
}

/** A channel whose bytes have another digit than the text that was merged, and that reads as told. */
function channel(read: string): string {
  return `export default {
  name: 'fax', files: ['fax.hbs'], escape: 'none', settings: { type: 'object' }, encloses: [],
  output: { folder: 'fax', extension: 'txt' },
  prepare: async ({ sources }) => ({ ok: true, value: { texts: { text: { ...sources['fax.hbs'], escape: 'none' } } } }),
  open: async () => ({
    render: async ({ texts }) => ({ ok: true, value: { bytes: Buffer.from(texts.text.replace('2', '3')), mediaType: 'text/plain', measures: {} } }),
    read: async bytes => ${read},
    close: async () => {},
  }),
}
`
}

describe('a run', () => {
  const run = (...more: readonly string[]) =>
    factory.platen('run', factory.job, '--channel', 'sms', '--date', '2026-03-31', ...more)
  const report = () => JSON.parse(factory.read('out/bills-2026-03/report.json'))

  test('holds what is not proved, ends with 4, and makes it again once it is mended', () => {
    factory.mend('templates/bill/sms.hbs', "amount=(fact 'total')", 'amount=total')
    const first = run()
    expect(first.status, first.said).toBe(4)
    expect(first.said).toContain('2 pieces of sms do not show what the data says')
    expect(report().pieces.sms).toEqual({ rendered: 2, skipped: 0, held: 2, failed: 0 })
    expect(factory.read('out/bills-2026-03/failed.csv')).toContain('the fact total does not stand in sms')
    expect(readFileSync(join(factory.folder, 'out/bills-2026-03/lot-0001/manifest.jsonl'), 'utf8')).not.toContain(
      'B-100',
    )
    expect(run().status).toBe(4)
    factory.mend('templates/bill/sms.hbs', 'amount=total', "amount=(fact 'total')")
    const mended = run('--retry')
    expect(mended.status, mended.said).toBe(0)
    expect(mended.said).toContain('total: 813.20 GBP from 4 pieces of sms, as in the data')
    expect(report().readBack).toEqual([
      { channel: 'sms', fact: 'total', pieces: 4, read: '813.20', data: '813.20', agrees: true },
    ])
  })

  test('stops where a piece identifies another, and says so again', () => {
    factory.mend('templates/bill/prepare.js', 'export default', 'let last\nexport default')
    factory.mend(
      'templates/bill/prepare.js',
      'return { ...data,',
      'const before = last ?? data.number\n  last = data.number\n  return { ...data, number: before,',
    )
    factory.mend('templates/bill/sms.hbs', '{{brand.name}}', '{{number}} {{brand.name}}')
    const stopped = run('--lot-size', '2')
    expect(stopped.status, stopped.said).toBe(4)
    expect(stopped.said).toContain(
      'out/bills-2026-03/lot-0001: a piece of sms (line 4 of the data) shows what identifies another communication of the run: the id of line 2 of the data; nothing more was made',
    )
    expect(stopped.said).not.toContain('B-10')
    expect(report().pieces.sms).toEqual({ rendered: 1, skipped: 0, held: 1, failed: 2 })
    expect(factory.exists('out/bills-2026-03/lot-0002')).toBe(false)
    for (const more of [[], ['--retry']]) {
      const again = run('--lot-size', '2', ...more)
      expect(again.status).toBe(4)
      expect(again.said).toContain('shows what identifies another communication')
    }
  })
})
