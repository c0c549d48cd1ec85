/** The e-mail channel: MJML is pressed once per template, and each communication becomes a standard message. */
import {
  type Brand,
  type Channel,
  done,
  type Fault,
  failed,
  type OpenChannel,
  type Piece,
  type Prepared,
  type PrepareRequest,
  type RenderRequest,
  type Result,
} from '../../model/index.ts'
import { address } from './address.ts'
import { derivePlain, ownPlain } from './alternative.ts'
import { checkLinks } from './links.ts'
import { type InlineImage, inlineImages, lookOf } from './look.ts'
import { writeMessage } from './message.ts'
import { partialFaults } from './partials.ts'
import { press } from './press.ts'
import { read, readApart } from './read.ts'
import { inlineSources } from './sources.ts'
import { oneLine, plainLines, visible } from './tidy.ts'
import { weave } from './weave.ts'

const file = 'email.mjml.hbs'
const ownText = 'email.txt.hbs'

/** Gmail cuts a message's HTML off at about 102 KB, and with it whatever stands below: legal lines, totals. */
export const maxHtmlBytes = 102_000

export const email: Channel = {
  name: 'email',
  files: [file, ownText],
  escape: 'html',
  settings: {
    type: 'object',
    additionalProperties: false,
    properties: { attach: { type: 'string', minLength: 1 } },
  },
  encloses: ['attach'],
  output: { folder: 'email', extension: 'eml' },
  address: 'email',
  prepare,
  async open(_prepared, { brand, settings }): Promise<OpenChannel> {
    const images = inlineImages(brand)
    const attach = typeof settings['attach'] === 'string' ? settings['attach'] : undefined
    return {
      render: async request => render(request, { brand, images, ...(attach === undefined ? {} : { attach }) }),
      refuses: request => {
        const drafted = draft(request, images)
        return drafted.ok ? [] : drafted.faults
      },
      read: async bytes => read(bytes),
      readApart: async bytes => readApart(bytes),
      close: async () => {},
    }
  },
}

/**
 * Texts to merge: `subject` and `text` as they are, `html` escaped. Faults: `email.markup` and `email.tag` with the place in the
 * template, `email.image`, `email.subject`, `email.sender`, `email.text`.
 */
async function prepare({ sources, brand }: PrepareRequest): Promise<Result<Prepared>> {
  const source = sources[file]
  if (source === undefined) throw new Error(`prepare was called without ${file}`)
  const faults: Fault[] = []
  const sender = brand.senders.email
  if (sender === undefined || address(sender.address) === undefined) {
    faults.push({
      code: 'email.sender',
      message: sender === undefined ? 'the brand has no sender of mails' : "the brand's sender is not one mail address",
      place: { file: source.file },
      hint: 'add senders.email with name and address to brand.yaml',
    })
  }
  const woven = weave(source, lookOf(brand), inlineImages(brand))
  if (!woven.ok) return failed(...faults, ...woven.faults)
  faults.push(...partialFaults(source, brand))
  const pressed = await press(woven.value, source)
  if (!pressed.ok) return failed(...faults, ...pressed.faults)
  const { shields, subject } = woven.value
  const own = sources[ownText]
  const text = own === undefined ? derivePlain(pressed.value, shields, source, brand) : ownPlain(own)
  if (!text.ok) return failed(...faults, ...text.faults)
  if (faults.length > 0) return failed(...faults)
  return done({
    texts: {
      subject: { file: source.file, text: subject, escape: 'none' },
      html: { file: source.file, text: shields.lift(pressed.value), escape: 'html' },
      text: { file: own?.file ?? source.file, text: text.value, escape: 'none' },
    },
  })
}

interface Opened {
  readonly brand: Brand
  readonly images: ReadonlyMap<string, InlineImage>
  readonly attach?: string
}

/** A message but for what is enclosed. */
interface Draft {
  readonly to: string
  readonly subject: string
  readonly html: string
}

function draft({ communication, texts }: Omit<RenderRequest, 'enclosed'>, images: Opened['images']): Result<Draft> {
  const faults: Fault[] = []
  const { email: found } = communication.recipient
  const to = found === undefined ? undefined : address(found)
  if (to === undefined) faults.push(noRecipient(found))
  const subject = oneLine(texts['subject'] ?? '')
  if (subject === '')
    faults.push({ code: 'email.subject', message: 'the subject is empty', hint: 'see mj-title in email.mjml.hbs' })
  const html = inlineSources(visible(texts['html'] ?? ''), images)
  faults.push(...checkLinks(html), ...sizeFaults(html))
  return faults.length > 0 || to === undefined ? failed(...faults) : done({ to, subject, html })
}

function render(request: RenderRequest, { brand, images, attach }: Opened): Result<Piece> {
  const { communication, texts, enclosed, date } = request
  const sender = brand.senders.email
  if (sender === undefined) throw new Error('render was called for a brand without a sender')
  const enclosure = attach === undefined ? undefined : enclosed[attach]
  if (attach !== undefined && enclosure === undefined)
    throw new Error(`render was called without the piece of ${attach}`)
  const drafted = draft(request, images)
  if (!drafted.ok) return drafted
  const { to, subject, html } = drafted.value
  const { name } = communication.recipient
  const bytes = writeMessage({
    from: sender,
    to: { address: to, ...(name === undefined ? {} : { name }) },
    subject,
    date,
    id: communication.id,
    text: plainLines(texts['text'] ?? ''),
    html,
    images: [...images.values()].filter(({ contentId }) => html.includes(`cid:${contentId}`)),
    attachments:
      enclosure === undefined
        ? []
        : [{ fileName: enclosure.fileName, mediaType: enclosure.piece.mediaType, bytes: enclosure.piece.bytes }],
  })
  return done({ bytes, mediaType: 'message/rfc822', measures: {} })
}

function noRecipient(found: string | undefined): Fault {
  return {
    code: 'email.recipient',
    message:
      found === undefined ? 'the recipient has no mail address' : "the recipient's mail address is not exactly one",
    hint: 'write it like olena@example.org, without name, list or blanks',
  }
}

function sizeFaults(html: string): Fault[] {
  const size = Buffer.byteLength(html)
  if (size <= maxHtmlBytes) return []
  return [
    {
      code: 'email.size',
      message: `the mail's HTML has ${size} bytes, and mail programs cut it off at ${maxHtmlBytes}`,
      hint: 'show fewer rows in the mail and enclose the whole document with attach: pdf',
    },
  ]
}
