/** Whether a picture with transparent parts may keep them in mail: it is seen on a dark ground as well as on a light one. */

/** Pixels with four channels, row by row. */
export interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

/** As light as the grounds that mail programs make in the dark (up to #292929); relative luminance of WCAG 2. */
const darkGround = 0.022
/** What is seen at a glance; WCAG's 3 is for what has to be read from its outline alone, and a brand's green has 2.3. */
const leastContrast = 2
/** Of the outline, since a few pixels of it are shadows and blends. */
const mostUnseen = 0.02
/** Half covered. */
const solid = 128

/** Its outline stands out from the dark all around; what is opaque as a whole has none. */
export function holdsInTheDark({ data, width, height }: Pixels): boolean {
  const covers = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && data[(y * width + x) * 4 + 3]! >= solid
  let outline = 0
  let unseen = 0
  let transparent = false
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if (!covers(x, y)) {
        transparent = true
        continue
      }
      if (covers(x - 1, y) && covers(x + 1, y) && covers(x, y - 1) && covers(x, y + 1)) continue
      outline += 1
      if ((luminance(data, (y * width + x) * 4) + 0.05) / (darkGround + 0.05) < leastContrast) unseen += 1
    }
  return transparent && outline > 0 && unseen <= outline * mostUnseen
}

/** WCAG 2.2, relative luminance. */
function luminance(data: Uint8Array, at: number): number {
  const linear = (value: number): number => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(data[at]!) + 0.7152 * linear(data[at + 1]!) + 0.0722 * linear(data[at + 2]!)
}
