/** HTML behind shields in stretches: between elements blocks choose what is there, and loops what data is around it. */
import { takesRest } from './blocks.ts'
import { type Shields, shieldPattern } from './shield.ts'
import { type Answers, askedBy } from './ways.ts'

/** From here to the next one. */
export interface Stretch {
  readonly from: number
  /** What has to be so for it to be there. */
  readonly answers: Answers
  /** The data around it. */
  readonly scope: string
}

/** A block that is open, and how it is where it began. */
interface Open extends Omit<Stretch, 'from'> {
  /** Of its branch, and of all its branches before. */
  readonly asked: { readonly key: string; readonly answer: boolean }[]
}

/** Where the whole is known everywhere. */
const root: Omit<Stretch, 'from'> = { answers: new Map(), scope: '/' }

/** In their order, the first from 0 on. Blocks inside of opening tags part nothing. */
export function stretchesOf(html: string, shields: Shields): readonly Stretch[] {
  const stretches: Stretch[] = [{ from: 0, ...root }]
  const open: Open[] = []
  const pattern = new RegExp(`<[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>|${shieldPattern.source}`, 'gu')
  for (const { 0: written, 1: position, index } of html.matchAll(pattern)) {
    if (position === undefined) continue
    const { tag, text } = shields.get(Number(position))
    if (tag === 'whole') continue
    const { answers, scope } = stretches.at(-1)!
    const innermost = open.at(-1)
    const put = (next: Omit<Stretch, 'from'>): void => {
      stretches.push({ from: index + written.length, ...next })
    }
    const branch = (block: Open, opened: string | undefined): void => {
      if (opened === undefined) return put({ answers: answered(block), scope: `${block.scope}${position}/` })
      const { key, contrary, condition } = askedBy(opened, { around: block.scope, id: position })
      if (condition !== undefined) block.asked.push({ key, answer: !contrary })
      put({ answers: answered(block), scope: condition === undefined ? `${block.scope}${position}/` : block.scope })
    }
    if (tag.kind === 'block') {
      open.push({ answers, scope, asked: [] })
      branch(open.at(-1)!, text)
    } else if (tag.kind === 'else' && innermost !== undefined) {
      const last = innermost.asked.pop()
      if (last !== undefined) innermost.asked.push({ key: last.key, answer: !last.answer })
      if (!takesRest(text)) branch(innermost, text.replace(/^\{\{(~?)\s*else\s+/, '{{$1#'))
      else if (last === undefined) branch(innermost, undefined)
      else put({ answers: answered(innermost), scope: innermost.scope })
    } else if (tag.kind === 'close') put(open.pop() ?? root)
  }
  return stretches
}

function answered({ answers, asked }: Open): Answers {
  return new Map([...answers, ...asked.map(({ key, answer }) => [key, answer] as const)])
}

/** The stretch that an offset is in. */
export function stretchAt(stretches: readonly Stretch[], offset: number): Stretch {
  return stretches.findLast(({ from }) => from <= offset)!
}
