/** The GSM 7 bit default alphabet and its extension table (3GPP TS 23.038 §6.2.1). */

const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extension = '\f^{}\\[~]|€'

const septets: ReadonlyMap<string, number> = new Map([
  ...[...basic].map(character => [character, 1] as const),
  ...[...extension].map(character => [character, 2] as const),
])

/** Septets that a character takes: 1 in the basic table, 2 in the extension table, undefined where GSM-7 lacks it. */
export function septetsOf(character: string): number | undefined {
  return septets.get(character)
}

/** Every character that GSM-7 can say. */
export const gsmCharacters: readonly string[] = [...septets.keys()]
