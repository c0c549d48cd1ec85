/** Rules of style sheets that are not read whole, or hold for some readers alone, in the words of a hint. */

const most = 2

/** What a hint says of the rules that are taken to hide what is missing, each as it is written, with its place; nothing where there is none. */
export function hintGuessed(rules: readonly string[] = []): string {
  if (rules.length === 0) return ''
  const more = rules.length > most ? ` and ${rules.length - most} more` : ''
  const one = rules.length === 1
  return `; ${one ? 'a rule that is' : 'rules that are'} not read whole, or hold${one ? 's' : ''} for some readers alone, may hide it: ${rules.slice(0, most).join(', ')}${more}; write classes in place of what is like :nth-child(2), and hide nothing that has to be read`
}
