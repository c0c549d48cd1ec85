/** The line: a tray goes station by station, and what becomes of one on it is no other's. */
import { createHash } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { channels } from '../../src/channels/index.ts'
import {
  type Communication,
  done,
  type Enclosure,
  failed,
  type OpenChannel,
  type Template,
} from '../../src/model/index.ts'
import { type Order, runLine, type Station, type Workshop } from '../../src/run/press/line.ts'

/** What was done, in its order: step, station, communication. */
let steps: string[] = []
beforeEach(() => {
  steps = []
})

/** A station whose pieces say its name, whose communication it is, and what is enclosed. */
function station(name: string, encloses: readonly string[] = []): Station {
  const open: OpenChannel = {
    render: async ({ communication: { id }, enclosed }) => {
      steps.push(`render ${name} ${id}`)
      if (id === 'bug') throw new TypeError('no such thing')
      if (id === `${name} fails`) return failed({ code: 'pdf.fit', message: 'does not fit' })
      const inside = Object.values(enclosed as Record<string, Enclosure>).map(({ piece }) =>
        new TextDecoder().decode(piece.bytes),
      )
      const bytes = new TextEncoder().encode([name, id, ...inside].join(' '))
      return done({ bytes, mediaType: 'text/plain', measures: {} })
    },
    read: async bytes => {
      steps.push(`read ${new TextDecoder().decode(bytes)}`)
      return ''
    },
    close: async () => {},
  }
  const texts = done({})
  return {
    name,
    open,
    encloses,
    merge: { plain: true, merge: () => texts, facts: () => done({}), fill: () => done({ texts: {}, facts: {} }) },
  }
}

const workshop = (...stations: readonly Station[]): Workshop => ({
  stations,
  table: { channels, modules: [] },
  template: { name: 'bill', file: 'template.yaml', facts: [] as Template['facts'] } as Template,
  brand: {} as Workshop['brand'],
  run: { date: '2026-03-31' } as Workshop['run'],
  watch: undefined,
  files: {},
  foreseen: false,
})

const order = (id: string, ...to: readonly string[]): Order => ({
  communication: { id, data: {}, recipient: {}, locale: 'en' } as unknown as Communication,
  to,
  released: new Map(),
})

/** The pieces, or why there is none. */
async function made(at: Workshop, ...orders: readonly Order[]): Promise<readonly string[]> {
  const outcomes = await runLine(at, orders)
  return outcomes.flatMap(outcome =>
    'thrown' in outcome
      ? [String(outcome.thrown)]
      : outcome.made.map(one =>
          one.outcome === 'failed' ? `${one.channel}: ${one.reason}` : new TextDecoder().decode(one.piece.bytes),
        ),
  )
}

test('each station has all of a tray before the next has one', async () => {
  const at = workshop(station('pdf'), station('email', ['pdf']))
  expect(await made(at, order('A', 'pdf', 'email'), order('B', 'email'), order('C', 'pdf'))).toEqual([
    'pdf A',
    'email A pdf A',
    'email B pdf B',
    'pdf C',
  ])
  expect(steps).toEqual([
    ...['render pdf A', 'render pdf B', 'render pdf C', 'read pdf A', 'read pdf B', 'read pdf C'],
    ...['render email A', 'render email B', 'read email A pdf A', 'read email B pdf B'],
  ])
})

test('what is enclosed comes with the digest of its bytes', async () => {
  const seen: (readonly [string, string | undefined])[] = []
  const email = station('email', ['pdf'])
  const render: OpenChannel['render'] = request => {
    for (const { piece, sha256 } of Object.values(request.enclosed))
      seen.push([new TextDecoder().decode(piece.bytes), sha256])
    return email.open.render(request)
  }
  const at = workshop(station('pdf'), { ...email, open: { ...email.open, render } })
  await made(at, order('A', 'pdf', 'email'), order('B', 'email'))
  expect(seen).toEqual(['pdf A', 'pdf B'].map(text => [text, createHash('sha256').update(text).digest('hex')]))
})

test('a bug or a fault of one takes nothing from the others, and goes no further itself', async () => {
  const at = workshop(station('pdf'), station('email', ['pdf']), station('sms'))
  const to = ['pdf', 'email', 'sms']
  expect(await made(at, order('bug', ...to), order('pdf fails', ...to), order('A', ...to))).toEqual([
    'TypeError: no such thing',
    'pdf: pdf.fit',
    'email: pdf.fit',
    'sms pdf fails',
    'pdf A',
    'email A pdf A',
    'sms A',
  ])
  expect(steps.filter(step => step.includes('bug'))).toEqual(['render pdf bug'])
  expect(steps).not.toContain('render email pdf fails')
})

test('the digest of what is enclosed stays with its piece, for whoever files it', async () => {
  const at = workshop(station('pdf'), station('email', ['pdf']))
  const [outcome] = await runLine(at, [order('A', 'pdf', 'email')])
  const digests =
    outcome !== undefined && 'made' in outcome ? outcome.made.map(one => 'piece' in one && one.sha256) : []
  expect(digests).toEqual([createHash('sha256').update('pdf A').digest('hex'), undefined])
})

test('a piece whose memory was given back is no piece, of whatever channel', async () => {
  const fax = station('fax')
  const gone = new Uint8Array(9)
  gone.buffer.transfer(0)
  const render: OpenChannel['render'] = async request =>
    request.communication.id === 'A'
      ? done({ bytes: gone, mediaType: 'text/plain', measures: {} })
      : fax.open.render(request)
  const at = workshop({ ...fax, open: { ...fax.open, render } })
  expect(await made(at, order('A', 'fax'), order('B', 'fax'))).toEqual([
    'Error: fax gave a piece whose memory was given back before',
    'fax B',
  ])
})

test('says before each step which is at hand', async () => {
  const begun: number[] = []
  await runLine(
    workshop(station('pdf'), station('sms')),
    [order('A', 'pdf'), order('B', 'sms'), order('C', 'pdf')],
    at => begun.push(at),
  )
  // Rendered, and proved.
  expect(begun).toEqual([0, 2, 0, 2, 1, 1])
})

test('a tray is as its communications by themselves', async () => {
  const at = workshop(station('pdf'), station('email', ['pdf']), station('sms'))
  const orders = ['A', 'sms fails', 'bug', 'B', 'email fails'].map(id => order(id, 'email', 'sms'))
  const alone = []
  for (const one of orders) alone.push(...(await made(at, one)))
  expect(await made(at, ...orders)).toEqual(alone)
})

test('a channel that the plan has not is the bug of the order that asks for it alone', async () => {
  expect(await made(workshop(station('pdf')), order('A', 'fax'), order('B', 'pdf'))).toEqual([
    'Error: the plan has no channel fax',
    'pdf B',
  ])
})
