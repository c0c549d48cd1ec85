/** Finished messages, as an independent parser and a mail server see them. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { beforeAll, describe, expect, test } from 'vitest'
import { email } from '../../../../src/channels/email/index.ts'
import { address } from '../../../../src/channels/email/message/address.ts'
import { maxHtmlBytes } from '../../../../src/channels/email/message/limits.ts'
import { oneLine } from '../../../../src/channels/email/plain/tidy.ts'
import type {
  Brand,
  Data,
  OpenChannel,
  Piece,
  Prepared,
  Recipient,
  RenderRequest,
  Result,
} from '../../../../src/model/index.ts'
import { fixtureBrand } from '../../../brand/fixture.ts'
import { column, mail, merge, prepared } from '../template.ts'

const template = mail(
  column(`<mj-image src="brand:logo" alt="Nord"/><mj-text>{{who}}</mj-text>
{{#if url}}<mj-button href="{{url url}}">Pay {{total}}</mj-button>{{/if}}<mj-text>{{filler}}</mj-text>`),
  '{{title}}',
)
const pdf: Piece = { bytes: new Uint8Array(1000).fill(7), mediaType: 'application/pdf', measures: { pages: 1 } }
let brand: Brand
let value: Prepared
let open: OpenChannel

beforeAll(async () => {
  brand = await fixtureBrand()
  value = await prepared(template, brand)
  open = await email.open(value, { brand, settings: { attach: 'pdf', links: ['example.com'] } })
})

interface Case {
  readonly recipient?: Recipient
  readonly data?: Data
  readonly fileName?: string
  readonly opened?: OpenChannel
  /** What has been merged wrong. */
  readonly html?: (right: string) => string
}

async function render(of: Case = {}): Promise<Result<Piece>> {
  return (of.opened ?? open).render(asked(of))
}

function asked({
  recipient = { name: 'Олена Коваленко', email: 'olena@example.org' },
  data = {},
  fileName = 'Рахунок 417.pdf',
  html = right => right,
}: Case = {}): RenderRequest {
  const texts = merge(value, {
    title: 'Рахунок № 417',
    who: "O'Brien & Sons <1>",
    total: '1\u00A0482,50\u00A0грн',
    url: 'https://nord.example/417',
    filler: '',
    ...data,
  })
  return {
    communication: {
      id: '417',
      locale: 'uk-UA',
      recipient,
      data: typeof data['total'] === 'string' ? { total: data['total'] } : {},
    },
    date: '2026-03-09',
    texts: { ...texts, html: html(texts['html'] ?? '') },
    enclosed: { pdf: { piece: pdf, fileName } },
  }
}

async function message(given: Case = {}) {
  const result = await render(given)
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  const raw = Buffer.from(result.value.bytes).toString('latin1')
  return { raw, parsed: await PostalMime.parse(result.value.bytes), bytes: result.value.bytes }
}

test('is the same whether somebody has the digest of what it encloses or not', async () => {
  const sha256 = createHash('sha256').update(pdf.bytes).digest('hex')
  const told = { ...asked(), enclosed: { pdf: { piece: pdf, fileName: 'Рахунок 417.pdf', sha256 } } }
  expect(await open.render(told)).toEqual(await open.render(asked()))
  const other = { ...asked(), enclosed: { pdf: { piece: pdf, fileName: 'Рахунок 417.pdf', sha256: 'f'.repeat(64) } } }
  expect(await open.render(other)).not.toEqual(await open.render(asked()))
})

test('is read back with who gets it and where its links lead', async () => {
  const { raw } = await message()
  const read = (text: string) => open.readApart?.(Buffer.from(text, 'latin1'))
  expect(await read(raw)).toMatchObject({ to: 'olena@example.org', links: ['https://nord.example/417'] })
  const copied = raw.replace('\r\nSubject:', '\r\nCc: "a, b" <eve@example.org>\r\nSubject:')
  expect(await read(copied)).toMatchObject({ to: 'olena@example.org, eve@example.org' })
  const twice = raw.replace('\r\nSubject:', '\r\nTo: eve@example.org\r\nSubject:')
  expect(await read(twice)).toMatchObject({ to: 'olena@example.org, eve@example.org' })
})

test('is read with its cells apart, those of HTML and those that plain text aligns with blanks', async () => {
  const part = (type: string, text: string) => `--x\r\nContent-Type: text/${type}\r\n\r\n${text}\r\n`
  const table = '<table><tr> <td>Balance</td>\n<td> <b>(12.50)</b> </td></tr><tr><td>to pay (1.00)</td></tr></table>'
  const parts = `${part('plain', 'Balance    (12.50)\r\n  to pay (1.00)')}${part('html', table)}--x--`
  const raw = `To: olena@example.org\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n${parts}`
  const read = await open.readApart?.(Buffer.from(raw, 'latin1'))
  expect(read?.texts.slice(1).map(({ text }) => text.replaceAll('\r', ''))).toEqual([
    'Balance\t(12.50)\n  to pay (1.00)',
    'Balance\t(12.50)\nto pay (1.00)',
  ])
})

test('is read without what nobody sees, which stands by itself: the preview and what is hidden', async () => {
  const texts = {
    subject: 'Bill',
    text: 'You owe us 99.00',
    html: '<body><div style="display:none;max-height:0">due 13 April</div><p>You owe us <b style="font-size:0">99.00</b></p></body>',
  }
  const communication = { id: '1', locale: 'en', recipient: { email: 'a@b.example' }, data: {} }
  const made = await open.render({
    communication,
    date: '2026-03-09',
    texts,
    enclosed: { pdf: { piece: pdf, fileName: 'x.pdf' } },
  })
  const bytes = made.ok ? made.value.bytes : new Uint8Array()
  expect((await open.readApart?.(bytes))?.texts).toEqual([
    { name: 'subject', text: 'Bill', whole: false },
    { name: 'text', text: 'You owe us 99.00', whole: true },
    { name: 'html', text: 'You owe us', whole: true },
    { name: 'unseen', text: 'due 13\u00A0April\n99.00', whole: false },
  ])
  expect(await open.read(bytes)).toBe('Bill\n\nYou owe us 99.00\n\nYou owe us')
})

const headerNames = 'from to reply-to subject date message-id auto-submitted mime-version content-type'.split(' ')

describe('a message', () => {
  test('is read the same by an independent parser', async () => {
    const { parsed } = await message()
    expect(parsed).toMatchObject({
      from: { name: 'Nord & Sohn', address: 'billing@nord.example' },
      to: [{ name: 'Олена Коваленко', address: 'olena@example.org' }],
      replyTo: [{ address: 'help@nord.example' }],
      subject: 'Рахунок № 417',
      date: '2026-03-08T22:00:00.000Z',
    })
    expect(parsed.messageId).toMatch(/^<[0-9a-f]{32}@nord\.example>$/)
    expect(parsed.text?.replaceAll('\r\n', '\n').trim()).toBe(
      "Nord\nO'Brien & Sons <1>\nPay 1\u00A0482,50\u00A0грн <https://nord.example/417>",
    )
    expect(parsed.html).toContain('O&#39;Brien &amp; Sons &lt;1&gt;')
    expect(parsed.attachments).toMatchObject([
      { mimeType: 'image/png', disposition: 'inline', related: true, contentId: expect.stringMatching(/^<logo\./) },
      { mimeType: 'application/pdf', disposition: 'attachment', filename: 'Рахунок 417.pdf' },
    ])
    expect(Buffer.from(parsed.attachments[1]?.content as ArrayBuffer)).toEqual(Buffer.from(pdf.bytes))
    expect(Buffer.from(parsed.attachments[0]?.content as ArrayBuffer)).toEqual(
      Buffer.from(brand.images['logo']?.mail.bytes ?? []),
    )
  })

  test('reads back through the channel: subject, plain part, HTML', async () => {
    const { bytes } = await message()
    expect(await open.read(bytes)).toBe(
      "Рахунок № 417\n\nNord\nO'Brien & Sons <1>\nPay 1\u00A0482,50\u00A0грн <https://nord.example/417>\n\nO'Brien & Sons <1>\nPay 1\u00A0482,50\u00A0грн",
    )
  })

  test('is ASCII in short CRLF lines, with its headers in order', async () => {
    const { raw } = await message({ data: { title: `Рахунок ${'дуже '.repeat(60)}` } })
    expect(raw).toMatch(/^[\t\r\n\x20-\x7E]*$/)
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
    const names = [...raw.slice(0, raw.indexOf('\r\n\r\n')).matchAll(/^([\w-]+):/gm)].map(([, name]) => name)
    expect(names).toEqual([
      'From',
      'To',
      'Reply-To',
      'Subject',
      'Date',
      'Message-ID',
      'Auto-Submitted',
      'MIME-Version',
      'Content-Type',
    ])
  })

  test('nests mixed > related > alternative, and only what it needs', async () => {
    const kinds = (raw: string): (string | undefined)[] =>
      [...raw.matchAll(/^Content-Type: ([\w/]+)/gm)].map(([, kind]) => kind)
    expect(kinds((await message()).raw)).toEqual([
      'multipart/mixed',
      'multipart/related',
      'multipart/alternative',
      'text/plain',
      'text/html',
      'image/png',
      'application/pdf',
    ])
    const bare = await prepared(mail(column('<mj-text>x</mj-text>')), brand)
    const opened = await email.open(bare, { brand, settings: {} })
    const request = {
      communication: { id: '1', locale: 'en', recipient: { email: 'a@b.example' }, data: {} },
      date: '2026-03-09',
    }
    const piece = await opened.render({ ...request, texts: merge(bare, { number: 1 }), enclosed: {} })
    expect(piece.ok && kinds(Buffer.from(piece.value.bytes).toString())).toEqual([
      'multipart/alternative',
      'text/plain',
      'text/html',
    ])
  })

  test('tells messages apart by their ids, and nothing else does', async () => {
    const id = async (given: Case = {}): Promise<string> => (await message(given)).parsed.messageId ?? ''
    expect(await id()).toBe(await id())
    const ids = [
      await id(),
      await id({ data: { total: '2,00' } }),
      await id({ recipient: { email: 'b@example.org' } }),
      await id({ fileName: 'x.pdf' }),
    ]
    expect(new Set(ids).size).toBe(4)
  })
})

describe('nothing can be injected', () => {
  test('a name or subject with line ends adds no header and no recipient', async () => {
    const evil = 'x\r\nBcc: evil@example.com\r\n\r\n<b>body</b>, evil@example.com'
    const { parsed, raw } = await message({
      recipient: { name: evil, email: 'olena@example.org' },
      data: { title: evil },
    })
    expect(parsed.to).toMatchObject([{ address: 'olena@example.org' }])
    expect(parsed.bcc).toBeUndefined()
    expect(parsed.subject).toBe('x Bcc: evil@example.com <b>body</b>, evil@example.com')
    expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).not.toMatch(/^bcc:/im)
  })

  test('a value with line ends begins no line of the plain part', async () => {
    const name = 'Eve\r\nBcc: everyone@example.com'
    const { parsed } = await message({ recipient: { name, email: 'eve@example.com' }, data: { who: name } })
    expect(parsed.text?.split(/\r?\n/)).toContain('Eve Bcc: everyone@example.com')
  })

  test('names, subjects and file names stay what they are, whatever is in them', async () => {
    const signs = [
      '\r',
      '\n',
      '\0',
      '\t',
      '"',
      '\\',
      ',',
      ';',
      ':',
      '<',
      '>',
      '@',
      '(',
      ')',
      ' ',
      '=?utf-8?B?',
      '?=',
      '\u202E',
      '\u2066',
      '\u200B',
    ]
    const words = [...signs, 'a', 'Bcc:', 'evil@example.com', 'Ю', '𝒳', '\u{1F600}', '\uD800']
    const nasty = fc.array(fc.constantFrom(...words), { maxLength: 30 }).map(parts => parts.join(''))
    await fc.assert(
      fc.asyncProperty(nasty, nasty, nasty, async (name, title, fileName) => {
        const recipient = { name, email: 'olena@example.org' }
        const made = await render({ recipient, data: { title: `S ${title}` }, fileName })
        if (!made.ok) throw new Error(JSON.stringify(made.faults))
        const parsed = await PostalMime.parse(made.value.bytes)
        expect(parsed.headers.map(({ key }) => key)).toEqual(headerNames)
        expect(parsed.to).toEqual([{ address: 'olena@example.org', name: oneLine(name) }])
        expect((await open.readApart?.(made.value.bytes))?.to).toBe('olena@example.org')
        expect(parsed.from?.address).toBe('billing@nord.example')
        expect(parsed.subject).toBe(oneLine(`S ${title}`))
        expect(parsed.attachments).toHaveLength(2)
        expect(parsed.attachments[1]?.filename).toMatch(/^[^/\\:*?"<>|\p{Cc}\p{Bidi_Control}]+$/u)
      }),
      { numRuns: 100 },
    )
  })

  test('subject, name and address are read as they were meant, or refused, whatever code points they have', async () => {
    const any = fc.string({ unit: 'binary', maxLength: 60 })
    const local = fc.oneof(any, fc.stringMatching(/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,12}$/))
    const written = fc.oneof(fc.emailAddress(), any, fc.tuple(local, any), fc.tuple(local, fc.constant('nord')))
    await fc.assert(
      fc.asyncProperty(any, any, written, async (title, name, parts) => {
        const email = typeof parts === 'string' ? parts : `${parts[0]}@${parts[1]}.example`
        const made = await render({ recipient: { name, email }, data: { title: `S ${title}` } })
        if (!made.ok) {
          expect(made.faults.map(({ code }) => code)).toEqual([
            address(email) === undefined ? 'email.recipient' : 'email.link',
          ])
          return
        }
        const parsed = await PostalMime.parse(made.value.bytes)
        expect(parsed.headers.map(({ key }) => key)).toEqual(headerNames)
        expect(parsed.to).toEqual([{ address: address(email), name: oneLine(name) }])
        expect(parsed.subject).toBe(oneLine(`S ${title}`))
      }),
      { seed: 20_260_309, numRuns: 300 },
    )
  })

  test.each([
    ['../../etc/passwd', '-..-etc-passwd'],
    ['a\r\nContent-Type: text/html', 'a Content-Type- text-html'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['"; filename="evil.exe', '-; filename=-evil.exe'],
    ['', 'attachment'],
    ['.pdf', 'pdf'],
    [`${'Рахунок 417 '.repeat(20)}.pdf`, `${'Рахунок 417 '.repeat(12)}Ра.pdf`],
    [`${'a'.repeat(145)}\u{1F600}\u{1F600}.pdf`, `${'a'.repeat(145)}\u{1F600}.pdf`],
    [`${'b '.repeat(100)}.tar.gz`, `${'b '.repeat(73)}b.gz`],
    [`no ending ${'x'.repeat(200)}`, `no ending ${'x'.repeat(140)}`],
  ])('the file name %j is kept harmless', async (fileName, kept) => {
    const { parsed } = await message({ fileName })
    expect(parsed.attachments.at(-1)?.filename).toBe(kept)
  })

  test('two addresses are no recipient, and the fault does not quote them', async () => {
    const result = await render({ recipient: { email: 'a@b.example, canary@example.com' } })
    expect(result).toEqual({
      ok: false,
      faults: [
        {
          code: 'email.recipient',
          message: "the recipient's mail address is more than one, or has something beside it",
          hint: 'write it like olena@example.org, without name, list or blanks; or let clean.js empty it, and the other channels are made',
        },
      ],
    })
    expect(await render({ recipient: { email: 'olena@shоp.example' } })).toMatchObject({
      faults: [
        {
          message:
            "the recipient's mail address has Latin and Cyrillic letters in one part of its domain, which look alike",
          hint: 'write it again by hand, in letters of one alphabet',
        },
      ],
    })
    expect(await render({ recipient: {} })).toMatchObject({
      faults: [{ message: 'the recipient has no mail address' }],
    })
  })

  test('a name that is a link stops the mail, unless the host is on the list', async () => {
    const named = (name: string) => render({ recipient: { name, email: 'olena@example.org' } })
    expect(await named('Click https://phish.example/now')).toMatchObject({
      faults: [
        {
          code: 'email.link',
          message: 'recipient.name brings something into the mail that looks like a link',
          hint: expect.stringContaining('channels: { email: { links: [HOST] } }'),
        },
      ],
    })
    expect((await named('Click https://pay.example.com/now')).ok).toBe(true)
  })

  test('a link in what the plain part shows bare stops it too: the words of a button', async () => {
    expect(await render({ data: { total: 'at evil.com' } })).toMatchObject({
      faults: [{ code: 'email.link', message: 'total brings something into the mail that looks like a link' }],
    })
    expect((await render({ data: { total: 'at shop.example.com' } })).ok).toBe(true)
  })

  test('a link that data chose must have a scheme that is safe', async () => {
    expect(
      await render({ html: right => right.replace('https://nord.example/417', 'javascript:alert(1)') }),
    ).toMatchObject({ faults: [{ code: 'email.link' }] })
  })
})

test('a mail that would be cut off is a fault', async () => {
  const fits = await render({ data: { filler: 'x'.repeat(50_000) } })
  expect(fits.ok).toBe(true)
  expect(await render({ data: { filler: 'x'.repeat(maxHtmlBytes) } })).toMatchObject({
    faults: [
      {
        code: 'email.size',
        message: expect.stringMatching(/^the mail's HTML has 1\d{5} bytes, and mail programs cut it off at 100000$/),
        hint: 'show fewer rows in the mail and enclose the whole document with attach: pdf',
      },
    ],
  })
})

test('a mail that is too large only once its words are held together is foreseen as it is made', async () => {
  const of: Case = { data: { filler: '1-2 '.repeat(4000) } }
  const made = await render(of)
  expect(made).toMatchObject({ faults: [{ code: 'email.size' }] })
  expect(open.refuses?.(asked(of))).toEqual(made.ok ? [] : made.faults)
})

test('an empty subject is a fault', async () => {
  expect(await render({ data: { title: ' \u200B ' } })).toMatchObject({
    faults: [{ code: 'email.subject', message: 'the subject is empty' }],
  })
})
