/** Choices of the wording by a word: their branches held against what the word can be, and against those of the other languages. */
import { type Fault, type Place, quote } from '../model/index.ts'
import { hintKnown, hintNearest, nearest } from '../schema/index.ts'
import { type Branches, branchesOf } from './message.ts'
import type { WordingIndex } from './wording.ts'

/** One argument of one key, as all calls together give it. */
interface Given {
  readonly key: string
  readonly argument: string
  readonly values: Set<string>
  /** Whether a field with an `enum` is among them, and whether all are known. */
  listed: boolean
  known: boolean
}

/** How one language chooses by the argument. */
interface Chooser extends Branches {
  readonly locale: string
  readonly place: Place
}

export class Choices {
  readonly #given = new Map<string, Given>()

  /** Notes what a call hands in; `values`: all that it can be, undefined where nobody knows. `written`: it stands in the template. */
  note(
    key: string,
    argument: string,
    { values, written }: { readonly values: readonly string[] | undefined; readonly written: boolean },
  ): void {
    const name = JSON.stringify([key, argument])
    const given = this.#given.get(name) ?? { key, argument, values: new Set(), listed: false, known: true }
    this.#given.set(name, given)
    for (const value of values ?? []) given.values.add(value)
    if (values === undefined) given.known = false
    else if (!written) given.listed = true
  }

  /** What is odd in them, once all sources are read. Texts written in templates alone are no list of all that can come. */
  warnings(wording: WordingIndex): readonly Fault[] {
    return [...this.#given.values()].flatMap(({ key, argument, values, listed, known }) => {
      const choosers = choosersOf(wording, key, argument)
      return compare(choosers, { key, argument, values: listed && known ? values : undefined })
    })
  }
}

function choosersOf(wording: WordingIndex, key: string, argument: string): readonly Chooser[] {
  const found = new Map<string, Chooser>()
  for (const asked of wording.locales) {
    const text = wording.find(asked, key)
    const branches = text && branchesOf(text.text).get(argument)
    // A choice of nothing but `other` says that the language makes no difference.
    if (text === undefined || branches === undefined || branches.names.size === 1) continue
    found.set(`${text.file} ${text.locale}`, { locale: text.locale, place: text.place, ...branches })
  }
  return [...found.values()]
}

function compare(
  choosers: readonly Chooser[],
  {
    key,
    argument,
    values,
  }: { readonly key: string; readonly argument: string; readonly values: ReadonlySet<string> | undefined },
): readonly Fault[] {
  const warning = (place: Place, message: string, hint: string): Fault => ({
    code: 'template.choice',
    message: `wording ${quote(key)} in ${message}`,
    place,
    hint,
  })
  const all = [...new Set(choosers.flatMap(({ names }) => [...names]))].filter(branch => branch !== 'other')
  const told = choosers.some(({ tells }) => tells)
  const having = (branch: string): readonly Chooser[] => choosers.filter(({ names }) => names.has(branch))
  const isOdd = (branch: string): boolean =>
    values === undefined ? !told && choosers.length > 1 && having(branch).length === 1 : !values.has(branch)
  const isMistyped = ({ names }: Chooser, branch: string): boolean =>
    nearest(branch, [...names].filter(isOdd)) !== undefined
  // Where all values but one have a branch, `other` is that of the one.
  const isOther = ({ names }: Chooser): boolean =>
    values !== undefined && [...values].filter(value => !names.has(value)).length === 1

  return all.flatMap((branch): readonly Fault[] => {
    const these = having(branch)
    if (isOdd(branch)) {
      return these.map(({ locale, place }) =>
        values === undefined
          ? warning(
              place,
              `${locale} alone has a branch ${branch} of {${argument}}`,
              hintNearest(
                branch,
                all.filter(other => other !== branch),
              ) ?? 'write it in the other languages, too, or let other say it',
            )
          : warning(
              place,
              `${locale} has a branch ${branch} of {${argument}}, which is never that`,
              hintKnown(branch, [...values]),
            ),
      )
    }
    if (told) return []
    const [first, ...more] = choosers.filter(
      chooser => !these.includes(chooser) && !isMistyped(chooser, branch) && !isOther(chooser),
    )
    if (first === undefined) return []
    const lacking = namesOf([first, ...more])
    const verb = these.length === 1 ? 'has' : 'have'
    return [
      warning(
        first.place,
        `${lacking} has no branch ${branch} of {${argument}}, which ${namesOf(these)} ${verb}`,
        `write ${branch} {…} there: without it, readers of ${lacking} get that of other`,
      ),
    ]
  })
}

function namesOf(choosers: readonly Chooser[]): string {
  return choosers.map(({ locale }) => locale).join(', ')
}
