/** What a merged mail still has to have done to it because of partials: they are merged after MJML, as they were written. */
import type { Brand } from '../../../model/index.ts'
import { dropComments } from '../tags/comments.ts'
import { hexStyles } from './colors.ts'

/** The steps that the brand's partials make needed: most brands need none, and a mail is merged in microseconds. */
export function openFinishing({ partials }: Pick<Brand, 'partials'>): (html: string) => string {
  const texts = Object.entries(partials).flatMap(([name, { text }]) => (name.endsWith('.pdf') ? [] : [text]))
  const steps = [dropComments, hexStyles].filter(step => texts.some(text => step(text) !== text))
  return html => steps.reduce((finished, step) => step(finished), html)
}
