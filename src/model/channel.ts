/** The contract that PDF, e-mail, SMS, and any channel from outside, implement. */
import type { Brand } from './brand.ts'
import type { FaultCode } from './codes.ts'
import type { Communication } from './communication.ts'
import type { Fault, Result } from './fault.ts'
import type { Source } from './kit.ts'
import type { Piece } from './piece.ts'
import type { RecipientPaths } from './template.ts'
import type { Data, JsonSchema } from './value.ts'

/** How merged values are escaped: for XML markup, for HTML, or not at all. */
export type Escape = 'markup' | 'html' | 'none'

export interface Channel {
  /** As jobs name it. */
  readonly name: string
  /** Files of a template's folder that it takes; the first must be there. */
  readonly files: readonly string[]
  /** Those of them that nobody reads, such as an address. */
  readonly unread?: readonly string[]
  /** Those of them that are one address each: where it leads the data never says. */
  readonly addresses?: readonly string[]
  /** How merged values are escaped in those files. */
  readonly escape: Escape
  /** JSON Schema of its settings in job and template (merged, the job's win). */
  readonly settings: JsonSchema
  /** Names of settings that name another channel whose piece is enclosed: `['attach']`. */
  readonly encloses: readonly string[]
  /** Paths into the data that settings name, by setting: they must lead somewhere. Absent: none does. */
  readonly paths?: (settings: Data) => Readonly<Record<string, string>>
  /** What its messages have to say, by what the template is for, in the words of wording, template or brand. Absent: nothing. */
  readonly demands?: (settings: Data, purpose: Purpose) => Demanded | undefined
  /** Folder of its pieces inside a lot, and the extension of their files; `lines`: all pieces of a lot share that file, a line each. */
  readonly output:
    | { readonly folder: string; readonly extension: string }
    | { readonly folder: string; readonly lines: string }
  /**
   * Whether the bytes of each piece fill memory of their own, of which the channel keeps nothing once it gave them away: when they are
   * filed that memory is given back, and reads as nothing from then on. Absent: it may be somebody else's, too.
   */
  readonly ownBytes?: true
  /** The recipient's address that it needs, if it needs one. */
  readonly address?: 'email' | 'phone' | 'address'
  /**
   * An address as people write it, in the form that `addressOf` gives; undefined: none that the channel could send to. `country`: where
   * numbers are dialled that name none. Absent: the address as it stands.
   */
  readonly normalAddress?: (written: string, options: { readonly country?: string | undefined }) => string | undefined
  /** Other forms that `normalAddress` gave to spellings of an address before: suppression lists that were hashed then hold them. Absent: none. */
  readonly formerAddresses?: (address: string) => readonly string[]
  /** Once per template, in the conductor: whatever can be made or found wrong without a communication. */
  readonly prepare: (request: PrepareRequest) => Promise<Result<Prepared>>
  /** Once per worker. */
  readonly open: (prepared: Prepared, request: OpenRequest) => Promise<OpenChannel>
}

/** Words of which each message has to say one, whatever the data is; another one for other recipients. */
export interface Demanded {
  readonly anyOf: readonly string[]
  /** That of a message without them. */
  readonly code: FaultCode
}

export interface PrepareRequest {
  readonly sources: Readonly<Record<string, Source>>
  readonly settings: Data
  readonly brand: Brand
  /** What the template is for; absent: service. */
  readonly purpose?: Purpose
}

/** Why somebody is written to: because of a contract, or to sell something. */
export type Purpose = 'service' | 'marketing'

/** What `prepare` hands to the workers; survives structured clone. */
export interface Prepared {
  /** Texts to merge for each communication, by name, each with its own escaping. */
  readonly texts: Readonly<Record<string, MergeText>>
  /** What would read worse than its author thinks, found without a communication; absent: nothing. */
  readonly warnings?: readonly Fault[]
  /**
   * What readers get to see of a template's file, or of a partial, tags of Handlebars in place, by the name that faults give the file: one
   * for each way that a piece may be looked at, such as in a wide window and in a narrow one. Absent: all that its markup shows.
   */
  readonly seen?: readonly Readonly<Record<string, string>>[]
  /** For each of these ways, rules of style sheets that are taken to hide something and may not, as they are written, with their places. */
  readonly guessed?: readonly (readonly string[])[]
  /** Whatever else the channel wants to have at `open`. */
  readonly kept?: unknown
}

export interface MergeText extends Source {
  readonly escape: Escape
  /** Whether the channel sets bare text into lines and columns once it is merged, by tabs and signs of its own: values then have none. */
  readonly laidOut?: true
}

export interface OpenRequest {
  readonly brand: Brand
  readonly settings: Data
  /** What the template is for; absent: service. */
  readonly purpose?: Purpose
  /** Where the recipient stands in the data; absent: nobody says. */
  readonly recipient?: RecipientPaths
}

export interface OpenChannel {
  /** Finishes one piece. Same request, same bytes. Never throws for what data can cause. Many may be rendered before the first is read. */
  readonly render: (request: RenderRequest) => Promise<Result<Piece>>
  /**
   * The text a recipient reads in finished bytes, in reading order. Shares no code with `render`. What opens bytes that are encrypted
   * stands in the communication.
   */
  readonly read: (bytes: Uint8Array, options?: { readonly communication?: Communication }) => Promise<string>
  /**
   * The same, text by text, where a piece shows the recipient more than one, encloses others, leads somewhere, or says where it goes.
   * Absent: what `read` gives is the one text, and nothing else is in it.
   */
  readonly readApart?: (bytes: Uint8Array, options?: { readonly communication?: Communication }) => Promise<ReadApart>
  /** Other ways in which the channel writes a text on purpose, such as in Latin letters: a fact may read so. Absent: none. */
  readonly respell?: (text: string, locale: string) => readonly string[]
  /**
   * What is known to stand in a piece's way without rendering it: a bad address, too many parts. Absent: nothing. This, `remarks`, `leaveOf`
   * and `addressOf` are asked in any thread, and what they give survives structured clone.
   */
  readonly refuses?: (request: ForeseeRequest) => readonly Fault[]
  /** What is worth knowing of a piece before it is sent and paid for. Absent: nothing. */
  readonly remarks?: (request: ForeseeRequest) => readonly Remark[]
  /** Where a piece would go, in the form that two spellings of one address share; undefined: nowhere. Absent: the address as it stands. */
  readonly addressOf?: (communication: Communication) => string | undefined
  /** Where the recipient of a piece, and nobody else, takes himself off the list. Absent: nowhere, or where all others do. */
  readonly leaveOf?: (request: ForeseeRequest) => string | undefined
  /** Characters of a text that the channel has no way to show, each once; absent: it can show all. */
  readonly lacks?: (text: string) => readonly string[]
  /** How a finished piece looks to who gets it, for proofs; fails where this machine cannot show it. Absent: it is looked at as it is. */
  readonly pictures?: (bytes: Uint8Array) => Promise<Result<readonly Picture[]>>
  readonly close: () => Promise<void>
}

/** A piece, seen in one way. */
export interface Picture {
  /** `375-dark`: goes into the name of its file. */
  readonly name: string
  /** PNG. */
  readonly bytes: Uint8Array
  /** By how many pixels the piece is wider than what it is seen on: its ends are out of sight. */
  readonly tooWidePx?: number
}

/** What stands in finished bytes, each by itself. */
export interface ReadApart {
  readonly texts: readonly {
    /** The name of the merged text that it comes from: `subject`, `text`, `html`; `unseen` for what is in one and nobody sees. */
    readonly name: string
    readonly text: string
    /** Whether it says all that the channel has to say; a subject says some of it. */
    readonly whole: boolean
  }[]
  /** Bytes of the pieces that are enclosed, in order. */
  readonly enclosed: readonly Uint8Array[]
  /** Where the bytes say that it goes: what `addressOf` gives for its communication. Absent: they do not say. */
  readonly to?: string
  /** What is led to without being read: addresses of links. Absent: nothing. */
  readonly links?: readonly string[]
}

/** What is worth knowing of a piece; `check` and `run` count those that are alike and say them once. Holds no personal data. */
export interface Remark {
  readonly code: FaultCode
  /** In words, with `{pieces}` for how many it is true of: `letters of Cyrillic make {pieces} longer`. */
  readonly what: string
  readonly hint: string
  /** Letters that a message is too long by: those of all that are alike stand for `{excess}`, from least to most. */
  readonly excess?: number
  /** How large or how long the piece is: of those that are alike only the one with most is told, the first of these, as `{id}` and `{most}`. */
  readonly most?: number
  /** The file that is at fault; absent: the template's. */
  readonly file?: string
  /** Whether its cause stands in the communication's rows, so that somebody will look for them; absent: it does not. */
  readonly inRows?: boolean
  /** Parts that would not be paid for without it, at the price of this country. */
  readonly extra?: { readonly parts: number; readonly country?: string }
}

export interface RenderRequest {
  readonly communication: Communication
  /** The run's fixed date, ISO 8601. */
  readonly date: string
  /** Merged texts, by the names that `prepare` gave them. */
  readonly texts: Readonly<Record<string, string>>
  /** The same texts of the communication as it would be with other data; undefined where they cannot be merged. Absent: nobody can say. */
  readonly retell?: (other: Communication) => Readonly<Record<string, string>> | undefined
  /** What identities that are text show: a channel that writes otherwise on purpose leaves these as they are. Absent: none. */
  readonly exact?: readonly string[]
  /** Whether the run that this piece is made for asked `refuses` about all of its communications just now, with this kit, and makes only those that it had nothing against: then that is not looked for again. Absent: it is. */
  readonly foreseen?: boolean
  /** Pieces of other channels to be enclosed, by channel name. */
  readonly enclosed: Readonly<Record<string, Enclosure>>
}

/** What is asked before a piece is made, and decides whether it is. */
export type ForeseeRequest = Omit<RenderRequest, 'enclosed' | 'foreseen'>

export interface Enclosure {
  /** Its bytes are read only, and hold until `render` has ended: who keeps them makes a copy. */
  readonly piece: Piece
  /** Name that the recipient sees: `Invoice-of-9-March-2026-No-417.pdf`. */
  readonly fileName: string
  /** Hex SHA-256 of its bytes, for who needs it; absent: nobody has made it yet. */
  readonly sha256?: string
}
