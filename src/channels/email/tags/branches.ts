/** What is so in HTML behind tags of blocks: each branch begins as its block does, and what all of them come to goes on behind it. */
import { takesRest } from './blocks.ts'
import type { Shielded } from './shield.ts'

/** A block that is open. */
export interface Branching<State> {
  /** Its tag. */
  readonly written: string
  /** Which of all steps it is. */
  readonly from: number
  readonly before: State
  /** What is so after each of its branches so far. */
  readonly after: State[]
  /** Whether one of its branches always holds. */
  alternative: boolean
}

/** What is so behind a tag of a block. `open`: the blocks around it, which it changes; `join`: of the ways that one that ends can turn out. */
export function behindBlock<State>(
  { tag, text }: Shielded,
  { state, open, at = 0 }: { readonly state: State; readonly open: Branching<State>[]; readonly at?: number },
  join: (ended: Branching<State>, ways: readonly State[]) => State,
): State {
  const kind = tag === 'whole' ? undefined : tag.kind
  if (kind === 'block') {
    open.push({ written: text, from: at, before: state, after: [], alternative: false })
    return state
  }
  const ended = open.at(-1)
  if (ended === undefined) return state
  ended.after.push(state)
  if (kind === 'else') {
    ended.alternative = takesRest(text)
    return ended.before
  }
  open.pop()
  return join(ended, ended.alternative ? ended.after : [...ended.after, ended.before])
}
