/** What apostrophes of an ICU text keep from being filled in. */

/**
 * The first name in braces that an apostrophe quotes whole: `'{site}'`, or `d'{name}` up to the next apostrophe. Who means braces to be
 * read quotes each of them alone: `'{'site'}'`.
 */
export function quotedName(text: string): string | undefined {
  for (const { 1: quoted = '' } of text.matchAll(/''|'(?=[{}])((?:[^']|'')*)(?:'|$)/g)) {
    const name = /\{\s*([\p{L}_][\p{L}\d_.-]*)\s*[,}]/u.exec(quoted)?.[1]
    if (name !== undefined) return name
  }
  return undefined
}
