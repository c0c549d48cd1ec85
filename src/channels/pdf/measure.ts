/** Points (1/72 inch), in which all is measured, and what people are told in. */

/** Measures that differ by less are one: sums of many are off by rounding. */
export const tolerance = 0.01

export const mm = 72 / 25.4

/** As faults say it: `12.3mm`. */
export function inMillimetres(pt: number): string {
  return `${Math.round((pt / mm) * 10) / 10}mm`
}
