/** The files of a job, and what is kept of the rows of each. */
import type { DataFile, Fields, Job } from '../model/index.ts'
import type { Shape } from './shape.ts'

/** One file: what is kept of its rows, and how they are found. */
export interface Table {
  readonly index: number
  readonly file: DataFile
  readonly shown: string
  /** Columns kept, in the order of the cells; grows while reading where all are kept. */
  readonly columns: string[]
  /** Position of each kept column. */
  readonly at: Map<string, number>
  /** Whether every column is kept. */
  all: boolean
  /** Columns that rows are found by or look with; their absence cannot be borne, not even in JSON. */
  readonly keys: Set<string>
  readonly links: { readonly link: number; readonly column: string; readonly found: boolean }[]
  /** Columns whose children follow when a row is filtered: the children's link. */
  readonly drops: { readonly link: number; readonly column: string }[]
  /** Columns that end up at a private place. */
  readonly secret: Set<string>
  /** Whether its rows belong to communications: the first file, and 1:n. */
  owned: boolean
}

/** Link under which the first file's keys remember what clean.js made of them. */
export const keyLink = 0

/** The job's files: the data file first, then joined files in the order of appearance, each once. */
export function dataFiles(job: Job): readonly DataFile[] {
  const files: DataFile[] = [job.data]
  const visit = (fields: Fields): void => {
    for (const node of Object.values(fields)) {
      if (node.kind === 'group' || node.kind === 'rows') visit(node.fields)
      else if (node.kind !== 'column') {
        if (!files.some(file => file.file === node.join.file.file)) files.push(node.join.file)
        if (node.join.fields !== undefined) visit(node.join.fields)
      }
    }
  }
  if (job.data.fields !== undefined) visit(job.data.fields)
  return files
}

export function newTable(file: DataFile, index: number, shown: string): Table {
  return {
    index,
    file,
    shown,
    columns: [],
    at: new Map(),
    all: false,
    keys: new Set(),
    links: [],
    drops: [],
    secret: new Set(),
    owned: false,
  }
}

/** Keeps a column, for a place of this shape. */
export function keep(table: Table, column: string, shape?: Shape | undefined): void {
  if (!table.at.has(column)) {
    table.at.set(column, table.columns.length)
    table.columns.push(column)
  }
  if (shape?.private === true) table.secret.add(column)
}

/** Numbers a link for each column of each table that rows are found by, or look with; the same again gets the same number. */
export function numberLinks(): (table: Table, column: string, found: boolean) => number {
  let last = keyLink
  return (table, column, found) => {
    const known = table.links.find(link => link.column === column && link.found === found)
    if (known !== undefined) return known.link
    last += 1
    table.links.push({ link: last, column, found })
    return last
  }
}

/** How a file is read, as text: one that is described twice has to be described alike. */
export function conventions({
  encoding,
  delimiter,
  quote,
  decimal,
  thousands,
  date,
  null: absent,
  format,
  clean,
}: DataFile): string {
  return JSON.stringify([encoding, delimiter, quote, decimal, thousands, date, absent, format, clean?.file])
}
