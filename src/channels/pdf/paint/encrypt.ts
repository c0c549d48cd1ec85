/** What opens a file: the keys and the dictionary of AES-256 (Adobe Supplement to ISO 32000, extension level 3). Home of pdfkit. */
import { createCipheriv, createHash } from 'node:crypto'
import PDFDocument from 'pdfkit'
import { type Value, written } from './strings.ts'

export interface Cipher {
  /** The encryption dictionary as it is written; it is never encrypted itself. */
  readonly dictionary: string
  /** Streams only: strings stand in object streams, which are encrypted as wholes (ISO 32000-1 §7.5.7). */
  readonly encrypt: (bytes: Uint8Array) => Uint8Array
}

/** What is used of pdfkit's document: little documented, hence the pinned version and its test. */
interface Secured {
  readonly _security: { readonly encryptionKey: Uint8Array; readonly dictionary: { readonly data: object } }
}

export function openCipher(password: string): Cipher {
  const { _security: security } = secured({
    userPassword: password,
    // Not what the recipient types: with one password for both, every reader would lift the permissions.
    ownerPassword: createHash('sha256').update(`owner\n${password}`).digest('hex'),
    // Screen readers are never shut out (ISO 14289-1 §7.16).
    permissions: { printing: 'highResolution', copying: true, contentAccessibility: true },
  })
  let streams = 0
  return {
    dictionary: written(pdfValue(security.dictionary.data)),
    encrypt(bytes) {
      // Another one for each stream, and as little to be foreseen as the key, which is new for each document.
      streams += 1
      const digest = createHash('sha256').update(security.encryptionKey).update(`stream ${streams}`).digest()
      const start = digest.subarray(0, 16)
      const cipher = createCipheriv('aes-256-cbc', security.encryptionKey, start)
      return Buffer.concat([start, cipher.update(bytes), cipher.final()])
    },
  }
}

/** Whether a file can be encrypted with it: SASLprep (RFC 4013) has no form for controls, unassigned characters and mixed directions. */
export function isPassword(text: string): boolean {
  try {
    secured({ userPassword: text })
    return true
  } catch {
    return false
  }
}

function secured(options: object): Secured {
  const whole = { font: null, autoFirstPage: false, pdfVersion: '1.7ext3', ...options }
  return new PDFDocument(whole as unknown as PDFKit.PDFDocumentOptions) as unknown as Secured
}

/** pdfkit's texts are names, its bytes are strings. */
function pdfValue(of: unknown): Value {
  if (typeof of === 'number') return of
  if (typeof of === 'string') return `/${of}`
  if (of instanceof Uint8Array) return `<${Buffer.from(of).toString('hex')}>`
  return Object.fromEntries(Object.entries(of as object).map(([key, value]) => [key, pdfValue(value)]))
}
