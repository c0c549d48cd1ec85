/** What is worth knowing of a text message before it is paid for: what makes it dear, how near it is to its budget, who cannot answer. */
import { type Data, quote, type Remark } from '../../model/index.ts'
import { whyDear } from './dear.ts'
import type { Elsewhere } from './dialled.ts'
import { type Kind, kinds } from './kind.ts'
import type { Mended } from './mend.ts'
import type { Terms } from './settings.ts'

/** A message that is as good as full: the next longer name or amount does not fit. */
const nearlyFull = 0.9

export interface Sent extends Mended {
  readonly from: string
  /** What becomes of its letters where it goes. */
  readonly letters: 'register' | 'hidden' | undefined
  readonly country: string | undefined
  /** What its number is, where it is no telephone in a pocket. */
  readonly kind: Kind | undefined
  /** Where its number perhaps is one of, though it was dialled at home. */
  readonly elsewhere: Elsewhere | undefined
  readonly locale: string
  readonly data: Data
  /** What is sent as it stands, whatever it costs. */
  readonly exact: readonly string[]
}

export function remarksOn(sent: Sent, terms: Terms): readonly Remark[] {
  const { counted, from, letters, country, kind, elsewhere } = sent
  const remarks: Remark[] = []
  const dear = whyDear(sent, terms.shift)
  if (dear !== undefined) remarks.push(dear)
  if (terms.budgeted && counted.parts === terms.budget && counted.units > nearlyFull * counted.room) {
    remarks.push({
      code: 'sms.near',
      what: `{pieces} ${counted.encoding === 'UCS-2' ? 'in UCS-2 ' : ''}with less than 10 % of ${terms.budget === 1 ? 'the one part' : `the ${terms.budget} parts`} left`,
      hint: 'a longer name or amount becomes a reject: shorten the wording, or raise parts in the template or job',
      inRows: true,
    })
  }
  if (elsewhere !== undefined) {
    const { home, country: other, path, empty } = elsewhere
    const unsaid = empty === undefined ? 'nobody says where' : `nothing stands in ${empty}`
    remarks.push({
      code: 'sms.recipient',
      what: `{pieces} to a number without +, dialled in ${home} since ${unsaid}, though the recipient's ${path === undefined ? 'locale' : 'address'} is of ${other}: it may be a stranger's`,
      hint:
        empty === undefined
          ? `say where such numbers are dialled: channels: { sms: { country: ${path ?? home} } } (a country, or a path into the data), or write them with +`
          : `bring ${empty}, where channels.sms.country looks for the country${path === undefined ? '' : ` (${path} holds one)`}, or write them with +`,
      inRows: true,
    })
  }
  if (kind !== undefined) {
    remarks.push({
      code: 'sms.recipient',
      what: `{pieces} to ${kinds[kind]} of ${country}, where it may never be read`,
      hint: 'ask for mobile numbers, or route them to another channel: empty the field in clean.js',
      inRows: true,
    })
  }
  if (letters === 'hidden') {
    remarks.push({
      code: 'sms.sender',
      what: `{pieces} to ${country} cannot show ${quote(from)} as sender`,
      hint: `ask the gateway for a number or short code there, and name it in brand.yaml: sms: { countries: { ${country}: { sender: … } } }`,
    })
  } else if (letters === 'register') {
    remarks.push({
      code: 'sms.sender',
      what: `{pieces} to ${country}, where ${quote(from)} is shown as sender only once it is registered`,
      hint: `register it through the gateway, and say so in brand.yaml: sms: { countries: { ${country}: { letters: shown } } }`,
    })
  }
  return remarks
}
