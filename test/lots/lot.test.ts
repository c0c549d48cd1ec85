import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  adopt,
  type Filed,
  type Finished,
  Lot,
  privateModes,
  readManifest,
  safeName,
  sweep,
} from '../../src/lots/index.ts'
import type { Receipt } from '../../src/model/index.ts'

let run = ''
beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), 'lot-'))
})
afterEach(() => rmSync(run, { recursive: true, force: true }))

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')
const pdf = (id: string, text = `pdf of ${id}`): Finished => ({
  folder: 'pdf',
  name: `${safeName(id)}.pdf`,
  shared: false,
  bytes: Buffer.from(text),
})
const sms = (id: string): Finished => ({
  folder: 'sms',
  name: 'messages.jsonl',
  shared: true,
  bytes: Buffer.from(`${JSON.stringify({ id, text: 'hello' })}\n`),
})
const receipt = (
  seq: number,
  id: string,
  channel: string,
  filed: Filed,
  outcome: Receipt['outcome'] = 'rendered',
): Receipt => ({
  seq,
  id,
  channel,
  outcome,
  ...filed,
  measures: channel === 'pdf' ? { pages: 2 } : { parts: 1, encoding: 'gsm-7' },
  facts: { total: { value: '12.50', shown: '£12.50' } },
})

/** Two communications on two channels; with `held`, the second is held on both. */
async function publish(number: number, { held = false, crashBefore = false } = {}): Promise<readonly Receipt[]> {
  const lot = new Lot(run, number, privateModes)
  const ids = ['A/1', 'A/2']
  const receipts = ids.flatMap((id, at) => {
    const stays = held && at === 1
    return [pdf(id), sms(id)].map(piece =>
      receipt(at + 1, id, piece.folder, lot.put(piece, { held: stays }), stays ? 'held' : 'rendered'),
    )
  })
  if (!crashBefore) await lot.publish(receipts)
  return receipts
}
const planned = (receipts: readonly Receipt[]) => receipts.map(({ seq, id, channel }) => ({ seq, id, channel }))
const tree = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => statSync(join(folder, path)).isFile())
    .sort()

describe('Lot', () => {
  it('appears whole: pieces, shared lines and manifest', async () => {
    await publish(1)
    expect(tree(run)).toEqual([
      'lot-0001/manifest.jsonl',
      'lot-0001/pdf/A%2F1.pdf',
      'lot-0001/pdf/A%2F2.pdf',
      'lot-0001/sms/messages.jsonl',
    ])
    expect(readFileSync(join(run, 'lot-0001/pdf/A%2F1.pdf'), 'utf8')).toBe('pdf of A/1')
    expect(readFileSync(join(run, 'lot-0001/sms/messages.jsonl'), 'utf8')).toBe(
      '{"id":"A/1","text":"hello"}\n{"id":"A/2","text":"hello"}\n',
    )
  })

  it('is absent until it is published, and gone when discarded', async () => {
    await publish(1, { crashBefore: true })
    expect(readdirSync(run)).toEqual(['lot-0001.partial'])
    const lot = new Lot(run, 2, privateModes)
    lot.put(pdf('x'))
    await lot.discard()
    expect(readdirSync(run)).toEqual(['lot-0001.partial'])
  })

  it('tells of each piece where it is, its digest and its size', async () => {
    const lot = new Lot(run, 1, privateModes)
    expect(lot.put(pdf('417', 'bytes'))).toEqual({ file: 'pdf/417.pdf', sha256: sha256('bytes'), byteLength: 5 })
    const line = sms('417')
    expect(lot.put(line)).toEqual({
      file: 'sms/messages.jsonl',
      sha256: sha256(line.bytes),
      byteLength: line.bytes.byteLength,
    })
    expect(lot.put(pdf('418'), { held: true })).toMatchObject({ file: 'held/lot-0001/pdf/418.pdf' })
    await lot.discard()
  })

  it('has the digest that it is handed, and takes no piece whose memory was given back', async () => {
    const lot = new Lot(run, 1, privateModes)
    const bytes = Uint8Array.from(Buffer.from('one'))
    expect(lot.put({ ...pdf('1'), bytes, sha256: sha256('one') })).toMatchObject({ sha256: sha256('one') })
    bytes.buffer.transfer(0)
    expect(() => lot.put({ ...pdf('2'), bytes })).toThrow('the memory of a piece of pdf was given back')
    expect(readdirSync(join(run, 'lot-0001.partial/pdf'))).toEqual(['1.pdf'])
    await lot.discard()
  })

  it('keeps held pieces apart: never in the lot, never in its manifest', async () => {
    await publish(3, { held: true })
    expect(tree(run)).toEqual([
      'held/lot-0003/pdf/A%2F2.pdf',
      'held/lot-0003/sms/messages.jsonl',
      'lot-0003/manifest.jsonl',
      'lot-0003/pdf/A%2F1.pdf',
      'lot-0003/sms/messages.jsonl',
    ])
    expect(readFileSync(join(run, 'lot-0003/sms/messages.jsonl'), 'utf8')).toBe('{"id":"A/1","text":"hello"}\n')
    expect(readManifest(readFileSync(join(run, 'lot-0003/manifest.jsonl'), 'utf8')).map(({ id }) => id)).toEqual([
      'A/1',
      'A/1',
    ])
  })

  it('made again, replaces what an earlier attempt left: aside, held and published', async () => {
    await publish(1, { held: true })
    await publish(1, { crashBefore: true })
    await publish(1)
    expect(existsSync(join(run, 'held/lot-0001'))).toBe(false)
    expect(readdirSync(run).sort()).toEqual(['held', 'lot-0001'])
    const before = tree(run)
    await publish(1)
    expect(tree(run)).toEqual(before)
  })

  it('refuses two pieces of one name: that is a bug of ours', async () => {
    const lot = new Lot(run, 1, privateModes)
    lot.put(pdf('417'))
    expect(() => lot.put(pdf('417'))).toThrow(/EEXIST/)
    await lot.discard()
  })

  it('writes a manifest line for each piece', async () => {
    await publish(1)
    const [first, second] = readManifest(readFileSync(join(run, 'lot-0001/manifest.jsonl'), 'utf8'))
    expect(first).toEqual({
      id: 'A/1',
      channel: 'pdf',
      file: 'pdf/A%2F1.pdf',
      sha256: sha256('pdf of A/1'),
      bytes: 10,
      pages: 2,
      facts: { total: { value: '12.50', shown: '£12.50' } },
    })
    expect(second).toMatchObject({ channel: 'sms', file: 'sms/messages.jsonl', parts: 1, encoding: 'gsm-7' })
  })

  it('is readable by its owner only', async () => {
    await publish(1, { held: true })
    for (const path of readdirSync(run, { recursive: true, encoding: 'utf8' })) {
      expect((statSync(join(run, path)).mode & 0o077).toString(8)).toBe('0')
    }
  })
})

describe('adopt', () => {
  it('gives the receipts of a whole lot, as they were', async () => {
    const receipts = await publish(1)
    expect(adopt(run, 1, planned(receipts))).toEqual(receipts)
  })

  it.each<[string, (lot: string) => void]>([
    ['no lot', lot => rmSync(lot, { recursive: true })],
    ['no manifest', lot => rmSync(join(lot, 'manifest.jsonl'))],
    [
      'a cut manifest',
      lot => writeFileSync(join(lot, 'manifest.jsonl'), readFileSync(join(lot, 'manifest.jsonl')).subarray(0, -9)),
    ],
    ['an empty manifest', lot => writeFileSync(join(lot, 'manifest.jsonl'), '')],
    ['a manifest of something else', lot => writeFileSync(join(lot, 'manifest.jsonl'), 'null\nnull\nnull\nnull\n')],
    ['a missing file', lot => rmSync(join(lot, 'pdf/A%2F1.pdf'))],
    ['a changed file', lot => appendFileSync(join(lot, 'pdf/A%2F1.pdf'), ' ')],
    ['an empty file', lot => writeFileSync(join(lot, 'pdf/A%2F2.pdf'), '')],
    [
      'a changed line',
      lot =>
        writeFileSync(
          join(lot, 'sms/messages.jsonl'),
          readFileSync(join(lot, 'sms/messages.jsonl'), 'utf8').replace('hello', 'hallo'),
        ),
    ],
    ['a line too many', lot => appendFileSync(join(lot, 'sms/messages.jsonl'), '{"id":"A/3"}\n')],
    [
      'a line cut off',
      lot =>
        writeFileSync(join(lot, 'sms/messages.jsonl'), readFileSync(join(lot, 'sms/messages.jsonl')).subarray(0, -1)),
    ],
  ])('makes a lot again that has %s', async (_, damage) => {
    const receipts = await publish(1)
    damage(join(run, 'lot-0001'))
    expect(adopt(run, 1, planned(receipts))).toBeUndefined()
  })

  it('makes a lot again whose plan is another', async () => {
    const plan = planned(await publish(1))
    expect(adopt(run, 1, plan.slice(1))).toBeUndefined()
    expect(adopt(run, 1, [...plan, { seq: 3, id: 'A/3', channel: 'pdf' }])).toBeUndefined()
    expect(adopt(run, 1, [...plan.slice(1), { seq: 1, id: 'A/1', channel: 'email' }])).toBeUndefined()
    expect(
      adopt(
        run,
        1,
        plan.map(piece => ({ ...piece, id: 'A/1' })),
      ),
    ).toBeUndefined()
  })

  it('makes a lot again that has held pieces: its manifest does not account for them', async () => {
    expect(adopt(run, 1, planned(await publish(1, { held: true })))).toBeUndefined()
  })

  it('notices any one byte that changes', async () => {
    const receipts = await publish(1)
    const lot = join(run, 'lot-0001')
    const files = [...new Set(receipts.map(({ file }) => file ?? ''))]
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.nat(), fc.integer({ min: 1, max: 255 }), (file, at, change) => {
        const whole = readFileSync(join(lot, file))
        const changed = Buffer.from(whole)
        const position = at % whole.length
        changed[position] = (whole[position] ?? 0) ^ change
        writeFileSync(join(lot, file), changed)
        expect(adopt(run, 1, receipts)).toBeUndefined()
        writeFileSync(join(lot, file), whole)
        expect(adopt(run, 1, receipts)).toBeDefined()
      }),
      { numRuns: 50 },
    )
  })
})

describe('sweep', () => {
  it('removes what was never published, and nothing else', async () => {
    await publish(1)
    await publish(2, { crashBefore: true })
    writeFileSync(join(run, 'report.json.partial'), 'half')
    mkdirSync(join(run, 'kit'))
    sweep(run)
    expect(readdirSync(run).sort()).toEqual(['kit', 'lot-0001'])
  })
})
