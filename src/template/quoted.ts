/** What apostrophes of an ICU text keep from being filled in, or from being read at all. */

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

/**
 * The apostrophe that keeps a text from being well-formed: `{l'# livre}` has no end, since what stands behind it is quoted. With the word
 * before it and the sign behind it; undefined where `parses` fails without it, too.
 */
export function quotingApostrophe(text: string, parses: (text: string) => boolean): string | undefined {
  const found = [...text.matchAll(/''|([\p{L}\d]*)'([{}#])/gu)].filter(([, , sign]) => sign !== undefined)
  const without = (left: readonly RegExpExecArray[]): string =>
    left.reduceRight(
      (so, { 0: { length }, 1: word = '', 2: sign = '', index }) =>
        `${so.slice(0, index)}${word}’${sign}${so.slice(index + length)}`,
      text,
    )
  const blamed = found.find(one => parses(without([one]))) ?? (parses(without(found)) ? found[0] : undefined)
  return blamed?.[0]
}
