/** Elements that a branch of a block opens and does not close: what puts rules into elements reads branches one behind the other. */
import type { Fault, Source } from '../../../model/index.ts'
import { joinsOf } from '../html/joins.ts'
import { empty } from '../html/voidelements.ts'
import { placeAt } from '../tags/place.ts'
import { type Shields, shieldPattern } from '../tags/shield.ts'
import { inlineRules } from './taken.ts'

/** A block that is open, with what its branch has opened. */
interface Branch {
  readonly shield: number
  open: string[]
  /** What its branches leave open. */
  readonly left: string[]
  parted: boolean
}

/** Ends that HTML does not need: another one is harmless, but for rules that join elements. */
const endless = /^(p|li|d[td]|t[dhr]|thead|tbody|tfoot|option)$/

/** Faults of woven MJML with inline rules: a second end would come out for such an element, and rules would reach into it in each way. */
export function halfElements(mjml: string, shields: Shields, source: Source): readonly Fault[] {
  const css = inlineRules(mjml)
  if (css === '') return []
  const joined = joinsOf(css).length > 0
  const faults: Fault[] = []
  const branches: Branch[] = []
  const text = mjml.replace(/<!--[\s\S]*?-->/g, comment => comment.replace(/<\/?[A-Za-z][^<>]*>/g, ''))
  for (const [written, slash, name = '', position] of text.matchAll(pattern)) {
    const branch = branches.at(-1)
    if (position === undefined) {
      const tag = name.toLowerCase()
      // Components are whole: between them each tag of a block has its own mj-raw.
      if (branch === undefined || tag.startsWith('mj-') || empty.has(tag) || written.endsWith('/>')) continue
      if (slash === '') branch.open.push(tag)
      else if (branch.open.includes(tag)) branch.open.length = branch.open.lastIndexOf(tag)
      continue
    }
    const { tag } = shields.get(Number(position))
    if (tag === 'whole') continue
    if (tag.kind === 'block') branches.push({ shield: Number(position), open: [], left: [], parted: false })
    else if (branch !== undefined && (tag.kind === 'else' || tag.kind === 'close')) {
      branch.left.push(...branch.open.filter(one => joined || !endless.test(one)))
      branch.open = []
      if (tag.kind === 'else') branch.parted = true
      else {
        branches.pop()
        const [half] = branch.left
        if (half !== undefined && branch.parted)
          faults.push(faultOf(half, placeAt(source, shields.get(branch.shield).start)))
      }
    }
  }
  return faults
}

const pattern = new RegExp(`<(/?)([A-Za-z][\\w:-]*)(?:[^<>"']|"[^"]*"|'[^']*')*>|${shieldPattern.source}`, 'gu')

function faultOf(half: string, place: Fault['place']): Fault {
  return {
    code: 'email.tag',
    message: `a branch of this block opens <${half}> and does not close it, and a mail with <mj-style inline="inline"> would close it twice`,
    ...(place === undefined ? {} : { place }),
    hint: `write the whole element in each branch, or choose inside of one tag: <${half} class="{{#if a}}x{{else}}y{{/if}}">`,
  }
}
