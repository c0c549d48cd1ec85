/** Mail addresses whose domain ends in what no domain does, as `anna@gmail.con`: what is sent there comes back, or is lost. */
import { domainToUnicode } from 'node:url'
import { endings, quote, type Remark } from '../../../model/index.ts'
import { nearest } from '../../../schema/index.ts'

/** Kept for tests and for networks of one's own (RFC 2606, 6761, 6762 appendix G, 8375): nobody mistypes these. */
const own = new Set('alt corp example home internal intranet invalid lan local localhost onion private test'.split(' '))

/** What most addresses end in, and most slips are made of. */
const usual = ['com', 'org', 'net', 'info', 'de', 'pl', 'ua', 'uk', 'fr', 'it', 'es', 'eu', 'at', 'ch', 'cz', 'nl']

/** No fault: new endings come every year, and the list is as old as this version. */
export function remarkOnEnding(to: string): Remark | undefined {
  const ending = domainToUnicode(to.slice(to.lastIndexOf('.') + 1)).toLowerCase()
  if (endings.has(ending) || own.has(ending)) return undefined
  const near =
    ending.length > 2
      ? nearest(
          ending,
          usual.filter(({ length }) => length > 2),
        )
      : undefined
  return {
    code: 'email.recipient',
    what: `{pieces} to an address that ends in ${quote(`.${ending}`)}, which is no top-level domain: nothing arrives there`,
    hint: `${near === undefined ? 'mend the data' : `mend the data: .${near} is most likely meant`}; what goes to such an address comes back at best`,
    inRows: true,
  }
}
