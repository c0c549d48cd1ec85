/** Text to checked values with places: settings, schemas, JSON, scripts, decimals and dates. */
export { type Check, compileCheck, type Problem } from './check.ts'
export { type Color, readColor } from './color.ts'
export { countryOf, hintCountry, notCountries } from './country.ts'
export { hintCurrency, isCurrency } from './currency.ts'
export { type DateTools, date, isDate, isEarly, problemOfPattern, readDate } from './date.ts'
export { type Decimal, type DecimalLike, decimal, isDecimal, readDecimal } from './decimal.ts'
export { holdsDerived } from './declared.ts'
export { hasOtherDigits, otherDigitsHint } from './digits.ts'
export { isObject, parseJson } from './json.ts'
export { type KeyPlace, keyPlaces } from './keyplaces.ts'
export { later } from './later.ts'
export { hintKnown, hintNearest, nearest } from './nearest.ts'
export { isPrivate } from './private.ts'
export { readSchema, type SchemaKind, type SchemaNode } from './reading.ts'
export { repeatableHint, unrepeatable } from './repeatable.ts'
export { loadScript, type Script, threwAt } from './script.ts'
export { ownCheck, readSettings, type Settings } from './settings.ts'
export { dotted } from './steps.ts'
export { typescriptOf } from './typescript.ts'
export {
  isGroup,
  parseWritten,
  plainValue,
  reviveWritten,
  type Written,
  type WrittenGroup,
  WrittenNumber,
} from './written.ts'
