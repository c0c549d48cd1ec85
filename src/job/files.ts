/** Input files as a job describes them: conventions come from the first file, and each may override them. */
import type { DataFile, Fault, Place, Source } from '../model/index.ts'
import { problemOfPattern } from '../schema/index.ts'
import type { FileSettings } from './settings.ts'

/** Reads the description of one input file; mistakes go where the reader was made to put them. */
export interface FileReader {
  readonly read: (settings: FileSettings, steps: readonly (string | number)[]) => DataFile
  readonly at: (steps: readonly (string | number)[]) => Place
}

const formats = ['csv', 'tsv', 'jsonl', 'json'] as const

export function fileReader({
  first,
  at,
  script,
  faults,
}: {
  readonly first: FileSettings
  readonly at: (steps: readonly (string | number)[]) => Place
  /** The text of a script, by its path relative to the job. */
  readonly script: (path: string) => Source | undefined
  readonly faults: Fault[]
}): FileReader {
  return {
    at,
    read(settings, steps) {
      const refuse = (setting: string, message: string, hint: string): void => {
        faults.push({ code: 'job.data', message, place: at([...steps, setting]), hint })
      }
      const conventions = { ...inherited(first), ...settings }
      const format = conventions.format ?? extensionOf(settings.file)
      if (format === undefined) {
        refuse(
          'file',
          `the format of ${settings.file} is not known from its name`,
          `set format: to one of ${formats.join(', ')}`,
        )
      }
      // What is inherited was looked at where it is written.
      const { encoding, thousands, date } = settings
      const mark = conventions.decimal ?? '.'
      if ((thousands ?? settings.decimal) !== undefined && conventions.thousands === mark) {
        refuse(
          thousands === undefined ? 'decimal' : 'thousands',
          'thousands and decimal are the same mark',
          `set ${mark === '.' ? 'decimal: ","' : 'thousands: "."'}, or take the other away`,
        )
      }
      const encodingProblem = encoding === undefined ? undefined : problemOfEncoding(encoding)
      if (encodingProblem !== undefined)
        refuse('encoding', `the encoding ${encoding} ${encodingProblem.what}`, encodingProblem.hint)
      const marks = { delimiter: delimiterOf(settings, first, format), quote: conventions.quote ?? '"' }
      const setHere = (['quote', 'delimiter'] as const).find(setting => settings[setting] !== undefined)
      if (marks.delimiter === marks.quote && (setHere !== undefined || !hasOneMark(first))) {
        refuse(
          setHere ?? 'file',
          'delimiter and quote are the same mark',
          'set quote: to the mark that stands around fields, or to "" for none',
        )
      }
      const patternProblem = date === undefined ? undefined : problemOfPattern(date)
      if (patternProblem !== undefined) {
        refuse(
          'date',
          `the date pattern ${date} ${patternProblem}`,
          'write it as yyyy-MM-dd HH:mm:ss, dd.MM.yyyy or yyMMdd',
        )
      }
      const clean = settings.clean === undefined ? undefined : script(settings.clean)
      if (settings.clean !== undefined && clean === undefined) {
        refuse('clean', `the script ${settings.clean} is not there`, 'paths in a job are relative to the job file')
      }
      return {
        file: settings.file,
        name: settings.file === '-' ? 'stdin' : settings.file.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, ''),
        format: format ?? 'csv',
        encoding: conventions.encoding ?? 'utf-8',
        ...marks,
        decimal: mark,
        null: conventions.null ?? [''],
        ...(settings.allowEmpty === true ? { allowEmpty: true } : {}),
        ...(conventions.thousands === undefined ? {} : { thousands: conventions.thousands }),
        ...(conventions.date === undefined ? {} : { date: conventions.date }),
        ...(clean === undefined ? {} : { clean }),
      }
    },
  }
}

function delimiterOf(settings: FileSettings, first: FileSettings, format: DataFile['format'] | undefined): string {
  return settings.delimiter ?? (format === 'tsv' ? '\t' : (first.delimiter ?? ','))
}

/** Whether what joined files take over is one mark for both: then it is refused where it is written. */
function hasOneMark(first: FileSettings): boolean {
  return delimiterOf(first, first, first.format ?? extensionOf(first.file)) === (first.quote ?? '"')
}

/** The conventions that joined files take over; file, format and clean are each file's own. */
const shared = ['encoding', 'delimiter', 'quote', 'decimal', 'thousands', 'date', 'null'] as const

function inherited(first: FileSettings): Partial<FileSettings> {
  return Object.fromEntries(shared.flatMap(name => (first[name] === undefined ? [] : [[name, first[name]]])))
}

function extensionOf(file: string): DataFile['format'] | undefined {
  if (file === '-') return 'csv'
  const extension = /\.([a-z0-9]+)$/i.exec(file)?.[1]?.toLowerCase()
  return formats.find(format => format === extension)
}

/** Encodings in which a byte that looks like a quote or a comma may be half of another character. */
const uncuttable = /^(big5|euc-|gb|iso-2022-|shift_jis|replacement|x-user-defined)/

function problemOfEncoding(label: string): { readonly what: string; readonly hint: string } | undefined {
  try {
    const { encoding } = new TextDecoder(label)
    if (!uncuttable.test(encoding)) return undefined
    const hint =
      'convert the file to utf-8; utf-16 and encodings of one byte, such as windows-1251, are read as they are'
    return { what: 'cannot be cut into rows', hint }
  } catch {
    return { what: 'is not known', hint: 'use a label of the Encoding standard: utf-8, windows-1251, koi8-u, utf-16le' }
  }
}
