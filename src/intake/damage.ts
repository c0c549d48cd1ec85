/** Lines that are no rows: what is wrong with them, and which values they may hold under a column. */
import type { Fault } from '../model/index.ts'
import type { Flaw } from './cut.ts'
import type { Dialect } from './split.ts'

export interface Damage {
  readonly fault: Omit<Fault, 'place'>
  /**
   * Values that the line may hold in a column; the first is the likeliest. Empty if none can be read. A line with too many or too few
   * fields is read from both its ends: nobody knows where the field was lost.
   */
  readonly candidates: (column: string) => readonly string[]
  /** Whether the one candidate is what the column holds, beyond doubt. */
  readonly certain: (column: string) => boolean
}

/** A record with another number of fields than the header. */
export function wrongCount(fields: readonly string[], names: readonly string[]): Damage {
  const found = fields.length
  return {
    fault: {
      code: 'intake.fields',
      message: `${count(found, 'field')} where the header has ${names.length}`,
      hint:
        found > names.length
          ? 'put quotes around a field that contains the delimiter'
          : 'look for a line that was broken in two',
    },
    candidates: column => {
      const at = names.indexOf(column)
      return at < 0 ? [] : unique([fields[at], fields[found - (names.length - at)]])
    },
    certain: () => false,
  }
}

const flaws: Readonly<Record<Flaw['kind'], { readonly message: string; readonly hint: string }>> = {
  unclosed: {
    message: 'a quote is opened and not closed where the field ends',
    hint: 'close the quote, or write a quote inside a field twice',
  },
  'after-quote': {
    message: 'something stands between a closing quote and the end of its field',
    hint: 'write a quote inside a quoted field twice',
  },
  'inner-quote': {
    message: 'a quote stands inside a field that is not quoted',
    hint: 'put quotes around the field, and write the quote inside it twice',
  },
}

/** A line whose quotes break the rules: fields before the damage are certain, those after it are counted from the end. */
export function brokenQuotes(
  kind: Flaw['kind'],
  before: readonly string[],
  line: string,
  names: readonly string[],
  dialect: Dialect,
): Damage {
  return {
    fault: { code: 'intake.quote', ...flaws[kind] },
    candidates: column => {
      const at = names.indexOf(column)
      if (at < 0) return []
      if (at < before.length) return unique([before[at]])
      const pieces = line.split(dialect.delimiter).map(piece => bare(piece, dialect.quote))
      return unique([pieces[pieces.length - (names.length - at)], pieces[at]])
    },
    certain: column => names.includes(column) && names.indexOf(column) < before.length,
  }
}

/** A line of JSON that is not one object: a member with the column's name may still be legible. */
export function brokenJson(text: string, message: string): Damage {
  return {
    fault: {
      code: 'intake.json',
      message,
      hint: 'each row has to be one JSON object, without a name that stands twice',
    },
    candidates: column => {
      const name = JSON.stringify(column).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      const found = [
        ...text.matchAll(new RegExp(`${name}\\s*:\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(-?[\\d.]+|true|false))`, 'g')),
      ]
      return unique(found.map(([, string, other]) => (string === undefined ? other : unescaped(string))))
    },
    certain: () => false,
  }
}

function unescaped(string: string): string {
  try {
    return JSON.parse(`"${string}"`) as string
  } catch {
    return string
  }
}

function bare(piece: string, quote: string): string {
  return quote === '' ? piece : piece.replaceAll(quote, '')
}

function unique(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.filter(value => value !== undefined && value !== ''))] as string[]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
