/** The first mistake in a text that is to be JSON, and where it stands. */

/** At which character a text stops being JSON; `twice` names a key that JSON.parse would let pass. */
export interface Mistake {
  readonly offset: number
  readonly twice?: string
  readonly deep?: boolean
}

/** Far more than data needs, and few enough for every function that walks values to call itself. */
export const deepest = 500

const quoteMark = 0x22
const backslash = 0x5c
const firstPrintable = 0x20
const blank = /[ \t\n\r]*/y
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const bare = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/**
 * The first mistake in a JSON text (RFC 8259). JSON.parse does not always say where it stopped, and of a key that stands twice it
 * silently takes the last.
 */
export function findMistake(text: string): Mistake | undefined {
  let at = 0
  const skip = (expression: RegExp): boolean => {
    expression.lastIndex = at
    const found = expression.test(text)
    if (found) at = expression.lastIndex
    return found
  }
  const open: (Set<string> | undefined)[] = []
  for (;;) {
    skip(blank)
    const bracket = text[at]
    if (bracket === '{' || bracket === '[') {
      if (open.length >= deepest) return { offset: at, deep: true }
      at += 1
      skip(blank)
      const isGroup = bracket === '{'
      if (text[at] === (isGroup ? '}' : ']')) at += 1
      else {
        open.push(isGroup ? new Set() : undefined)
        const mistake = isGroup ? readKey() : undefined
        if (mistake !== undefined) return mistake
        continue
      }
    } else if (bracket === '"' ? !skipString() : !skip(bare)) return { offset: at }
    for (;;) {
      skip(blank)
      if (open.length === 0) return at < text.length ? { offset: at } : undefined
      const keys = open.at(-1)
      const next = text[at]
      if (next === ',') {
        at += 1
        const mistake = keys === undefined ? undefined : readKey()
        if (mistake !== undefined) return mistake
        break
      }
      if (next !== (keys === undefined ? ']' : '}')) return { offset: at }
      at += 1
      open.pop()
    }
  }

  /** A text to its closing quote, by hand: no expression bears texts of many megabytes. Stops at what cannot stand there. */
  function skipString(): boolean {
    for (at += 1; at < text.length; ) {
      const code = text.charCodeAt(at)
      if (code === quoteMark) {
        at += 1
        return true
      }
      if (code < firstPrintable) return false
      if (code !== backslash) at += 1
      else if (!skip(escaped)) return false
    }
    return false
  }

  /** A key and its colon, inside the innermost group. */
  function readKey(): Mistake | undefined {
    skip(blank)
    const start = at
    if (text[at] !== '"' || !skipString()) return { offset: at }
    const key = JSON.parse(text.slice(start, at)) as string
    const keys = open.at(-1)
    if (keys?.has(key)) return { offset: start, twice: key }
    keys?.add(key)
    skip(blank)
    if (text[at] !== ':') return { offset: at }
    at += 1
    return undefined
  }
}
