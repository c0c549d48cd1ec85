/** What opens a file: the keys and the dictionary of AES-256 (ISO 32000-2 §7.6, revision 6). */
import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { later } from '../../../schema/index.ts'

const pdfkit = later<typeof import('pdfkit')>('pdfkit')

export interface Cipher {
  /** The encryption dictionary as it is written; it is never encrypted itself. */
  readonly dictionary: string
  /** Streams only: strings stand in object streams, which are encrypted as wholes (ISO 32000-1 §7.5.7). */
  readonly encrypt: (bytes: Uint8Array) => Uint8Array
}

export function openCipher(password: string): Cipher {
  const key = randomBytes(32)
  const user = sealed(bytesOf(password), key)
  // Known to nobody: with one password for both, or one that follows from the other, the recipient could lift what is allowed.
  const owner = sealed(randomBytes(32), key, user.proof)
  let streams = 0
  return {
    dictionary: `<</Filter /Standard /V 5 /R 6 /Length 256 /CF <</StdCF <</CFM /AESV3 /AuthEvent /DocOpen /Length 32>>>> /StmF /StdCF /StrF /StdCF ${[
      `/U ${hex(user.proof)} /UE ${hex(user.key)}`,
      `/O ${hex(owner.proof)} /OE ${hex(owner.key)}`,
      `/P ${allowed} /Perms ${hex(permissions(key))}`,
    ].join(' ')}>>`,
    encrypt(bytes) {
      // Another one for each stream, and as little to be foreseen as the key, which is new for each document.
      streams += 1
      const start = createHash('sha256').update(key).update(`stream ${streams}`).digest().subarray(0, 16)
      const cipher = createCipheriv('aes-256-cbc', key, start)
      return Buffer.concat([start, cipher.update(bytes), cipher.final()])
    },
  }
}

/** Whether a file can be encrypted with it: SASLprep (RFC 4013) has no form for controls, unassigned characters and mixed directions. */
export function isPassword(text: string): boolean {
  try {
    ;new (pdfkit())({ font: '', autoFirstPage: false, pdfVersion: '1.7ext3', userPassword: text })
    return true
  } catch {
    return false
  }
}

/** Printing (3, 12), copying (5) and reading aloud (10), which is never forbidden (ISO 14289-1 §7.16); bits 7, 8 and from 13 on are set. */
const allowed = 0xfffff0c0 | (1 << 2) | (1 << 4) | (1 << 9) | (1 << 11)

/** As much of it as counts (§7.6.4.3.2). */
const bytesOf = (password: string): Buffer => Buffer.from(password, 'utf8').subarray(0, 127)

interface Sealed {
  /** What a password is compared with, and two salts (U and O). */
  readonly proof: Buffer
  /** The file's key, encrypted with the password (UE and OE). */
  readonly key: Buffer
}

/** Algorithms 8 and 9; the owner's is bound to the user's. */
function sealed(password: Buffer, key: Buffer, user: Buffer = Buffer.alloc(0)): Sealed {
  const [forProof, forKey] = [randomBytes(8), randomBytes(8)]
  const proof = hardened(password, forProof, user)
  const cipher = createCipheriv('aes-256-cbc', hardened(password, forKey, user), Buffer.alloc(16)).setAutoPadding(false)
  return { proof: Buffer.concat([proof, forProof, forKey]), key: Buffer.concat([cipher.update(key), cipher.final()]) }
}

/** Algorithm 2.B: dear on purpose, since passwords are short. */
function hardened(password: Buffer, salt: Buffer, user: Buffer): Buffer {
  let key = createHash('sha256').update(password).update(salt).update(user).digest()
  for (let round = 0, last = 0; round < 64 || last > round - 32; round += 1) {
    const once = Buffer.concat([password, key, user])
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false)
    const mixed = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => once)))
    // The remainder of the first sixteen bytes as one number: 256 leaves 1.
    const sum = mixed.subarray(0, 16).reduce((total, byte) => total + byte, 0)
    key = createHash(['sha256', 'sha384', 'sha512'][sum % 3]!)
      .update(mixed)
      .digest()
    last = mixed.at(-1)!
  }
  return key.subarray(0, 32)
}

/** Algorithm 10: what is allowed once more, so that nobody changes it unseen. */
function permissions(key: Buffer): Buffer {
  const block = Buffer.alloc(16)
  block.writeInt32LE(allowed, 0)
  block.fill(0xff, 4, 8)
  block.write('Tadb', 8, 'latin1')
  randomBytes(4).copy(block, 12)
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false)
  return cipher.update(block)
}

const hex = (bytes: Buffer): string => `<${bytes.toString('hex')}>`
