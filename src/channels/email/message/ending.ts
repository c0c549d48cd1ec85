/** Mail addresses whose domain ends in what no domain does, as `anna@gmail.con`: what is sent there comes back, or is lost. */
import { domainToUnicode } from 'node:url'
import { endings, quote, type Remark } from '../../../model/index.ts'
import { nearest } from '../../../schema/index.ts'

/** Kept for tests and for networks of one's own (RFC 2606, 6761, 6762 appendix G, 8375): nobody mistypes these. */
const own = new Set('alt corp example home internal intranet invalid lan local localhost onion private test'.split(' '))

/** What most addresses end in, and slips of more than two letters are made of. */
const usual = ['com', 'org', 'net', 'info']

/** Of an address that is one. No fault: new endings come every year, and the list is as old as this version. */
export function remarkOnEnding(to: string): Remark | undefined {
  const written = to
    .slice(to.lastIndexOf('.') + 1)
    .trim()
    .toLowerCase()
  if (endings.has(written) || own.has(written)) return undefined
  const ending = domainToUnicode(written)
  if (endings.has(ending)) return undefined
  const near = ending.length > 2 ? nearest(ending, usual) : undefined
  return {
    code: 'email.recipient',
    what: `{pieces} to an address that ends in ${quote(`.${ending}`)}, which is no top-level domain: nothing arrives there`,
    hint: `mend the data${near === undefined ? '' : `: .${near} is most likely meant`}; what goes to such an address comes back at best`,
    inRows: true,
  }
}
