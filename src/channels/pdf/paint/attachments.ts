/** Files that travel inside the document, as PDF/A-3 wants them (ISO 32000-1 §7.11.4, ISO 19005-3 §6.8). */
import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { Attachment } from '../layout/page.ts'
import type { Catalog } from './outline.ts'
import type { Writer } from './subset.ts'

/** A file as it is attached: bytes and media type. */
export interface Attached {
  readonly bytes: Uint8Array
  readonly mediaType: string
}

interface Packed {
  readonly data: Uint8Array
  readonly digest: Uint8Array
}

/** Files of the brand are the same in every document, and packed once. */
const remembered = new WeakMap<Uint8Array, Packed>()

export interface AttachOptions {
  readonly contents: (source: string) => Attached
  /** When the document was made, which is when its files were put in. */
  readonly made: Date
}

export function writeAttachments(
  attachments: readonly Attachment[],
  document: Writer & Catalog & { readonly _security?: unknown },
  { contents, made }: AttachOptions,
): void {
  if (attachments.length === 0) return
  const files = attachments.map(attachment => {
    const { bytes, mediaType } = contents(attachment.source)
    const { data, digest } = packed(bytes)
    const file = document.ref({
      Type: 'EmbeddedFile',
      Subtype: nameOf(mediaType),
      Params: {
        Size: bytes.length,
        ModDate: made,
        // pdfkit does not encrypt strings of bytes, so an encrypted document goes without.
        ...(!document._security && { CheckSum: digest }),
      },
      Filter: 'FlateDecode',
    })
    file.end(data)
    const specification = document.ref({
      Type: 'Filespec',
      // Readers that do not know UF know no more than ASCII.
      F: new String(attachment.name.replace(/[^\x20-\x7E]/gu, '_')),
      UF: new String(attachment.name),
      ...(attachment.description !== '' && { Desc: new String(attachment.description) }),
      AFRelationship: attachment.relationship,
      EF: { F: file, UF: file },
    })
    specification.end()
    return { name: attachment.name, specification }
  })
  const { data } = document._root
  // A name tree is in the order of its keys' bytes.
  const ordered = files.toSorted((one, other) => Buffer.compare(keyOf(one.name), keyOf(other.name)))
  data.Names.data['EmbeddedFiles'] = {
    Names: ordered.flatMap(({ name, specification }): unknown[] => [new String(name), specification]),
  }
  data['AF'] = files.map(({ specification }) => specification)
}

function packed(bytes: Uint8Array): Packed {
  const known = remembered.get(bytes)
  if (known !== undefined) return known
  const made = { data: deflateSync(bytes, { level: 9 }), digest: createHash('md5').update(bytes).digest() }
  remembered.set(bytes, made)
  return made
}

/** A name object's text: what is no regular character of PDF is written by its number. */
function nameOf(mediaType: string): string {
  return mediaType.replace(/[^\w.+-]/g, character => `#${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** The bytes that pdfkit writes a text as: ASCII, else UTF-16BE with its mark. */
function keyOf(name: string): Uint8Array {
  return /^[\x00-\x7F]*$/.test(name) ? Buffer.from(name, 'latin1') : Buffer.from(`\uFEFF${name}`, 'utf16le').swap16()
}
