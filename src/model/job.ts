/** A job: which data meets which template, on which channels. Plain data. */
import type { Source } from './kit.ts'
import type { Data } from './value.ts'

export interface Job {
  /** The job file's name without extension. */
  readonly name: string
  /** The job file as the user would type it. */
  readonly file: string
  readonly template: string
  /** A fixed period, or the unit that `--period` must name. */
  readonly period?: { readonly unit: PeriodUnit; readonly fixed?: Period }
  readonly data: DataRoot
  /** Channels of the job with their settings, in the order of the channel table. */
  readonly channels: Readonly<Record<string, Data>>
  /** Channels of the job that `--channel` leaves out; absent: none. */
  readonly leftOut?: readonly string[]
  /** Rules in order, the first that holds decides; absent: all channels. */
  readonly route?: readonly Rule[]
  /** Who is not written to, and the key that the list's addresses are hashed with; paths relative to the job file. */
  readonly suppress?: { readonly file: string; readonly key?: string; readonly allowEmpty?: boolean }
  readonly rejects: Allowance
  readonly expect?: Expectation
  readonly bounds?: Bounds
  /** Defaults of `--set` values, seen as `run.set.NAME`. */
  readonly set: Readonly<Record<string, string>>
  readonly allowEmpty: boolean
  /** Folder of the brand, relative to the job file; absent: the factory's. */
  readonly assets?: string
  /** Folder of the templates, relative to the job file; absent: the factory's. */
  readonly templates?: string
}

export type PeriodUnit = 'month' | 'quarter' | 'year'

export interface Period {
  /** `2010-12`, `2010-Q4` or `2010`. */
  readonly text: string
  readonly unit: PeriodUnit
  /** First day, ISO 8601. */
  readonly start: string
  /** Last day, ISO 8601. */
  readonly end: string
}

/** How many communications may be rejected before the run refuses. */
export type Allowance = { readonly count: number } | { readonly share: number }

export interface Rule {
  /** A CEL expression over `data`, `recipient` and `run`; absent: always. */
  readonly when?: string
  readonly to: readonly string[]
  /** Line in the job file, from 1. */
  readonly line: number
}

/** Control totals of the input. Numbers are decimal text. */
export interface Expectation {
  /** Where the totals stand, for faults. */
  readonly file: string
  /** Data rows of the first file. */
  readonly rows?: number
  readonly communications?: number
  /** Path in `fields` -> decimal text. */
  readonly sum: Readonly<Record<string, string>>
}

/** How far a run may be from earlier runs of its job, in percent as decimal text, before somebody has to confirm it. */
export interface Bounds {
  /** Data rows of the first file. */
  readonly rows?: string
  readonly communications?: string
  /** By path in `fields`. */
  readonly sum: Readonly<Record<string, string>>
  /** By name: what the documents come to. */
  readonly facts: Readonly<Record<string, string>>
}

/** Conventions of one input file. */
export interface DataFile {
  /** As written in the job (relative to it), or `-` for standard input. */
  readonly file: string
  /** The name `--data NAME=FILE` replaces it by: the file's name without folders and extension. */
  readonly name: string
  readonly format: 'csv' | 'tsv' | 'jsonl' | 'json'
  /** A label of the Encoding standard; a byte order mark wins. */
  readonly encoding: string
  readonly delimiter: string
  readonly quote: string
  /** Decimal mark. */
  readonly decimal: '.' | ','
  /** Thousands separator, if numbers carry one. */
  readonly thousands?: string
  /** Date pattern: `yyyy-MM-dd HH:mm:ss`, `yyMMdd`. Absent: ISO 8601. */
  readonly date?: string
  /** Texts that mean absent. */
  readonly null: readonly string[]
  readonly clean?: Source
  /** Whether it may have no rows; absent: the run is refused. */
  readonly allowEmpty?: true
}

export interface DataRoot extends DataFile {
  /** Column that identifies a communication. */
  readonly key: string
  /** Absent: all columns (or the whole JSON object) under their own names. */
  readonly fields?: Fields
}

/** The shape of the data, drawn from columns. */
export type Fields = Readonly<Record<string, FieldNode>>

export type FieldNode =
  /** A column's text; the same in all rows of a communication, unless inside `rows`. */
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'group'; readonly fields: Fields }
  /** One element for each row of this file. */
  | { readonly kind: 'rows'; readonly fields: Fields }
  /** n:1: the one matching row of another file. */
  | { readonly kind: 'one'; readonly join: Join }
  /** 1:n: all matching rows of another file. */
  | { readonly kind: 'many'; readonly join: Join; readonly sort: readonly string[] }

export interface Join {
  readonly file: DataFile
  /** Column of the other file. */
  readonly theirs: string
  /** Column of this file. */
  readonly ours: string
  /** What a key without a match means. */
  readonly missing: 'fault' | 'absent'
  /** Absent: all columns under their own names. */
  readonly fields?: Fields
}
