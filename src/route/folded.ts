/** Spellings of one address, as suppression lists know them. */

/**
 * An address as it is hashed. Spellings of one have one form: capitals, blanks and, in numbers of telephones, marks between digits do not count; nor do the
 * commas of a postal address, which stand where it has lines elsewhere.
 */
export function folded(address: string): string {
  const form = plainForm(address)
  return form.includes('@') ? form : form.replace(/[ ,]+/g, ' ').trim()
}

/** The same with the commas of a postal address, as lists were hashed before. */
export function plainForm(address: string): string {
  const text = address.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
  return /^[+(]?[\d ()./-]{5,}$/.test(text) ? text.replace(/[^\d+]/g, '').replace(/^00/, '+') : text
}
