/**
 * Small objects in compressed object streams (ISO 32000-1 §7.5.7), found through a cross-reference stream (§7.5.8). pdfkit 0.20 writes
 * each object by itself and uncompressed, which makes a tagged page twice as large; what is used of it here is little documented, hence
 * the pinned version and its test.
 */
import { deflateSync } from 'node:zlib'

/** A reference of pdfkit. */
export interface Reference {
  readonly id: number
  data: Record<string, unknown>
  buffer: { readonly length: number }
  offset?: number
  write(chunk: string | Uint8Array): void
  end(chunk?: string | Uint8Array): void
  finalize(): void
}

/** What is used of pdfkit's document. */
export interface Writer {
  _offset: number
  _offsets: (number | null)[]
  _security: unknown
  _ended: boolean
  _id: Uint8Array
  readonly _root: Reference
  readonly _info: Reference
  ref(data?: Record<string, unknown>): Reference
  _write(chunk: string | Uint8Array): void
  _refEnd(reference: Reference): void
  _finalize(): void
}

/** Objects that are written as text. */
export interface Pack {
  /** A number for an object that comes later. */
  readonly reserve: () => number
  /** The object of this number, as it stands in the file between `obj` and `endobj`. */
  readonly put: (id: number, text: string) => void
}

/** More objects in one stream pack better; fewer are found faster. */
const most = 200

/** Changes how the document is written, from here on. Streams, and what they are encrypted by, stay objects of their own. */
export function packObjects(document: Writer): Pack {
  let texts: { readonly id: number; readonly text: string }[] = []
  /** By object number: its stream and its place therein, as one number, 0 for none; a tagged table has six objects a row. */
  const places: number[] = []
  const put: Pack['put'] = (id, text) => {
    texts.push({ id, text })
    if (texts.length === most) flush()
  }
  const flush = (): void => {
    const stream = plain({ Type: 'ObjStm', Filter: 'FlateDecode' })
    // An array with gaps would be kept as a dictionary.
    while (places.length < stream.id) places.push(0)
    texts.forEach(({ id }, index) => {
      places[id] = stream.id * most + index
    })
    writeGroup(stream, texts)
    texts = []
  }
  const reserve: Pack['reserve'] = () => document._offsets.push(null)

  const makeReference = document.ref.bind(document)
  const plain = (data?: Record<string, unknown>): Reference => makeReference(data)
  const keep = (reference: Reference): void => {
    const finalize = reference.finalize.bind(reference)
    reference.finalize = () => {
      if (reference.buffer.length > 0 || isSecurity(reference)) return finalize()
      put(reference.id, textOf(reference, finalize, document))
      document._refEnd(reference)
    }
  }
  document.ref = data => {
    const reference = plain(data)
    keep(reference)
    return reference
  }
  for (const reference of madeBefore(document)) keep(reference)

  document._finalize = () => {
    // Else the first group to be written would end the file once more.
    document._ended = false
    if (texts.length > 0) flush()
    writeCrossReferences(document, places)
  }
  return { reserve, put }
}

/** pdfkit makes these in its constructor. */
function madeBefore({ _root }: Writer): readonly Reference[] {
  const { Pages, Names, ViewerPreferences } = _root.data as Readonly<Record<string, Reference | undefined>>
  return [_root, Pages, Names, ViewerPreferences].filter(reference => reference !== undefined)
}

/** The dictionary that says how the rest is encrypted is read before anything can be decrypted. */
function isSecurity({ data }: Reference): boolean {
  return data !== null && typeof data === 'object' && data['Filter'] === 'Standard'
}

/** What pdfkit would write between `obj` and `endobj`; strings in a pack are not encrypted one by one (§7.5.7). */
function textOf(reference: Reference, finalize: () => void, document: Writer): string {
  const { _write: write, _refEnd: refEnd, _security: security } = document
  const chunks: string[] = []
  document._write = chunk => {
    chunks.push(String(chunk))
  }
  document._refEnd = () => {}
  document._security = null
  finalize()
  document._write = write
  document._refEnd = refEnd
  document._security = security
  reference.offset = 0
  return chunks.slice(1, -1).join('\n')
}

function writeGroup(stream: Reference, group: readonly { readonly id: number; readonly text: string }[]): void {
  let offset = 0
  let index = ''
  for (const { id, text } of group) {
    index += `${id} ${offset} `
    offset += text.length + 1
  }
  stream.data['N'] = group.length
  stream.data['First'] = index.length
  const bytes = Buffer.from(`${index}${group.map(({ text }) => text).join('\n')}\n`, 'latin1')
  stream.end(deflateSync(bytes, { level: 4, chunkSize: 4096 }))
}

/** A row for each object: 1 and its offset, or 2 with its stream and place therein. Never encrypted (§7.5.8.2). */
function writeCrossReferences(document: Writer, places: readonly number[]): void {
  const own = document._offsets.length + 1
  const size = own + 1
  const rows = Buffer.alloc(size * 7)
  const row = (id: number, kind: number, where: number, index: number): void => {
    rows[id * 7] = kind
    rows.writeUInt32BE(where, id * 7 + 1)
    rows.writeUInt16BE(index, id * 7 + 5)
  }
  row(0, 0, 0, 65535)
  document._offsets.forEach((offset, at) => {
    const place = places[at + 1] ?? 0
    if (place > 0) row(at + 1, 2, Math.floor(place / most), place % most)
    else if (offset !== null) row(at + 1, 1, offset, 0)
    else row(at + 1, 0, 0, 65535)
  })
  const at = document._offset
  row(own, 1, at, 0)
  const bytes = deflateSync(rows, { level: 9 })
  const id = Buffer.from(document._id).toString('hex')
  const { dictionary } = (document._security ?? {}) as { readonly dictionary?: Reference }
  const head = [
    `/Type /XRef /Size ${size} /W [1 4 2] /Root ${document._root.id} 0 R /Info ${document._info.id} 0 R`,
    `/ID [<${id}> <${id}>]${dictionary === undefined ? '' : ` /Encrypt ${dictionary.id} 0 R`}`,
    `/Filter /FlateDecode /Length ${bytes.length}`,
  ].join(' ')
  document._write(`${own} 0 obj`)
  document._write(`<<${head}>>`)
  document._write('stream')
  document._write(bytes)
  document._write('\nendstream')
  document._write('endobj')
  document._write('startxref')
  document._write(String(at))
  document._write('%%EOF')
}
