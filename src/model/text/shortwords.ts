/** What is written short with a full stop inside and ends as hosts do (`C.so Italia`, `dr n.med. Nowak`): each exact, and only as people write it. */

/** Words of streets, courtesies and companies that Italian and French letters contract: a capital, and what they belong to behind. */
const contracted = new Set(
  'amm.ne ass.ne c.ie c.so circ.ne comm.ne fond.ne int.no lung.re m.me n.ro p.za pal.na reg.ne s.to sig.na staz.ne trav.sa'.split(
    ' ',
  ),
)

/** Before a figure, in small letters too. */
const counted = new Set(['int.no', 'n.ro'])

/** In small letters but the first, with a stop behind: Polish and German titles and phrases, and Ukrainian ones as a mend writes them. */
const stopped = new Set('i.gr l.dz m.in m.st med.vet n.med n.pr pl.im prosp.im r.pr t.ch t.in ul.im vul.im'.split(' '))

/** From one day to another: `Mo.Fr 8-17`. */
const days = /^(?:(?:Mo|Di|Mi|Do|Fr|Sa|So)\.)+(?:Mo|Di|Mi|Do|Fr|Sa|So)$|^(?:(?:Pn|Wt|Śr|Sr|Cz)\.)+Pt$/

/** A name or a figure, also behind its small words: `di Porta Romana`, `d’Italia`, `de la Paz`. */
const leadsToName =
  /^\.?\s+(?:(?:d(?:[aiou]|el?|ei|es|en|er|egli|ell[aeo])|l[aeo]s?|el|y|sur)\s|d(?:ell)?['’]|l['’])*(?:\p{Lu}|\d)/u

/** Whether a name follows in the text. */
export function isBeforeName(rest: string): boolean {
  return leadsToName.test(rest)
}

/** Whether words with full stops between them are days. */
export function areDays(words: string): boolean {
  return days.test(words)
}

/** Whether two words with a full stop between them are written short. `rest`: what follows them in the text. */
export function isShort(words: string, rest: string): boolean {
  const small = words.toLowerCase()
  if (counted.has(small) && /^\.?\s\d/.test(rest)) return true
  if (contracted.has(small)) return /^\p{Lu}/u.test(words) && isBeforeName(rest)
  return stopped.has(small) && rest.startsWith('.') && words.slice(1) === small.slice(1)
}
