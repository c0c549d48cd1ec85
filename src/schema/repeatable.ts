/** What scripts find in place of the clock and of chance: the same data has to give the same bytes (docs/template.md, prepare.js). */

/** Names that a script sees otherwise. */
export const unrepeatableNames = ['Date', 'Math', 'performance', 'crypto'] as const

/** What is thrown, in words that never quote anything; each begins with the call as a script writes it. */
const words = [
  'new Date() asks the clock',
  'Date() asks the clock',
  'Date.now() asks the clock',
  'performance asks the clock',
  'Math.random() asks chance',
  'crypto asks chance',
] as const
const [newDate, plainDate, dateNow, performance, random, crypto] = words

const name = 'Unrepeatable'

/** What to do instead. */
export const repeatableHint =
  'the same rows have to give the same pieces: let it depend on what it is handed; the day of the run is run.date in prepare.js'

/** What a script asked for that no data decides; undefined for any other error. */
export function unrepeatable(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== name) return undefined
  return words.find(word => word === error.message)
}

/** A module of these names. A stack begins at the script that asked, so that its line is told. */
const module = `
const refuse = (said, from) => {
  const error = new Error(said)
  error.name = '${name}'
  Error.captureStackTrace(error, from)
  throw error
}
const now = () => refuse('${dateNow}', now)
const construct = (Day, args, to) => (args.length === 0 ? refuse('${newDate}', construct) : Reflect.construct(Day, args, to))
const apply = () => refuse('${plainDate}', apply)
const of = (Day, name) => (name === 'now' ? now : Day[name])
const random = () => refuse('${random}', random)
const closed = said => {
  const get = () => refuse(said, get)
  return new Proxy({}, { get })
}
const RealDate = Date, RealMath = Math
const only = Object.create(Object.prototype, { ...Object.getOwnPropertyDescriptors(RealMath), random: { value: random } })
const Day = new Proxy(RealDate, { construct, apply, get: of })
export { Day as Date, only as Math }
export const performance = closed('${performance}'), crypto = closed('${crypto}')
`
const url = `data:text/javascript;charset=utf-8,${encodeURIComponent(module)}`

/** A script with these names as imports behind its last line: they hold from the first, and no line or column moves. */
export function withoutClock(text: string, names: readonly string[]): string {
  if (names.length === 0) return text
  return `${text}\nimport { ${names.join(', ')} } from '${url.replaceAll("'", '%27')}'\n`
}
