/** A factory's own JavaScript (`clean.js`, `prepare.js`): ES modules that import nothing and export one function. */
import { init, parse } from 'es-module-lexer'
import { done, failed, type Place, type Result, type Source } from '../model/index.ts'
import { rehearseScript } from './rehearse.ts'
import { repeatableHint, unrepeatable, unrepeatableNames, withoutClock } from './repeatable.ts'

// biome-ignore lint/suspicious/noExplicitAny: the callers know what their kind of script takes
export type Script = (...args: any[]) => unknown

/**
 * Loads the default export of a script from its text, so that a frozen copy and the original behave alike. Each call gives a
 * module of its own: two factories in one process share nothing. Faults: syntax, imports, no default function, and what does not come
 * to an end before there is a row.
 */
export async function loadScript(source: Source): Promise<Result<Script>> {
  const refuse: Refuse = (message, hint, place = {}) =>
    failed({ code: 'schema.script', message, place: { file: source.file, ...place }, hint })
  await init
  try {
    const [imports] = parse(source.text)
    const first = imports[0]
    if (first !== undefined) {
      const line = source.text.slice(0, first.importStart).split('\n').length
      const what = typeof first.specifier === 'string' ? JSON.stringify(first.specifier) : 'something'
      return refuse(
        `the script imports ${what}`,
        'a script sees only its arguments; `decimal` and `date` are handed to it',
        { line },
      )
    }
  } catch {
    // Where the lexer gives up, import() below says what is wrong.
  }
  return loadWithout(unrepeatableNames, source, refuse)
}

type Refuse = (message: string, hint: string, place?: Partial<Place>) => Result<Script>

/** Loads a script that sees these names otherwise. A name that it declares itself is its own. */
async function loadWithout(names: readonly string[], source: Source, refuse: Refuse): Promise<Result<Script>> {
  const text = `data:text/javascript;charset=utf-8,${encodeURIComponent(withoutClock(source.text, names))}`
  const never = await rehearseScript(text)
  if (never !== undefined)
    return refuse(never, 'outside of its functions a script only declares: look there for a loop or a wait without end')
  loads += 1
  const url = `${text}#${loads}`
  try {
    const module = (await import(/* @vite-ignore */ url)) as { readonly default?: unknown }
    if (typeof module.default !== 'function') {
      return refuse('the script has no default function', 'write `export default function (…) { … }`')
    }
    return done(module.default as Script)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    const own = /^Identifier '(\w+)' has already been declared$/.exec(words)?.[1]
    if (own !== undefined && names.includes(own))
      return loadWithout(
        names.filter(name => name !== own),
        source,
        refuse,
      )
    // What stands behind the last line may be what does not fit: alone, a script says better what is wrong with it.
    if (error instanceof SyntaxError && names.length > 0) return loadWithout([], source, refuse)
    const asked = unrepeatable(error)
    if (asked !== undefined) return refuse(`the script cannot be loaded: ${asked}`, repeatableHint, placeOf(error))
    const hint = /^(module|exports|require) is not defined/.test(words)
      ? 'scripts are ES modules: write `export default function (…) { … }`'
      : 'try `node --check` on it'
    const message = `the script cannot be loaded: ${words.charAt(0).toLowerCase()}${words.slice(1, 200)}`
    return refuse(message, hint, placeOf(error))
  }
}

let loads = 0

/** Where in a script an error was thrown, as far as its stack tells. */
export function threwAt(error: unknown, source: Source): Place {
  return { file: source.file, ...placeOf(error) }
}

function placeOf(error: unknown): { line?: number; column?: number } {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const found = /data:text\/javascript[^\n]*?:(\d+)(?::(\d+))?\)?(?:\n|$)/.exec(stack)
  if (found === null) return {}
  return { line: Number(found[1]), ...(found[2] === undefined ? {} : { column: Number(found[2]) }) }
}
