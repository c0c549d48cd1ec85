/** Opens the channel for rendering: merged texts become messages, and finished messages are read back. */
import {
  type Brand,
  type Communication,
  done,
  type Enclosure,
  type Fault,
  type ForeseeRequest,
  failed,
  hostsAllowed,
  inOneLine,
  insideLine,
  type OpenChannel,
  type OpenRequest,
  ownHosts,
  type Piece,
  type Prepared,
  type RenderRequest,
  type Result,
} from '../../model/index.ts'
import { page } from './files.ts'
import { checkLinks } from './html/links.ts'
import { openFinishing } from './look/finishing.ts'
import { type InlineImage, inlineImages } from './look/look.ts'
import { inlineSources } from './look/sources.ts'
import { address, flawOf, hintOf } from './message/address.ts'
import { bareText } from './message/baretext.ts'
import { linkBrought, type Shown } from './message/brought.ts'
import { remarkOnEnding } from './message/ending.ts'
import { holdTogether, longestHeld, namesHeld } from './message/hold.ts'
import { lengthRemarks, mayBeLarge, sizeFaults } from './message/limits.ts'
import { type Attachment, writeMessage } from './message/message.ts'
import { areSafe, areVisible, type Piece as HtmlPiece, Pieces, shownIn, wholeOf } from './message/pieces.ts'
import { type Leaving, openLeaving } from './message/unsubscribe.ts'
import { openCamera } from './pictures/pictures.ts'
import { oneLine, plainCells, setLines, visible } from './plain/tidy.ts'
import { read, readApart } from './read/read.ts'

export async function open({ texts }: Prepared, { brand, settings }: OpenRequest): Promise<OpenChannel> {
  const images = inlineImages(brand)
  const attach = typeof settings['attach'] === 'string' ? settings['attach'] : undefined
  const camera = openCamera(process.env)
  const { subject, html, text } = texts
  const names = namesHeld(brand)
  const finish = openFinishing(brand)
  const opened: Opened = {
    brand,
    images,
    names,
    finish,
    pieces: new Pieces(),
    leaving: openLeaving(texts['unsubscribe'], brand),
    links: hostsAllowed(settings),
    derived: text?.file === html?.file,
    own: ownHosts(subject?.text, bareText(html?.text ?? ''), text?.text, brand.wording, brand.company, brand.partials),
    ...(attach === undefined ? {} : { attach }),
  }
  // Of a mail that can be sent, remarks are asked for next, by the same request.
  let last: { readonly request: object; readonly drafted: Result<Draft> } | undefined
  const draftOnce = (request: ForeseeRequest): Result<Draft> => {
    if (last?.request !== request) last = { request, drafted: draft(request, opened, { isWritten: false }) }
    return last.drafted
  }
  return {
    render: async request => render(request, opened),
    refuses: request => {
      const drafted = draftOnce(request)
      return drafted.ok ? [] : drafted.faults
    },
    remarks: request => {
      const drafted = draftOnce(request)
      if (!drafted.ok) return []
      const ending = remarkOnEnding(request.communication.recipient.email ?? '')
      const ofLength = lengthRemarks(drafted.value, brand, subject?.file ?? page)
      return ending === undefined ? ofLength : [ending, ...ofLength]
    },
    addressOf: ({ recipient }) => address(recipient.email ?? '')?.toLowerCase(),
    leaveOf: ({ texts: merged }) => (opened.leaving.alone ? merged['unsubscribe']?.trim() : undefined),
    read: async bytes => read(bytes),
    pictures: bytes => camera.take(bytes),
    readApart: async bytes => readApart(bytes),
    close: () => camera.close(),
  }
}

interface Opened {
  readonly brand: Brand
  /** Names of the brand that no line breaks. */
  readonly names: RegExp | undefined
  readonly images: ReadonlyMap<string, InlineImage>
  /** What partials leave to be done to merged HTML. */
  readonly finish: (html: string) => string
  /** Cuts merged HTML. */
  readonly pieces: Pieces
  readonly leaving: Leaving
  /** Hosts that data may name. */
  readonly links: ReadonlySet<string>
  /** Whether the plain part is made of the HTML. */
  readonly derived: boolean
  /** Hosts that template and brand say themselves. */
  readonly own: ReadonlySet<string>
  readonly attach?: string
}

/** A message but for what is enclosed. */
interface Draft {
  readonly to: string
  readonly subject: string
  readonly html: string
  /** The HTML as it is made up. */
  readonly pieces: readonly HtmlPiece[]
  /** The plain part, to be set. */
  readonly cells: string
  readonly unsubscribe?: string
}

function draft(
  { communication, texts, retell, foreseen = false }: Omit<RenderRequest, 'enclosed'>,
  { images, names, finish, pieces: cut, leaving, links, own, derived }: Opened,
  { isWritten }: { readonly isWritten: boolean },
): Result<Draft> {
  const faults: Fault[] = []
  const { email: found } = communication.recipient
  const to = found === undefined ? undefined : address(found)
  if (to === undefined) faults.push(noRecipient(found))
  const subject = oneLine(texts['subject'] ?? '')
  if (subject === '')
    faults.push({ code: 'email.subject', message: 'the subject is empty', hint: 'see mj-title in email.mjml.hbs' })
  const filled = texts['html'] ?? ''
  const merged = areVisible(cut.of(filled)) ? filled : visible(filled)
  const loose = cut.of(finish(inlineSources(merged, images)))
  // Without being written, it is held together only where that makes a difference: in its size, or in how a fault says what it found.
  const isSafe = foreseen || areSafe(loose)
  const holds = isWritten || !isSafe || mayBeLarge(longestHeld(loose))
  const pieces = holds ? holdTogether(loose, { locale: communication.locale, names }) : loose
  const html = wholeOf(pieces)
  if (!foreseen) {
    if (!isSafe) faults.push(...checkLinks(html, communication.data))
    const tooLarge = sizeFaults(html)
    // What is too large is not set, nor looked through for links.
    if (tooLarge.length > 0) return failed(...faults, ...tooLarge)
  }
  const cells = plainOf(texts, communication)
  if (!foreseen) {
    const shown = { derived, subject, html: merged, cells }
    const brought = linkBrought(communication, shown, {
      links,
      own,
      retell: values => {
        const other = { ...communication, ...values }
        const told = retell?.(other)
        return told === undefined ? undefined : shownOf(told, other, derived)
      },
    })
    if (brought !== undefined) faults.push(brought)
  }
  const leave = texts['unsubscribe'] === undefined ? undefined : leaving.read(texts['unsubscribe'])
  if (leave?.ok === false) faults.push(...leave.faults)
  if (faults.length > 0 || to === undefined) return failed(...faults)
  return done({ to, subject, html, pieces, cells, ...(leave?.ok === true ? { unsubscribe: leave.value } : {}) })
}

/** The texts as they are read. */
function shownOf(texts: RenderRequest['texts'], communication: Communication, derived: boolean): Shown {
  return {
    derived,
    subject: oneLine(texts['subject'] ?? ''),
    html: visible(texts['html'] ?? ''),
    cells: plainOf(texts, communication),
  }
}

/** The plain part, to be set. In the HTML line ends of values are blanks, too. */
function plainOf(texts: RenderRequest['texts'], { data, recipient }: Communication): string {
  return plainCells(inOneLine(texts['text'] ?? '', [data, recipient.name], insideLine))
}

function render(request: RenderRequest, opened: Opened): Result<Piece> {
  const { brand, images, attach } = opened
  const { communication, enclosed, date } = request
  const sender = brand.senders.email
  if (sender === undefined) throw new Error('render was called for a brand without a sender')
  const enclosure = attach === undefined ? undefined : enclosed[attach]
  if (attach !== undefined && enclosure === undefined)
    throw new Error(`render was called without the piece of ${attach}`)
  const drafted = draft(request, opened, { isWritten: true })
  if (!drafted.ok) return drafted
  const { to, subject, html, pieces, cells, unsubscribe } = drafted.value
  const { name } = communication.recipient
  const bytes = writeMessage({
    from: sender,
    to: { address: to, ...(name === undefined ? {} : { name }) },
    subject,
    date,
    timezone: brand.timezone,
    id: communication.id,
    ...(unsubscribe === undefined ? {} : { unsubscribe }),
    text: setLines(cells),
    html,
    pieces,
    images: shownIn(pieces, images.values()),
    attachments: enclosure === undefined ? [] : [attached(enclosure)],
  })
  return done({ bytes, mediaType: 'message/rfc822', measures: {} })
}

function attached({ piece: { bytes, mediaType }, fileName, sha256 }: Enclosure): Attachment {
  return { fileName, mediaType, bytes, sha256 }
}

function noRecipient(found: string | undefined): Fault {
  return {
    code: 'email.recipient',
    message:
      found === undefined ? 'the recipient has no mail address' : `the recipient's mail address ${flawOf(found)}`,
    hint: hintOf(found ?? ''),
  }
}
