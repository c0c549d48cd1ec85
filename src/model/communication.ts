/** A communication: what has to be said to one recipient. Usually one invoice, statement or notice. */

import type { Period } from './job.ts'
import type { Data } from './value.ts'

export interface Communication {
  /** The key's text: unique in the run, and what file names are made from. */
  readonly id: string
  /** BCP 47; decides wording and formats. */
  readonly locale: string
  readonly recipient: Recipient
  /** Checked data: as the template's schema says, after `prepare`. */
  readonly data: Data
  /** Texts of the data that prepare.js brought in, and the rows did not have; absent: none. They are no proof of whose they are. */
  readonly brought?: readonly string[]
}

/** The recipient, as template.yaml maps it. */
export interface Recipient {
  readonly name?: string
  /** Address block, a line each. */
  readonly address?: readonly string[]
  readonly email?: string
  readonly phone?: string
  readonly locale?: string
}

/** What templates, scripts and rules see as `run`: fixed at the start, the same for every communication. */
export interface RunView {
  readonly name: string
  readonly period?: Period
  /** The run's fixed date, ISO 8601. The clock never chooses it again. */
  readonly date: string
  readonly set: Readonly<Record<string, string>>
}
