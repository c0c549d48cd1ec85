/** Which text a tree came from, so that a fault at merging can name the place in the file that the user wrote. */
import type { Fault, Source, Template } from '../model/index.ts'
import type { Unshowable } from './formats.ts'
import { type Loc, placeOf } from './tree.ts'

export interface Origins {
  /** Takes a text in and gives the name that locations in its tree carry. `verbatim`: as the file has it; else it is compared. */
  readonly add: (source: Source, options?: { readonly verbatim: boolean }) => string
  /** A fault found in that text: without line and column if a channel has changed the text. */
  readonly placed: (fault: Fault, name: string) => Fault
  /** What stopped a merge. The expression is quoted as the template has it, never the value: it may be private. */
  readonly fault: (error: Unshowable, at: Loc | undefined) => Fault
}

export function openOrigins(template: Pick<Template, 'file' | 'sources'>): Origins {
  const texts = new Map<string, { readonly source: Source; readonly verbatim: boolean }>()
  return {
    add(source, options) {
      const name = String(texts.size + 1)
      const same = Object.values(template.sources).some(written => written.text === source.text)
      texts.set(name, { source, verbatim: options?.verbatim ?? same })
      return name
    },
    placed(fault, name) {
      const text = texts.get(name)
      return text === undefined || text.verbatim ? fault : { ...fault, place: { file: text.source.file } }
    },
    fault(error, at) {
      const text = at === undefined ? undefined : texts.get((at as Loc & { readonly source?: string }).source ?? '')
      const hint = { hint: error.hint ?? 'mend the data, or let schema.json refuse what cannot be shown' }
      if (at === undefined || text === undefined) {
        return { code: 'template.value', message: `a value ${error.message}`, place: { file: template.file }, ...hint }
      }
      const { source, verbatim } = text
      const place = verbatim ? placeOf(source.file, at) : { file: source.file }
      return { code: 'template.value', message: `${expressionAt(source.text, at)} ${error.message}`, place, ...hint }
    },
  }
}

function expressionAt(text: string, { start, end }: Loc): string {
  const lines = text.split('\n').slice(start.line - 1, end.line)
  const last = lines.length - 1
  if (last < 0) return 'a value'
  lines[last] = (lines[last] as string).slice(0, end.column)
  lines[0] = (lines[0] as string).slice(start.column)
  const expression = lines.join(' ').replace(/\s+/g, ' ')
  const head = expression.startsWith('{{#') ? expression.slice(0, expression.indexOf('}}') + 2) : expression
  return head.length > 80 ? `${head.slice(0, 79)}…` : head
}
