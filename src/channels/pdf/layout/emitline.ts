/** Lines -> marks: here page numbers and carried values become text. */
import type { Face, Glyphs } from '../fonts/face.ts'
import { shift } from './context.ts'
import { behindMark } from './decimal.ts'
import type { Atom, Link } from './inline.ts'
import type { Line, Run, Whole } from './lines.ts'
import type { Emission, Mark, TextMark } from './page.ts'

export function emitLine(line: Line, x: number, y: number, carry: string, to: Emission): void {
  const atoms = line.runs.some(isAtom)
  const runs = atoms ? line.runs.map(run => withAtom(run, carry, to)) : line.runs
  const widthPt = atoms ? widthOfLine(runs) : line.widthPt
  let at = x + Math.max(0, shift(line.align, line.roomPt - widthPt) - lackBehind(line, runs))
  let link: Link | undefined
  let from = at
  for (const run of runs) {
    if (run.link !== link) {
      if (link !== undefined) emitLink(link, from, at, y, line, to)
      link = run.link
      from = at
    }
    at = emitRun(run, at, y, line, to)
  }
  if (link !== undefined) emitLink(link, from, at, y, line, to)
  if (line.parted === true) partLast(to)
}

function emitLink({ href, text, role }: Link, from: number, until: number, y: number, line: Line, to: Emission): void {
  if (until <= from) return
  const place = { x: from, y, width: until - from, height: line.heightPt }
  to.marks.push({ kind: 'link', ...place, href, text, role, artifact: to.artifact })
}

const isAtom = ({ atom }: Run): boolean => atom !== undefined
const isText = ({ kind }: Mark): boolean => kind === 'text'

/** Words of two lines stay two words for who hears or copies them (ISO 32000-1 §14.8.2.5). */
export function partLast({ marks }: Emission): void {
  const index = marks.findLastIndex(isText)
  const mark = marks[index]
  if (mark?.kind === 'text') marks[index] = { ...mark, parted: true }
}

/** How much less stands behind a line's decimal mark than behind the longest of its column. */
function lackBehind({ decimal }: Line, runs: readonly Run[]): number {
  const behind = decimal === undefined ? undefined : behindMark(runs, decimal.mark)
  return behind === undefined ? 0 : Math.max(0, decimal!.behindPt - behind)
}

function withAtom(run: Run, carry: string, to: Emission): Run {
  if (run.atom === undefined) return run
  return { ...run, words: [run.type.typeface.shape(atomText(run.atom, carry, run.offset ?? 0, to))] }
}

function atomText(atom: Atom, carry: string, offset: number, { page, count }: Emission): string {
  return atom === 'carry' ? carry : String(atom === 'page-number' ? page + offset : count)
}

function widthOfLine(runs: readonly Run[]): number {
  const last = runs.at(-1)?.type
  const trailing = last === undefined ? 0 : last.typeface.spacing * last.sizePt
  let width = 0
  for (const { words, type } of runs) {
    let ems = 0
    for (const word of words) ems += word.width
    width += ems * type.sizePt
  }
  return width - trailing
}

/** One mark for as long as the face stays the same. Returns where the next run begins. */
function emitRun(run: Run, x: number, y: number, line: Line, to: Emission): number {
  const { words, type, whole } = run
  if (whole !== undefined) {
    to.marks.push(textMark(run, whole, x, y, line, to))
    return x + line.widthPt
  }
  let at = x
  let open: { face: Face; scale: number; glyphs: Glyphs[] } | undefined
  for (const { parts } of words) {
    for (const { face, scale, glyphs } of parts) {
      if (open === undefined || face !== open.face || scale !== open.scale) {
        open = { face, scale, glyphs: [] }
        to.marks.push(textMark(run, open, at, y, line, to))
      }
      open.glyphs.push(glyphs)
      at += (glyphs.width / face.unitsPerEm) * type.sizePt * scale
    }
  }
  return at
}

function textMark(
  { type, role }: Run,
  { face, scale, glyphs }: Whole,
  x: number,
  y: number,
  line: Line,
  to: Emission,
): TextMark {
  return {
    kind: 'text',
    x,
    y: y + line.baselinePt,
    face,
    sizePt: type.sizePt * scale,
    color: type.color,
    rise: type.risePt === 0 ? undefined : type.risePt,
    spacing: type.letterSpacingPt === 0 ? undefined : type.typeface.spacing * type.sizePt,
    glyphs,
    role,
    artifact: to.artifact,
    parted: undefined,
  }
}
