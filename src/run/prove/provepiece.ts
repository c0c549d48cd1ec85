/** The proof of one piece: reads its finished bytes, and says what they do not show, or show of somebody else. */
import type { Brand, Communication, Fault, OpenChannel, ReadApart, Template } from '../../model/index.ts'
import type { Foreign, Watch } from './identity.ts'
import { insteadOf } from './instead.ts'
import { demandsOf, factsOn, type Proof, prove } from './prove.ts'
import { fold } from './tokens.ts'

export interface PieceProof {
  /** The channel. */
  readonly name: string
  readonly open: Pick<OpenChannel, 'read' | 'readApart' | 'respell' | 'addressOf'>
  /** Whether the channel is bare text. */
  readonly merge: { readonly plain: boolean }
  readonly template: Template
  readonly brand: Brand
  readonly communication: Communication
  /** Facts that each merged text asked for, by its name: what a text that does not say all has to show, and zeros as figures. */
  readonly asked?: Readonly<Record<string, readonly string[]>>
  /** Bytes that the piece has to enclose, in order. */
  readonly enclosed?: readonly Uint8Array[]
  readonly watch?: Watch | undefined
}

/** Never throws for what bytes hold. Messages of flaws quote nothing of the data (`run.unread`, `run.fact`, `run.identity`); the hint of a fact says what was looked for. */
export async function provePiece(
  bytes: Uint8Array,
  { name: channel, open, merge, template, brand, communication, asked = {}, enclosed, watch }: PieceProof,
): Promise<{ readonly read: Proof['read']; readonly flaws: readonly Fault[] }> {
  const apart = await readApart(open, bytes, communication)
  if (apart === undefined) return { read: {}, flaws: [unread(channel, template)] }
  const all = factsOn(template, channel)
  // A channel that vouches for no text as a whole would be asked for nothing.
  if (all.length > 0 && !apart.texts.some(({ whole }) => whole)) return { read: {}, flaws: [unread(channel, template)] }
  const demands = demandsOf({ template, brand }, communication, {
    ...merge,
    ...(open.respell && { respell: open.respell }),
  })
  if (!demands.ok) return { read: {}, flaws: demands.faults }
  const texts = apart.texts.map(({ name, text, whole }) => ({
    name,
    text,
    folded: fold(text),
    facts: whole ? all : (asked[name] ?? []),
    asked: askedOf(name, asked, apart.texts),
  }))
  const { read, missing } = prove(texts, demands.value, communication.locale)
  const shown = [...texts.map(({ folded }) => folded), ...(apart.links ?? []).map(link => fold(written(link)))]
  const foreign = watch?.foreign(shown, communication, open.respell)
  return {
    read,
    flaws: [
      ...missing.map(({ fact, text, sighted }) => {
        const path = template.facts.find(({ name }) => name === fact)?.value ?? ''
        const demand = demands.value[fact]
        const instead = demand === undefined ? '' : insteadOf({ demand, path, sighted }, communication, template)
        return unshown(fact, { channel, text, template, instead })
      }),
      ...(enclosed === undefined || open.readApart === undefined || same(apart.enclosed, enclosed)
        ? []
        : [notEnclosed(channel, template)]),
      ...(apart.to === undefined || open.addressOf === undefined || apart.to === open.addressOf(communication)
        ? []
        : [notTheirs(channel, wrongAddress, template)]),
      ...(foreign === undefined ? [] : foreign.slice(0, 1).map(one => notTheirs(channel, foreignWords(one), template))),
    ],
  }
}

/** What was asked for in a text; one that no template of its own was merged for (a PDF, a plain part taken from the HTML) says what the whole ones do. */
function askedOf(
  name: string,
  asked: Readonly<Record<string, readonly string[]>>,
  texts: ReadApart['texts'],
): readonly string[] {
  if (Object.hasOwn(asked, name)) return asked[name] ?? []
  const wholes = texts.flatMap(({ name: other, whole }) => (whole ? (asked[other] ?? []) : []))
  return wholes.length > 0 ? wholes : Object.values(asked).flat()
}

async function readApart(
  open: PieceProof['open'],
  bytes: Uint8Array,
  communication: Communication,
): Promise<ReadApart | undefined> {
  try {
    if (open.readApart !== undefined) return await open.readApart(bytes, { communication })
    return { texts: [{ name: '', text: await open.read(bytes, { communication }), whole: true }], enclosed: [] }
  } catch {
    return undefined
  }
}

function same(found: readonly Uint8Array[], made: readonly Uint8Array[]): boolean {
  return found.length === made.length && made.every((bytes, at) => Buffer.compare(bytes, found[at] as Uint8Array) === 0)
}

/** A link without the escapes of addresses. */
function written(link: string): string {
  try {
    return decodeURIComponent(link)
  } catch {
    return link
  }
}

function unshown(
  fact: string,
  {
    channel,
    text,
    template,
    instead,
  }: { readonly channel: string; readonly text: string; readonly template: Template; readonly instead: string },
): Fault {
  const where = text === '' ? channel : `the ${text} of ${channel}`
  return {
    code: 'run.fact',
    message: `the fact ${fact} does not stand in ${where} as the data has it`,
    place: { file: template.file, path: `facts.${fact}` },
    hint: `${instead === '' ? '' : `${instead}; `}show it with {{fact '${fact}'}} wherever it has a value, or take ${channel} out of its on:`,
  }
}

function notEnclosed(channel: string, { file }: Template): Fault {
  const message = `${channel} does not enclose the piece that was made for it`
  return { code: 'run.fact', message, place: { file }, hint: 'report it, with the channel that encloses' }
}

function unread(channel: string, { file }: Template): Fault {
  const message = `the finished piece of ${channel} cannot be read back, so nothing is known of what it shows`
  return { code: 'run.unread', message, place: { file }, hint: 'look at it with platen proof, and report it' }
}

function notTheirs(channel: string, does: string, { file }: Template): Fault {
  return {
    code: 'run.identity',
    message: `${channel} ${does}`,
    place: { file },
    hint: 'look for what prepare.js, a template or a channel keeps from one communication to the next; a fact that is an ordinary word for some, such as a name, is no identity: true',
  }
}

const wrongAddress = 'goes to another address than its communication has'
/** Names the other by where it stands in the data, and quotes nothing. */
const foreignWords = ({ fact, line }: Foreign): string =>
  `shows what identifies another communication of the run${line === 0 ? '' : `: the ${fact === undefined ? 'id' : `fact ${fact}`} of line ${line} of the data`}`
