/** Blocks choose how elements look, and which are there: each way that a text can be looked at is in one of the mails to measure. */
import { Parser } from 'htmlparser2'
import { isBlock } from '../tags/blocks.ts'
import { type Shields, shieldPattern } from '../tags/shield.ts'
import { type Stretch, stretchAt, stretchesOf } from '../tags/stretches.ts'
import { type Answers, agrees, type Part, packed, partsOf, told, waysThrough } from '../tags/ways.ts'

/** More ways than this of one text, or of the whole mail, are not measured. */
export const mostWays = { text: 32, mail: 64 } as const

export interface EveryWay {
  readonly mails: readonly string[]
  /** Text whose ways are too many, as the mail has it from there on; undefined where all are there. */
  readonly left: string | undefined
}

/** Shielded HTML in as few ways as it takes for each text to be in every combination of what is chosen around it. */
export function everyWay(html: string, shields: Shields): EveryWay {
  const stretches = stretchesOf(html, shields)
  const chosen = new Map<number, readonly Part[]>()
  const ways = new Map<string, readonly Answers[]>()
  let left: string | undefined
  const open: (readonly Part[])[] = [[]]
  const parser = new Parser(
    {
      onopentag() {
        const at = parser.startIndex
        openingTag.lastIndex = at
        const [tag = ''] = openingTag.exec(html) ?? []
        const around = open.at(-1) ?? []
        if (!tag.includes('\u{E000}')) {
          open.push(around)
          return
        }
        const parts = partsOf(tag, { shields, scope: stretchAt(stretches, at).scope })
        chosen.set(at, parts)
        open.push([...around, ...parts.filter(part => typeof part !== 'string')])
      },
      ontext(text) {
        const from = parser.startIndex
        const around = open.at(-1) ?? []
        for (const { answers } of shownIn(text, { from, stretches, shields })) {
          if (around.length === 0 && answers.size === 0) continue
          const key = JSON.stringify([...around.map(part => (typeof part === 'string' ? part : part.key)), ...answers])
          const found = ways.get(key) ?? waysThrough(around, { most: mostWays.text, given: answers })
          if (found !== undefined) ways.set(key, found)
          else left ??= html.slice(from)
        }
      },
      onclosetag() {
        open.pop()
      },
    },
    { decodeEntities: false },
  )
  parser.end(html)
  const all = packed([...ways.values()].flat())
  if (all.length > mostWays.mail) left ??= html
  return { mails: all.slice(0, mostWays.mail).map(answers => soWritten(html, { stretches, chosen, answers })), left }
}

const openingTag = /<[A-Za-z][\w:-]*(?:[^<>"']|"[^"]*"|'[^']*')*>/y

/** Stretches in which some of a text is read. */
function shownIn(
  text: string,
  {
    from,
    stretches,
    shields,
  }: { readonly from: number; readonly stretches: readonly Stretch[]; readonly shields: Shields },
): readonly Stretch[] {
  const found = new Set<Stretch>()
  for (const { 0: sign, 1: position, index } of text.matchAll(new RegExp(`${shieldPattern.source}|\\S`, 'gu')))
    if (sign === undefined || position === undefined || !isBlock(shields.get(Number(position))))
      found.add(stretchAt(stretches, from + index))
  return [...found]
}

/** The mail by these answers; what a block between elements chooses that is not asked is there in all its branches. */
function soWritten(
  html: string,
  {
    stretches,
    chosen,
    answers,
  }: {
    readonly stretches: readonly Stretch[]
    readonly chosen: ReadonlyMap<number, readonly Part[]>
    readonly answers: Answers
  },
): string {
  return stretches
    .map((stretch, at) => {
      if (!agrees(answers, stretch.answers)) return ''
      let text = ''
      let from = stretch.from
      const end = stretches[at + 1]?.from ?? html.length
      for (const [start, parts] of chosen) {
        if (start < stretch.from || start >= end) continue
        openingTag.lastIndex = start
        const [tag = ''] = openingTag.exec(html) ?? []
        text += html.slice(from, start) + told(parts, answers)
        from = start + tag.length
      }
      return text + html.slice(from, end)
    })
    .join('')
}
