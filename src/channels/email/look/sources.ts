/** Images of the brand inside a message: `brand:` addresses become content-ids (RFC 2392). */
import type { InlineImage } from './look.ts'

/** `brand:logo` -> `cid:…` in src attributes of HTML. */
export function inlineSources(html: string, images: ReadonlyMap<string, InlineImage>): string {
  return html.includes('brand:')
    ? html.replace(
        /(\ssrc\s*=\s*["'])\s*(brand:[^"'\s]+)\s*(?=["'])/gi,
        (_whole, head: string, value: string) => head + inlineSource('src', value, images),
      )
    : html
}

/** The address of one attribute. */
export function inlineSource(name: string, value: string, images: ReadonlyMap<string, InlineImage>): string {
  const image =
    /^(src|icon-(un)?wrapped-url)$/i.test(name) && value.startsWith('brand:')
      ? images.get(value.slice('brand:'.length))
      : undefined
  return image === undefined ? value : `cid:${image.contentId}`
}
