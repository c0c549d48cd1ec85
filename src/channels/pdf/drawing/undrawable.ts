/** Thrown inside this folder, and caught at its door, where an SVG says something that cannot be drawn as vectors. */
export class Undrawable extends Error {}

export function undrawable(why: string): never {
  throw new Undrawable(why)
}
