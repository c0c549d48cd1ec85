/** Text to checked values with places: settings, schemas, JSON, scripts, decimals and dates. */
export { type Check, compileCheck, dotted, type Problem } from './check.ts'
export { type DateTools, date, isDate, problemOfPattern, readDate } from './date.ts'
export { type Decimal, type DecimalLike, decimal, isDecimal, readDecimal } from './decimal.ts'
export { isObject, parseJson } from './json.ts'
export { hintKnown, hintNearest, nearest } from './nearest.ts'
export { loadScript, type Script, threwAt } from './script.ts'
export { readSettings, type Settings } from './settings.ts'
