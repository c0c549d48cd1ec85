/** A template: how one kind of document looks on each channel, and which data it needs. Plain data. */
import type { Purpose } from './channel.ts'
import type { Source, Wording } from './kit.ts'
import type { Data, JsonSchema } from './value.ts'

export interface Template {
  readonly name: string
  /** template.yaml, as the user would type it. */
  readonly file: string
  readonly version: number
  /** A document's identity: `ever` = (template, id), `period` = (template, id, period). */
  readonly once: 'ever' | 'period'
  /** What it is for; absent: service. What sells goes only to those who agreed. */
  readonly purpose?: Purpose
  /** Where the data says that the recipient agreed to be written to: a path to true or false, or to a list of channels. */
  readonly consent?: string
  /** An ISO 4217 code, or a dotted path into the data where it stands; absent: the brand's. */
  readonly currency?: string
  /** Dotted paths into the data. */
  readonly recipient: RecipientPaths
  readonly facts: readonly FactRule[]
  /** Settings per channel name, checked by the channel's own schema. */
  readonly channels: Readonly<Record<string, Data>>
  readonly schema: JsonSchema
  readonly schemaFile: string
  /** prepare.js, if there is one. */
  readonly prepare?: Source
  /** Channel sources by file name inside the template's folder: `pdf.hbs`, `email.mjml.hbs`, `sms.hbs`. */
  readonly sources: Readonly<Record<string, Source>>
  readonly wording: Wording
  /** samples/*.json by name, in the order of names. */
  readonly samples: Readonly<Record<string, Source>>
}

export interface RecipientPaths {
  readonly name?: string
  readonly address?: string
  readonly email?: string
  readonly phone?: string
  readonly locale?: string
}

/** A named value that must be the same on every channel that shows it. */
export interface FactRule {
  readonly name: string
  /** Dotted path into the data. */
  readonly value: string
  readonly as: 'money' | 'number' | 'date' | 'percent' | 'text'
  /** Channel names that show it. */
  readonly on: readonly string[]
  /** Whether it identifies this communication among all others of a run. */
  readonly identity: boolean
}
