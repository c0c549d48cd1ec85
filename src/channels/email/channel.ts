/** The e-mail channel: MJML is pressed once per template, and each communication becomes a standard message. */
import {
  type Brand,
  type Channel,
  done,
  type Fault,
  failed,
  inOneLine,
  type OpenChannel,
  type Piece,
  type Prepared,
  type PrepareRequest,
  type RenderRequest,
  type Result,
} from '../../model/index.ts'
import { address, flawOf } from './address.ts'
import { derivePlain, ownPlain } from './alternative.ts'
import { linkBrought } from './brought.ts'
import { contrastRemarks } from './contrast.ts'
import { holdTogether, namesHeld } from './hold.ts'
import { openWatch, sizeFaults, type Watch } from './limits.ts'
import { checkLinks } from './links.ts'
import { type InlineImage, inlineImages, lookOf } from './look.ts'
import { writeMessage } from './message.ts'
import { inspectPartials } from './partials.ts'
import { openCamera } from './pictures.ts'
import { press } from './press.ts'
import { read, readApart } from './read.ts'
import { inlineSources } from './sources.ts'
import { oneLine, plainLines, visible } from './tidy.ts'
import { readUnsubscribe, unsubscribeFile, unsubscribeRemarks, unsubscribeText } from './unsubscribe.ts'
import { weave } from './weave.ts'

const file = 'email.mjml.hbs'
const ownText = 'email.txt.hbs'

export const email: Channel = {
  name: 'email',
  files: [file, ownText, unsubscribeFile],
  unread: [unsubscribeFile],
  escape: 'html',
  settings: {
    type: 'object',
    additionalProperties: false,
    properties: {
      attach: { type: 'string', minLength: 1 },
      links: {
        type: 'array',
        items: {
          type: 'string',
          minLength: 1,
          maxLength: 100,
          pattern: '^[A-Za-z0-9.-]+$',
          description: 'a host such as nord.example',
        },
      },
    },
  },
  encloses: ['attach'],
  output: { folder: 'email', extension: 'eml' },
  address: 'email',
  // The full stop at the end of a domain is the root of all names: the same host.
  normalAddress: written => address(written.trim().replace(/\.$/, ''))?.toLowerCase(),
  prepare,
  async open({ texts }, { brand, settings }): Promise<OpenChannel> {
    const images = inlineImages(brand)
    const attach = typeof settings['attach'] === 'string' ? settings['attach'] : undefined
    const watch = openWatch(brand, texts['subject']?.file ?? file)
    const camera = openCamera(process.env)
    const { links = [] } = settings as { readonly links?: readonly string[] }
    const allowed = new Set(links.map(link => link.toLowerCase()))
    const names = namesHeld(brand)
    const opened: Opened = {
      brand,
      images,
      names,
      watch,
      allowed,
      ...(attach === undefined ? {} : { attach }),
    }
    return {
      render: async request => render(request, opened),
      refuses: request => {
        const drafted = draft(request, opened)
        return drafted.ok ? [] : drafted.faults
      },
      addressOf: ({ recipient }) => address(recipient.email ?? '')?.toLowerCase(),
      noticed: () => watch.remarks(),
      read: async bytes => read(bytes),
      pictures: bytes => camera.take(bytes),
      readApart: async bytes => readApart(bytes),
      close: () => camera.close(),
    }
  },
}

/**
 * Texts to merge: `subject` and `text` as they are, `html` escaped. Faults: `email.markup` and `email.tag` with the place in the
 * template, `email.image`, `email.subject`, `email.sender`, `email.text`.
 */
async function prepare({ sources, brand, purpose }: PrepareRequest): Promise<Result<Prepared>> {
  const source = sources[file]
  if (source === undefined) throw new Error(`prepare was called without ${file}`)
  const faults: Fault[] = []
  const sender = brand.senders.email
  if (sender === undefined || address(sender.address) === undefined) {
    faults.push({
      code: 'email.sender',
      message:
        sender === undefined
          ? 'the brand has no sender of mails'
          : `the brand's mail address ${flawOf(sender.address)}`,
      place: { file: source.file },
      hint: 'add senders.email with name and address to brand.yaml',
    })
  }
  const unsubscribe = unsubscribeText(purpose === 'marketing', sources[unsubscribeFile], source.file)
  if (!unsubscribe.ok) faults.push(...unsubscribe.faults)
  const woven = weave(source, lookOf(brand), inlineImages(brand))
  if (!woven.ok) return failed(...faults, ...woven.faults)
  const partials = inspectPartials(source, brand)
  faults.push(...partials.faults)
  const pressed = await press(woven.value, source, brand)
  if (!pressed.ok) return failed(...faults, ...pressed.faults)
  const { shields, subject, remarks } = woven.value
  const own = sources[ownText]
  const text = own === undefined ? derivePlain(pressed.value, shields, source, brand) : ownPlain(own)
  if (!text.ok) return failed(...faults, ...text.faults)
  if (!unsubscribe.ok || faults.length > 0) return failed(...faults)
  const contrasts = contrastRemarks(pressed.value, { brand, source, shields })
  const leaving = sources[unsubscribeFile]
  const whole = [shields.lift(pressed.value), ...Object.values(brand.partials).map(partial => partial.text)].join('')
  const leaves = leaving === undefined ? [] : unsubscribeRemarks(leaving, { html: whole, mail: source.file })
  return done({
    warnings: chosen([...remarks, ...partials.remarks, ...contrasts, ...leaves], brand),
    texts: {
      ...(unsubscribe.value === undefined ? {} : { unsubscribe: unsubscribe.value }),
      subject: { file: source.file, text: subject, escape: 'none' },
      html: { file: source.file, text: shields.lift(pressed.value), escape: 'html' },
      text: { file: own?.file ?? source.file, text: text.value, escape: 'none' },
    },
  })
}

/** Warnings that the brand does not live with, each once, where it is first met. */
function chosen(remarks: readonly Fault[], { mail }: Brand): readonly Fault[] {
  const accepted: readonly string[] = mail?.accept ?? []
  const firsts = new Map<string, Fault>()
  for (const fault of remarks) {
    const key = `${fault.code} ${fault.message}`
    if (!accepted.includes(fault.code) && !firsts.has(key)) firsts.set(key, fault)
  }
  return [...firsts.values()]
}

interface Opened {
  readonly brand: Brand
  /** Names of the brand that no line breaks. */
  readonly names: RegExp | undefined
  readonly images: ReadonlyMap<string, InlineImage>
  readonly watch: Watch
  /** Hosts that data may name. */
  readonly allowed: ReadonlySet<string>
  readonly attach?: string
}

/** A message but for what is enclosed. */
interface Draft {
  readonly to: string
  readonly subject: string
  readonly html: string
  readonly unsubscribe?: string
}

function draft(
  { communication, texts }: Omit<RenderRequest, 'enclosed'>,
  { images, names, watch, allowed }: Opened,
): Result<Draft> {
  const faults: Fault[] = []
  const { email: found } = communication.recipient
  const to = found === undefined ? undefined : address(found)
  if (to === undefined) faults.push(noRecipient(found))
  const subject = oneLine(texts['subject'] ?? '')
  if (subject === '')
    faults.push({ code: 'email.subject', message: 'the subject is empty', hint: 'see mj-title in email.mjml.hbs' })
  const html = holdTogether(inlineSources(visible(texts['html'] ?? ''), images), {
    locale: communication.locale,
    names,
  })
  watch.see({ html, subject })
  faults.push(...checkLinks(html), ...sizeFaults(html))
  const brought = linkBrought(communication, { subject, html, text: texts['text'] ?? '', allowed })
  if (brought !== undefined) faults.push(brought)
  const leave = texts['unsubscribe'] === undefined ? undefined : readUnsubscribe(texts['unsubscribe'])
  if (leave?.ok === false) faults.push(...leave.faults)
  if (faults.length > 0 || to === undefined) return failed(...faults)
  return done({ to, subject, html, ...(leave?.ok === true ? { unsubscribe: leave.value } : {}) })
}

function render(request: RenderRequest, opened: Opened): Result<Piece> {
  const { brand, images, attach } = opened
  const { communication, texts, enclosed, date } = request
  const sender = brand.senders.email
  if (sender === undefined) throw new Error('render was called for a brand without a sender')
  const enclosure = attach === undefined ? undefined : enclosed[attach]
  if (attach !== undefined && enclosure === undefined)
    throw new Error(`render was called without the piece of ${attach}`)
  const drafted = draft(request, opened)
  if (!drafted.ok) return drafted
  const { to, subject, html, unsubscribe } = drafted.value
  const { name } = communication.recipient
  // In the HTML line ends of values are blanks, too.
  const text = inOneLine(texts['text'] ?? '', [communication.data, name])
  const bytes = writeMessage({
    from: sender,
    to: { address: to, ...(name === undefined ? {} : { name }) },
    subject,
    date,
    id: communication.id,
    ...(unsubscribe === undefined ? {} : { unsubscribe }),
    text: plainLines(text),
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
      found === undefined ? 'the recipient has no mail address' : `the recipient's mail address ${flawOf(found)}`,
    hint: 'write it like olena@example.org, without name, list or blanks',
  }
}
