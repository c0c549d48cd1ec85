import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pdf } from '../../../src/channels/pdf/index.ts'
import type { Data } from '../../../src/model/index.ts'
import { FaultError } from '../../../src/model/index.ts'
import { brand, fonts } from './brand.ts'
import { faults, page, readText, renderPdf, value } from './render.ts'

const source = { file: 'templates/a/pdf.hbs', text: page('<p>{{name}}</p>') }
const prepare = (settings: Data, over = brand) => pdf.prepare({ sources: { 'pdf.hbs': source }, settings, brand: over })

describe('the PDF channel', () => {
  it('hands its template to be merged, and nothing that workers cannot be sent', async () => {
    const prepared = value(await prepare({}))
    expect(prepared.texts['pdf.hbs']).toEqual({ ...source, escape: 'markup' })
    expect(structuredClone(prepared)).toEqual(prepared)
  })

  it('promises no standard that it does not meet, and none that settings rule out', async () => {
    const place = { file: 'templates/a/pdf.hbs', path: 'channels.pdf.conformance' }
    const said = async (settings: Data) => faults(await prepare(settings)).map(({ message, hint }) => [message, hint])
    expect((await prepare({ conformance: ['pdf/a-3a', 'pdf/ua-1'] })).ok).toBe(true)
    expect(faults(await prepare({ conformance: ['pdf/x-4'] }))).toEqual([
      {
        code: 'pdf.conformance',
        message: 'the standard "pdf/x-4" is not supported',
        place,
        hint: 'supported: pdf/a-3a, pdf/a-3u, pdf/a-3b, pdf/ua-1',
      },
    ])
    expect(await said({ conformance: ['pdf/ua-1'], tagged: false })).toEqual([
      ['what keeps a standard has to be tagged', 'take tagged: false out of channels.pdf'],
    ])
    expect(await said({ conformance: ['pdf/a-3b'], password: 'pin' })).toEqual([
      ['an archive cannot keep what is encrypted', 'take conformance or password out of channels.pdf'],
    ])
  })

  it('says before the first row that a font may not stand in an archive', async () => {
    const bytes = Buffer.from(fonts.regular.bytes)
    const table = bytes.subarray(0, 1000).indexOf('OS/2')
    // fsType: restricted licence.
    bytes.writeUInt16BE(2, bytes.readUInt32BE(table + 8) + 8)
    const over = { ...brand, fonts: { text: { regular: { file: 'assets/fonts/mine.ttf', bytes }, fallback: [] } } }
    expect(faults(await prepare({ conformance: ['pdf/a-3b'] }, over)).map(({ message }) => message)).toEqual([
      'an archive embeds its fonts, which assets/fonts/mine.ttf says its maker does not allow',
    ])
    expect(faults(await prepare({ conformance: ['pdf/ua-1'] }, over))).toEqual([])
  })

  it('says before the first row that a font cannot be opened', async () => {
    const broken = { file: 'assets/fonts/broken.ttf', bytes: new Uint8Array([1, 2, 3]) }
    const over = { ...brand, fonts: { text: { regular: fonts.regular, fallback: [broken] } } }
    expect(faults(await prepare({}, over)).map(fault => fault.code)).toEqual(['pdf.font'])
  })

  it('warns of letters whose window has no address, where the template says where addresses are', async () => {
    const recipient = { address: 'customer.address' }
    const remarksOf = async (
      markup: string,
      { address, paths = recipient, name = 'Kim' }: { address?: readonly string[]; paths?: object; name?: string } = {},
    ) => {
      const channel = await pdf.open(value(await prepare({})), { brand, settings: {}, recipient: paths })
      const to = { ...(name === '' ? {} : { name }), ...(address === undefined ? {} : { address }) }
      const communication = { id: '1', locale: 'en-GB', recipient: to, data: {} }
      return channel.remarks?.({ communication, date: '2026-03-09', texts: { 'pdf.hbs': markup } }) ?? []
    }
    const letter = page('<address-window preset="din-5008-b"></address-window>')
    expect(await remarksOf(letter)).toEqual([
      {
        code: 'pdf.address',
        what: '{pieces} with a name in the address window and nothing at customer.address',
        hint: 'mend the data, or send paper to nobody without an address by a rule of the job: { when: has(recipient.address), to: [pdf] }',
        inRows: true,
      },
    ])
    expect(await remarksOf(letter, { address: ['Main Street 1'] })).toEqual([])
    expect(await remarksOf(page('<p>for the archive</p>'))).toEqual([])
    expect(await remarksOf(letter, { name: '' })).toEqual([])
    expect(await remarksOf(letter, { paths: {} })).toEqual([])
  })

  it('renders a piece, counts its pages, and reads it', async () => {
    const piece = await renderPdf(page('<p>one</p><p break-before="page">two</p>'))
    expect(piece).toMatchObject({ mediaType: 'application/pdf', measures: { pages: 2 } })
    expect(await readText(piece.bytes)).toBe('one\ftwo')
  })

  it('returns faults for whatever data can cause', async () => {
    const error = await renderPdf(page('<p>漢</p>')).catch(thrown => thrown)
    expect(error).toBeInstanceOf(FaultError)
    expect(error.faults[0]).toMatchObject({ code: 'pdf.glyph', place: { file: 'templates/test/pdf.hbs' } })
  })

  it('says in advance which characters it cannot show', async () => {
    const channel = await pdf.open(value(await prepare({})), { brand, settings: {} })
    expect(channel.lacks?.('a漢')).toEqual(['漢'])
    await channel.close()
  })
})

/** Random documents, and the text that went into them, in order. */
const word = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.string({ unit: fc.constantFrom(...'abcXYZйїґ019.,-–№₴€()'), minLength: 1, maxLength: 12 }),
  },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'aщ1'), minLength: 60, maxLength: 300 }) },
)
const prose = fc.array(word, { minLength: 1, maxLength: 60 }).map(words => words.join(' '))
const block = fc.letrec<{ block: { markup: string; texts: string[] } }>(tie => {
  const group = (most: number) => fc.array(tie('block'), { minLength: 1, maxLength: most })
  const wrap = (name: string, attributes: string) => (inner: { markup: string; texts: string[] }[]) => ({
    markup: `<${name} ${attributes}>${inner.map(one => one.markup).join('')}</${name}>`,
    texts: inner.flatMap(one => one.texts),
  })
  return {
    block: fc.oneof(
      { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
      prose.map(text => ({ markup: `<p>${text}</p>`, texts: [text] })),
      prose.map(text => ({ markup: `<h2>${text}</h2>`, texts: [text] })),
      fc
        .array(prose, { minLength: 1, maxLength: 5 })
        .map(items => ({ markup: `<ul>${items.map(item => `<li>${item}</li>`).join('')}</ul>`, texts: items })),
      group(3).map(wrap('box', 'padding="2mm" border="1pt ink" break-inside="avoid"')),
      fc.array(group(3), { minLength: 1, maxLength: 3 }).map(columns => ({
        markup: `<columns column-gap="2mm">${columns.map(inner => wrap('column', '')(inner).markup).join('')}</columns>`,
        texts: columns.flatMap(inner => inner.flatMap(one => one.texts)),
      })),
      fc.array(fc.array(prose, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 12 }).map(rows => ({
        markup: `<table columns="* 2*"><thead><tr><th/></tr></thead>${rows.map(cells => `<tr>${cells.map(cell => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`,
        texts: rows.flat(),
      })),
    ),
  }
}).block

describe('nothing is dropped', () => {
  it('all text that goes into a document comes out of its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 5 }), async blocks => {
        const markup = page(blocks.map(one => one.markup).join(''), 'size="100mm 80mm" margin="8mm"')
        const piece = await renderPdf(markup).catch((error: FaultError) => error)
        // Columns in columns in columns may leave no room for a letter, which is a fault and not a loss.
        if (piece instanceof FaultError) {
          expect(piece.faults.map(fault => fault.code)).toContain('pdf.fit')
          return
        }
        const letters = (text: string) => [...text.replace(/[\s•]/g, '')].sort().join('')
        expect(letters(await readText(piece.bytes))).toBe(letters(blocks.flatMap(one => one.texts).join('')))
      }),
      { numRuns: 40 },
    )
  })
})
