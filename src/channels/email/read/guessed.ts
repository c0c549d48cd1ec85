/** The rules of a look that are taken to hide more than they may, in the words of their author and with their places: for hints. */
import type { Source } from '../../../model/index.ts'
import { placeAt } from '../tags/place.ts'
import type { Look } from './looks.ts'

/** Each rule that hides and is not read whole, or stands under what cannot be told; files as their authors wrote them. */
export function guessedIn({ rules }: Look, files: readonly Source[]): readonly string[] {
  const guessed = rules.filter(({ selector, under, hides }) => hides && (!selector.whole || under.length > 0))
  const named = guessed.map(({ written, under }) => {
    const place = placeOf(written, files)
    return [
      ...under.filter(one => one !== '&' && one !== written),
      written,
      ...(place === undefined ? [] : [`(${place})`]),
    ].join(' ')
  })
  return [...new Set(named)]
}

/** Where a selector stands before a block or a comma; one that rules in rules make stands nowhere. */
function placeOf(written: string, files: readonly Source[]): string | undefined {
  const words = written.split(/\s+/).map(word => word.replace(/\W/g, '\\$&'))
  const selector = new RegExp(String.raw`(?<![\w.#-])${words.join(String.raw`\s+`)}(?=\s*[,{])`)
  for (const source of files) {
    const found = selector.exec(source.text)
    if (found !== null) return `${source.file}:${placeAt(source, found.index).line}`
  }
  return undefined
}
