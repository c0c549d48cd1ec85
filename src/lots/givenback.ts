/**
 * Memory of pieces, given back once they are filed. While a tray is made its pieces outlive V8's young generation, which would find out
 * only by looking through all that a worker has, and they bring such a look about each second (bench/NOTES.md).
 */

/** Gives back the memory that bytes fill; what only a part of it holds stays. Whoever reads the bytes from then on finds none. */
export function giveBack({ buffer, byteLength }: Uint8Array): void {
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength
  if (isWhole && !buffer.detached) buffer.transfer(0)
}

/** Whether that was done. */
export function isGivenBack({ buffer }: Uint8Array): boolean {
  return buffer instanceof ArrayBuffer && buffer.detached
}
