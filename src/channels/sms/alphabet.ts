/** The GSM 7 bit alphabets (3GPP TS 23.038 §6.2.1 and annex A): the default one, its extension, and national tables beside them. */

/** Languages whose national tables are known here: those of our languages' neighbours in Europe and South America. */
export const shifts = ['turkish', 'spanish', 'portuguese'] as const
export type Shift = (typeof shifts)[number]

/** Septets that a character takes, by UTF-16 unit: 1 in the main table, 2 behind an escape, 0 where it has none. */
export interface Alphabet {
  readonly septets: Uint8Array
  /** National tables that a message in it has to name in each part's header (TS 23.040 §9.2.3.24.15): they take room. */
  readonly tables: readonly ('single' | 'locking')[]
  /** Septets that a single message holds, and each part of a longer one. */
  readonly alone: number
  readonly each: number
}

const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extension = '\f^{}\\[~]|€'

/** Annex A.2: what may stand behind an escape instead of the extension. */
const single: Readonly<Record<Shift, string>> = {
  turkish: `${extension}ĞİŞçğış`,
  spanish: `${extension}çÁÍÓÚáíóú`,
  portuguese: `${extension}êçÔôÁáΦΓΩΠΨΣΘÊÀÍÓÚÃÕÂíóúãõâ`,
}

/** Annex A.3: what may stand instead of the default alphabet. Spanish has none. */
const locking: Readonly<Partial<Record<Shift, string>>> = {
  turkish:
    '@£$¥€éùıòÇ\nĞğ\rÅåΔ_ΦΓΛΩΠΨΣΘΞŞşßÉ !"#¤%&\'()*+,-./0123456789:;<=>?İABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§çabcdefghijklmnopqrstuvwxyzäöñüà',
  portuguese:
    '@£$¥êéúíóç\nÔô\rÁáΔ_ªÇÀ∞^\\€Ó|ÂâÊÉ !"#º%&\'()*+,-./0123456789:;<=>?ÍABCDEFGHIJKLMNOPQRSTUVWXYZÃÕÚÜ§~abcdefghijklmnopqrstuvwxyzãõ`üà',
}

/** The default alphabet with its extension: what every telephone reads. */
export const gsm: Alphabet = alphabet(basic, extension, [])

/** The alphabets that a message may be written in where a language's tables are told: the default one first. */
export function alphabetsOf(shift: Shift | undefined): readonly Alphabet[] {
  return shift === undefined ? [gsm] : (national.get(shift) ?? [gsm])
}

const national: ReadonlyMap<Shift, readonly Alphabet[]> = new Map(
  shifts.map(language => {
    const locked = locking[language]
    const both =
      locked === undefined
        ? []
        : [alphabet(locked, extension, ['locking']), alphabet(locked, single[language], ['single', 'locking'])]
    return [language, [gsm, alphabet(basic, single[language], ['single']), ...both]]
  }),
)

function alphabet(main: string, escaped: string, tables: Alphabet['tables']): Alphabet {
  // Up to the infinity sign of the Portuguese table, which lies highest.
  const septets = new Uint8Array(0x221f)
  for (const character of escaped) septets[character.charCodeAt(0)] = 2
  for (const character of main) septets[character.charCodeAt(0)] = 1
  const octets = tables.length * 3
  return { septets, tables, alone: room(octets), each: room(octets + 5) }
}

/** Septets in the 140 octets of a message, beside a header: its length, then three octets for each table and five for the place of a part. */
function room(header: number): number {
  return Math.floor(((140 - (header === 0 ? 0 : header + 1)) * 8) / 7)
}

/** Whether an alphabet has a character. */
export function isIn(character: string, { septets }: Alphabet): boolean {
  return character.length === 1 && (septets[character.charCodeAt(0)] ?? 0) > 0
}

/** The alphabets that a text may be written in, those first that lack the fewest of its characters. */
export function nearest(text: string, shift: Shift | undefined): readonly Alphabet[] {
  const all = alphabetsOf(shift)
  if (all.length === 1) return all
  const lacks = new Map(all.map(alphabet => [alphabet, lackedBy(alphabet, text).length]))
  return [...all].sort((one, other) => (lacks.get(one) ?? 0) - (lacks.get(other) ?? 0))
}

/** What stands in the way of a text: the characters, in order, that even the nearest alphabet lacks. */
export function unlikeIn(text: string, shift: Shift | undefined): readonly string[] {
  return lackedBy(nearest(text, shift)[0] ?? gsm, text)
}

function lackedBy(alphabet: Alphabet, text: string): readonly string[] {
  return [...text].filter(character => !isIn(character, alphabet))
}
