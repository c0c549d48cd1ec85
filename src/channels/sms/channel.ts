/** The SMS channel: a text of `sms.hbs` becomes one line of messages.jsonl, its parts counted exactly. */
import {
  type Brand,
  type Channel,
  type Communication,
  type Data,
  done,
  type Fault,
  failed,
  type OpenChannel,
  type Piece,
  quote,
  type RenderRequest,
  type Result,
} from '../../model/index.ts'
import { countryOf } from './country.ts'
import { type Parts, parts } from './parts.ts'
import { phone } from './phone.ts'
import { plain } from './plain.ts'
import { read } from './read.ts'

const file = 'sms.hbs'

/**
 * A piece's bytes are its line: `{"id","from","to","text","encoding","parts"}` in this order, `\n` behind it.
 * Its own text goes through `plain`, so `read` gives amounts back with plain blanks and hyphens.
 */
export const sms: Channel = {
  name: 'sms',
  files: [file],
  escape: 'none',
  settings: {
    type: 'object',
    additionalProperties: false,
    properties: { parts: { type: 'integer', minimum: 1, maximum: 255 } },
  },
  encloses: [],
  output: { folder: 'sms', lines: 'messages.jsonl' },
  address: 'phone',
  async prepare({ sources, brand }) {
    const source = sources[file]
    if (source === undefined) throw new Error(`prepare was called without ${file}`)
    const faults: Fault[] = []
    if (source.text.trim() === '') {
      faults.push({
        code: 'sms.empty',
        message: 'the template of the text message is empty',
        place: { file: source.file, line: 1, column: 1 },
        hint: 'write the text, or take sms out of the channels of the job',
      })
    }
    if (brand.senders.sms === undefined) {
      faults.push({
        code: 'sms.sender',
        message: 'the brand has no sender of text messages',
        place: { file: source.file },
        hint: 'add senders.sms to brand.yaml: at most 11 Latin letters or digits',
      })
    }
    return faults.length > 0 ? failed(...faults) : done({ texts: { text: { ...source, escape: 'none' } } })
  },
  async open(_prepared, { brand, settings }): Promise<OpenChannel> {
    const budget = partsBudget(settings)
    return {
      render: async request => render(request, brand, budget),
      refuses: request => {
        const rendered = render(request, brand, budget)
        return rendered.ok ? [] : rendered.faults
      },
      read: async bytes => read(bytes),
      close: async () => {},
    }
  },
}

/** Without a budget of its own a template may use ten parts: more is a mistake in the data, and paid for by the part. */
function partsBudget(settings: Data): number {
  const own = settings['parts']
  return typeof own === 'number' ? own : 10
}

function render(
  { communication, texts }: Omit<RenderRequest, 'enclosed'>,
  brand: Brand,
  budget: number,
): Result<Piece> {
  const to = recipientNumber(communication)
  if (!to.ok) return to
  const text = plain(texts['text'] ?? '')
  const counted = parts(text)
  if (text === '') return failed(noText)
  if (counted.parts > budget) return failed(overBudget(counted, budget))
  const line = {
    id: communication.id,
    from: brand.senders.sms ?? '',
    to: to.value,
    text,
    encoding: counted.encoding,
    parts: counted.parts,
  }
  const country = countryOf(to.value)
  return done({
    bytes: new TextEncoder().encode(`${JSON.stringify(line)}\n`),
    mediaType: 'application/json',
    measures: { parts: counted.parts, encoding: counted.encoding, ...(country === undefined ? {} : { country }) },
  })
}

const noText: Fault = {
  code: 'sms.empty',
  message: 'the text message is empty',
  hint: 'see sms.hbs, and which data makes it say nothing',
}

function recipientNumber({ recipient }: Communication): Result<string> {
  const to = recipient.phone === undefined ? undefined : phone(recipient.phone)
  if (to !== undefined) return done(to)
  return failed({
    code: 'sms.recipient',
    message:
      recipient.phone === undefined
        ? 'the recipient has no phone number'
        : 'the recipient has a phone number that is none',
    hint: 'write it like +380441234567, with 7 to 15 digits',
  })
}

function overBudget({ encoding, parts: count, units, unlike }: Parts, budget: number): Fault {
  const because = unlike === undefined ? '' : ` because of ${quote(unlike)} (${codePoint(unlike)})`
  return {
    code: 'sms.parts',
    message: `the text message takes ${count} parts, ${count - budget} more than the budget (${units} units of ${encoding}${because})`,
    hint:
      unlike === undefined
        ? `shorten the text, or raise parts (now ${budget}) in the template or job`
        : `replace ${codePoint(unlike)}, which GSM-7 lacks, shorten the text, or raise parts (now ${budget}) in the template or job`,
  }
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
