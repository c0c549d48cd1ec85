/** Whether a text was met before, lately: memories that keep only what comes again are not filled with what never does. */

/** Of these the last one of each place is known: 16 KB for all documents. */
const places = 4096
const met = new Int32Array(places)

/** Now and then wrong, where two texts make the same number: what is kept for nothing is dropped again. Nothing else may hang on it. */
export function metLately(text: string): boolean {
  let number = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) number = Math.imul(number ^ text.charCodeAt(at), 0x01000193)
  const place = (number ^ (number >>> 15)) & (places - 1)
  if (met[place] === number) return true
  met[place] = number
  return false
}
