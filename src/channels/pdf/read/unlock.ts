/** The key of an encrypted file, found with its user password: AES-256 of ISO 32000-2 §7.6 (revision 6), or of its forerunner (5). */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

export interface Lock {
  /** `R` of the encryption dictionary. */
  readonly revision: unknown
  /** `U`: what the password is compared with, and two salts. */
  readonly user: Buffer
  /** `UE`: the key, encrypted. */
  readonly sealed: Buffer
}

/** Throws for a password that does not open it, and for what is locked in another way. */
export function unlock({ revision, user, sealed }: Lock, password: string): Buffer {
  if ((revision !== 5 && revision !== 6) || user.length < 48 || sealed.length < 32)
    throw new Error('the PDF is encrypted in a way that this does not read')
  const typed = Buffer.from(password, 'utf8').subarray(0, 127)
  const digest = (salt: Buffer): Buffer => {
    const first = createHash('sha256').update(typed).update(salt).digest()
    return revision === 5 ? first : repeated(first, typed)
  }
  if (!digest(user.subarray(32, 40)).equals(user.subarray(0, 32))) throw new Error('the password does not open the PDF')
  const key = digest(user.subarray(40, 48))
  const decipher = createDecipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false)
  return Buffer.concat([decipher.update(sealed.subarray(0, 32)), decipher.final()])
}

/** Algorithm 2.B of §7.6.4.3.4; written again, since the proof shares nothing with what paints. */
function repeated(first: Buffer, typed: Buffer): Buffer {
  let digest = first
  let rounds = 0
  let lastByte: number
  do {
    const block = Buffer.concat([typed, digest])
    const many = Buffer.alloc(block.length * 64)
    for (let at = 0; at < many.length; at += block.length) block.copy(many, at)
    const cipher = createCipheriv('aes-128-cbc', digest.subarray(0, 16), digest.subarray(16, 32))
    const mixed = cipher.setAutoPadding(false).update(many)
    const rest = BigInt(`0x${mixed.subarray(0, 16).toString('hex')}`) % 3n
    digest = createHash(rest === 0n ? 'sha256' : rest === 1n ? 'sha384' : 'sha512')
      .update(mixed)
      .digest()
    lastByte = mixed[mixed.length - 1]!
    rounds += 1
  } while (rounds < 64 || lastByte > rounds - 32)
  return digest.subarray(0, 32)
}
