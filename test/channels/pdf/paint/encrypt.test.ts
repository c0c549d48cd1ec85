/** Locks and keys: what one room closes, the other opens, whatever chance the digests have. */
import { expect, it } from 'vitest'
import { openCipher } from '../../../../src/channels/pdf/paint/encrypt.ts'
import { unlock } from '../../../../src/channels/pdf/read/unlock.ts'

it('every file is opened by its password, and by no other', () => {
  // The digest has so many rounds as its own bytes say: one in a hundred files ends at the edge.
  for (let file = 0; file < 80; file += 1) {
    const { dictionary } = openCipher('4711')
    const bytes = (name: string) => Buffer.from(new RegExp(`/${name} <([0-9a-f]+)>`).exec(dictionary)![1]!, 'hex')
    const lock = { revision: 6, user: bytes('U'), sealed: bytes('UE') }
    expect(unlock(lock, '4711')).toHaveLength(32)
    if (file < 20) expect(() => unlock(lock, '4712')).toThrow('does not open')
  }
})
