/** Type in mail: the font-family list that stands for a family of the brand. */
import type { Brand } from '../../../model/index.ts'

/** Without a font of the brand for mail: the sans-serif that every mail program has. */
export const plainFont = 'Arial, Helvetica, sans-serif'

/** The CSS font-family list of a family of the brand. */
export function familyOf(brand: Pick<Brand, 'fonts'>, name: string): string | undefined {
  return Object.hasOwn(brand.fonts, name) ? (brand.fonts[name]?.mail ?? plainFont) : undefined
}

/** Attribute values stand in double quotes. */
export function quotesSafe(text: string): string {
  return text.replaceAll('"', "'")
}
