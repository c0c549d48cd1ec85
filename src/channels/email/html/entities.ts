/** Character references as a mail program reads them. */
import { Parser } from 'htmlparser2'

/** Those that nearly all are. */
const usual: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': '\u00A0',
  '&#x27;': "'",
}

/** Text or an attribute's value without markup, its references decoded once: those of HTML, and numbers also where they have no end. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x[\da-f]+;?|#\d+;?|\w+;)/gi, found => usual[found] ?? decoded(found))
}

function decoded(reference: string): string {
  let text = ''
  const parser = new Parser({
    ontext(piece) {
      text += piece
    },
  })
  parser.end(reference)
  return text
}
