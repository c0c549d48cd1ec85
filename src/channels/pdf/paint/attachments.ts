/** Files that travel inside the document, as PDF/A-3 wants them (ISO 32000-1 §7.11.4, ISO 19005-3 §6.8). */
import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { Attachment } from '../layout/page.ts'
import { dateString, dictionary, literal, reference, type Value, wide } from './strings.ts'
import type { Writer } from './writer.ts'

/** A file as it is attached: bytes and media type. */
export interface Attached {
  readonly bytes: Uint8Array
  readonly mediaType: string
}

interface Packed {
  readonly data: Uint8Array
  readonly digest: string
}

/** Files of the brand are the same in every document, and packed once. */
const remembered = new WeakMap<Uint8Array, Packed>()

export interface AttachOptions {
  readonly contents: (source: string) => Attached
  /** When the document was made, which is when its files were put in. ISO 8601. */
  readonly made: string
}

/** What the catalog says of them: the name tree, and which files belong to the document. */
export interface Attachments {
  readonly files: Value
  readonly associated: Value
}

export function writeAttachments(
  attachments: readonly Attachment[],
  writer: Writer,
  { contents, made }: AttachOptions,
): Attachments | undefined {
  if (attachments.length === 0) return undefined
  const files = attachments.map(attachment => {
    const { bytes, mediaType } = contents(attachment.source)
    const { data, digest } = packed(bytes)
    // An object of its own: strings in the stream's dictionary would have to be encrypted one by one.
    const about = writer.reserve()
    writer.put(about, dictionary({ Size: bytes.length, ModDate: dateString(made), CheckSum: `<${digest}>` }))
    const file = writer.stream(
      `/Type /EmbeddedFile /Subtype /${nameOf(mediaType)} /Params ${reference(about)} /Filter /FlateDecode`,
      data,
    )
    const specification = writer.reserve()
    writer.put(
      specification,
      dictionary({
        Type: '/Filespec',
        // Readers that do not know UF know no more than ASCII.
        F: literal(attachment.name.replace(/[^\x20-\x7E]/gu, '_')),
        UF: literal(attachment.name),
        Desc: attachment.description === '' ? undefined : literal(attachment.description),
        AFRelationship: `/${attachment.relationship}`,
        EF: { F: reference(file), UF: reference(file) },
      }),
    )
    return { name: attachment.name, specification: reference(specification) }
  })
  // A name tree is in the order of its keys' bytes.
  const ordered = files.toSorted((one, other) => Buffer.compare(keyOf(one.name), keyOf(other.name)))
  return {
    files: { Names: ordered.flatMap(({ name, specification }) => [literal(name), specification]) },
    associated: files.map(({ specification }) => specification),
  }
}

function packed(bytes: Uint8Array): Packed {
  const known = remembered.get(bytes)
  if (known !== undefined) return known
  const made = { data: deflateSync(bytes, { level: 9 }), digest: createHash('md5').update(bytes).digest('hex') }
  remembered.set(bytes, made)
  return made
}

/** A name object's text: what is no regular character of PDF is written by its number. */
function nameOf(mediaType: string): string {
  return mediaType.replace(/[^\w.+-]/g, character => `#${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** The bytes that a name is written as. */
function keyOf(name: string): Uint8Array {
  return Buffer.from(/^[\x00-\x7F]*$/.test(name) ? name : wide(name), 'latin1')
}
