/** Numbers as content streams have them (ISO 32000-1 §7.3.3). */

/** Three decimals, without exponent: a 72,000th of an inch. */
export function number(value: number): string {
  const rounded = Math.round(value * 1000) / 1000
  return Object.is(rounded, -0) ? '0' : String(rounded)
}
