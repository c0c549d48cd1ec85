/** Colours of the brand in a template's HTML: known before there is data, and written out where nothing else may stand. */
import type { Brand } from '../../../model/index.ts'
import { shieldPattern } from '../tags/shield.ts'
import type { Reader } from './reader.ts'

/** The colour behind `{{brand.colors.accent}}`, inside of blocks `{{@root.brand.colors.accent}}` or `{{../brand.colors.accent}}`, which is known before any data is. */
export function brandColor(tag: string, { colors }: Brand): string | undefined {
  const name = /^\{\{~?\s*(?:@root\.|(?:\.\.\/)+)?brand\.colors\.([\w-]+)\s*~?\}\}$/.exec(tag)?.[1]
  return name !== undefined && Object.hasOwn(colors, name) ? colors[name] : undefined
}

/** Colours of the brand written out where only they may stand. */
export function brandColors(text: string, { shields, brand }: Pick<Reader, 'shields' | 'brand'>): string {
  return text.replace(
    shieldPattern,
    (whole, position: string) => brandColor(shields.get(Number(position)).text, brand) ?? whole,
  )
}
