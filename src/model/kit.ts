/** The kit: the files a run is made from, read once, so that what is checked, named in faults and frozen are the same bytes. */

export interface KitFile {
  /** Name inside the kit, with slashes: `templates/invoice/pdf.hbs`. */
  readonly name: string
  /** The path as the user would type it, for faults. */
  readonly shown: string
  readonly bytes: Uint8Array
}

/**
 * Kit files by name: `job/<file>.yaml`, scripts and control files beside it as `job/...`, `templates/<name>/...`, `assets/...`.
 * Rooms read the kit and never the disk.
 */
export type Kit = ReadonlyMap<string, KitFile>

/** A text file of the kit: a template source, wording, or the text of a script. */
export interface Source {
  /** The path as the user would type it, for faults. */
  readonly file: string
  readonly text: string
}

/** Wording by locale, then by key: ICU MessageFormat text, with the file each locale came from. */
export type Wording = Readonly<Record<string, LocaleWording>>

export interface LocaleWording {
  readonly file: string
  readonly texts: Readonly<Record<string, string>>
  /** Where each key stands in the file, for faults; absent: nowhere. */
  readonly places?: Readonly<Record<string, { readonly line: number; readonly column: number }>>
}

/** A part of an ICU text as its parser reads it: text, a value by its name (also as `#`), or a choice between texts. */
export type TextPart = string | TextValue | TextChoice

export interface TextValue {
  readonly name: string
}

export interface TextChoice extends TextValue {
  readonly options: readonly (readonly TextPart[])[]
  /** Where it is by a number. */
  readonly plural?: {
    /** First, second, third, … instead of one, two, three. */
    readonly ordinal: boolean
    /** As they are written: `=0`, `one`, `other`. */
    readonly forms: readonly string[]
  }
}
