/** The brand: names, colours, type, images, senders and shared wording. Plain data, so that workers can be handed a copy. */
import type { Source, Wording } from './kit.ts'

export interface Brand {
  readonly name: string
  /** Default locale (BCP 47), used where a recipient has none. */
  readonly locale: string
  /** Default currency (ISO 4217). */
  readonly currency: string
  /** IANA time zone; decides which day it is when a run starts. */
  readonly timezone: string
  /** Colour names to `#RRGGBB`. */
  readonly colors: Readonly<Record<string, string>>
  /** Type families by name; `text` is always there. */
  readonly fonts: Readonly<Record<string, FontFamily>>
  /** Colours of dark mail, by names of `colors`: `#RRGGBB`. Absent: mail looks the same in the dark. */
  readonly dark?: Readonly<Record<string, string>>
  /** Bundles of attributes by class name; colours may be names of `colors`. `total.email` is laid over `total` in mail. */
  readonly classes: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Images by name, prepared for print and for mail. */
  readonly images: Readonly<Record<string, BrandImage>>
  /** Files that are enclosed as they are, by name. Absent: none. */
  readonly files?: Readonly<Record<string, BrandFile>>
  readonly senders: Senders
  /** Blocks for all templates, by name: `legal`, `legal.pdf`, `legal.email`. */
  readonly partials: Readonly<Record<string, Source>>
  /** Wording for all templates. */
  readonly wording: Wording
  /** Free values for templates: `{{brand.company.iban}}`. Text only, by dotted path. */
  readonly company: Readonly<Record<string, string | readonly string[]>>
  /** How the brand speaks, by language. */
  readonly style?: Readonly<Record<string, SpeechStyle>>
  /** By channel, the key of the wording that every template has to say on it. */
  readonly legal?: Readonly<Record<string, string>>
  /** What pieces cost whoever sends them. */
  readonly prices?: Prices
  /** Which inboxes mail is held against; absent: the usual ones, and nothing accepted. */
  readonly mail?: InboxRules
  /** What the brand knows of countries that it sends text messages to; absent: nothing of its own. */
  readonly sms?: SmsRules
}

export interface SmsRules {
  /** By ISO 3166-1 alpha-2. */
  readonly countries: Readonly<Record<string, SmsCountry>>
}

export interface SmsCountry {
  /** Who writes to it, instead of `senders.sms`: at most 11 Latin letters or digits, or a number. */
  readonly sender?: string
  /** What becomes of a sender in letters there; before the table that Platen has. `shown`: also, that it is registered. */
  readonly letters?: 'shown' | 'register' | 'hidden'
  /** What a message that sells has to say there: `STOP 36063`. */
  readonly optOut?: string
}

export interface InboxRules {
  readonly clients?: readonly MailClient[]
  /** Warnings about mail that the brand lives with. */
  readonly accept?: readonly MailWarning[]
}

/** Mail programs that a brand can list. `outlook-windows` is the classic one, which shows mail as Word does. */
export const mailClients = [
  'aol',
  'apple-mail',
  'fastmail',
  'gmail',
  'gmx',
  'hey',
  'ionos-1and1',
  'laposte',
  'mail-ru',
  'orange',
  'outlook',
  'outlook-windows',
  'protonmail',
  'samsung-email',
  'sfr',
  'thunderbird',
  'web-de',
  'yahoo',
] as const

export type MailClient = (typeof mailClients)[number]

/** Codes of what `check` warns of in mail. */
export const mailWarnings = ['email.alt', 'email.contrast', 'email.length', 'email.remote', 'email.support'] as const

export type MailWarning = (typeof mailWarnings)[number]

/** The price list of the printer, the post and the gateways. */
export interface Prices {
  /** ISO 4217. */
  readonly currency: string
  readonly channels: Readonly<Record<string, ChannelPrices>>
}

/** Prices as decimal text; by country (ISO 3166-1 alpha-2, or `other`) where they differ. */
export interface ChannelPrices {
  readonly piece?: Price
  readonly page?: Price
  readonly part?: Price
}

export type Price = string | Readonly<Record<string, string>>

/** Rules of style for one language; `*` has those for all. */
export interface SpeechStyle {
  /** The word to use -> the words it stands instead of. */
  readonly prefer?: Readonly<Record<string, readonly string[]>>
  /** Words that are never used. `Faktur*` is all words that begin so. */
  readonly avoid?: readonly string[]
  /** Names that are spelled so and not otherwise: `Home 500`, `e-mail`. */
  readonly spelling?: readonly string[]
  /** Form of address: `Sie`, `Ви`. */
  readonly address?: string
  readonly maxWordsPerSentence?: number
}

export interface FontFamily {
  readonly regular: FontFile
  readonly bold?: FontFile
  readonly italic?: FontFile
  readonly boldItalic?: FontFile
  /** Families asked in order for characters that the family lacks. */
  readonly fallback: readonly FontFile[]
  /** CSS font-family list that mail asks for; absent: the mail program's sans-serif. */
  readonly mail?: string
}

export interface FontFile {
  /** The path as the user would type it. */
  readonly file: string
  /** OpenType or TrueType bytes. */
  readonly bytes: Uint8Array
}

export interface BrandFile {
  /** The path inside the brand's folder. */
  readonly file: string
  readonly bytes: Uint8Array
  /** `application/pdf`, by the extension of its name. */
  readonly mediaType: string
}

export interface BrandImage {
  readonly file: string
  /** Flattened on white where it had alpha, at print resolution. */
  readonly print: ImageBytes
  /** At twice the size it is shown in mail; transparent where it is seen on a dark ground, too. */
  readonly mail: ImageBytes
  /** Its source, where it is an SVG: for channels that draw. It may say anything, and name files and addresses. */
  readonly svg?: string
}

export interface ImageBytes {
  readonly bytes: Uint8Array
  readonly format: 'png' | 'jpeg'
  readonly widthPx: number
  readonly heightPx: number
  /** The size at which it is meant to be shown, in CSS pixels (1/96 inch). */
  readonly naturalWidthPx: number
}

export interface Senders {
  readonly email?: { readonly name: string; readonly address: string; readonly replyTo?: string }
  /** Alphanumeric sender id, at most 11 characters, or a number. */
  readonly sms?: string
}
