/** France and its departments overseas: one plan at home, where each dials the others as itself, and codes of their own for the rest of the world. */

/** By what numbers begin with at home (ARCEP, "Plan national de numérotation"); all others are of France itself. */
const heads =
  /^0(?:(?<GP>590|69[01]|7090)|(?<GF>594|694|7093[0-4])|(?<MQ>596|69[67]|7091)|(?<RE>26[23]|69[23]|7092)|(?<YT>269|639|7093[5-9]))/

const together: ReadonlySet<string> = new Set(['FR', 'GP', 'BL', 'MF', 'GF', 'MQ', 'RE', 'YT'])

/** Whether numbers are the same ones in both, though their codes differ. */
export function shareHome(one: string, other: string): boolean {
  return together.has(one) && together.has(other)
}

/** The country that digits dialled in another, without a code, belong to. */
export function homeOf(digits: string, country: string): string {
  if (!together.has(country) || !/^0[1-7]/.test(digits)) return country
  const [own = 'FR'] = Object.entries(heads.exec(digits)?.groups ?? {}).flatMap(([name, found]) =>
    found === undefined ? [] : [name],
  )
  return own
}
