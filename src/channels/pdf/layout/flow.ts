/** Collects the strips of one flow: spaces that meet become one, strips are held together, frames open and close. */
import { hung } from './hang.ts'
import type { Look } from './looks.ts'
import type { Anchor, Role } from './page.ts'
import type { RowSetter, SetRow, Tie } from './rows.ts'
import { RowStrip } from './rows.ts'
import type { Content, Flow, Frame, LineContent, Marker, RowPart, Strip } from './strip.ts'

/** Open until `flow()` is taken. */
export class FlowBuilder {
  /** Left end and width of what comes next; blocks narrow them for their contents. */
  x = 0
  width: number
  readonly #strips: Strip[] = []
  #space = 0
  #keep = false
  #force = false
  #frame: Frame | undefined
  #around = 0
  /** The padding that the frames before what comes next begin with. */
  #opening: number | undefined
  /** Frames that wait for their first strip. */
  #fresh: Frame[] = []
  /** What the next strip begins. */
  #anchors: Omit<Anchor, 'y'>[] = []
  /** What is hung on the next line, or beside the first one in the next table, columns or image: marks of lists, the outer one first. */
  #markers: Marker[] = []

  constructor(width: number) {
    this.width = width
  }

  /** Space above what comes next; the largest one asked for counts. */
  space(pt: number): void {
    this.#space = Math.max(this.#space, pt)
  }

  /** What comes next stays with what is before; what frames have begun with it, they too. */
  keep(): void {
    if (this.#opening !== undefined && this.#opening > 0) this.#strips[this.#opening]!.keep = true
    this.#keep = true
  }

  /** What comes next begins a page, and so do frames that have only begun. */
  force(): void {
    if (this.#opening === undefined) this.#force = true
    else this.#strips[this.#opening]!.force = true
  }

  /** What comes next is led to. */
  lead(anchor: Omit<Anchor, 'y'> | undefined): void {
    if (anchor !== undefined) this.#anchors.push(anchor)
  }

  hang(marker: Marker): void {
    this.#markers.push(marker)
  }

  /** The marks that no line has taken yet. */
  takeMarkers(): readonly Marker[] {
    const markers = this.#markers
    this.#markers = []
    return markers
  }

  add(content: Content, height: number, options: { readonly keep?: boolean; readonly row?: RowPart } = {}): Strip {
    if (this.#markers.length > 0) {
      if (content.kind === 'line') {
        const marked = withMarkers(content, this.takeMarkers())
        return this.#push(this.#strip(marked, marked.line.heightPt, options.keep, options.row))
      }
      if (content.kind === 'side' || content.kind === 'tied' || content.kind === 'image')
        this.#hangBeside({ content, height })
    }
    return this.#push(this.#strip(content, height, options.keep, options.row))
  }

  /** Rows of a table, to be set when they are needed. */
  addRows(rows: Tie, table: RowSetter, { row, keep }: { row: RowPart; keep: boolean }): Strip {
    if (this.#markers.length > 0 && row.on === undefined) this.#hangBeside(table.set(rows))
    const [space, force, frame, anchors] = [this.#space, this.#force, this.#frame, this.#led]
    return this.#push(new RowStrip({ space, keep: this.#keeps(keep), force, frame, row, anchors }, table, rows))
  }

  /** Marks go before what comes next, which they are not parted from, if it is as high as they are; else they wait. */
  #hangBeside(set: SetRow): void {
    if (set.height < Math.max(...this.#markers.map(({ line }) => line.heightPt))) return
    for (const marker of this.takeMarkers()) {
      const { content, lack } = hung(marker, set)
      this.#push(this.#strip(content, lack))
      this.#keep = true
    }
  }

  #strip(content: Content, height: number, keep = false, row?: RowPart): Strip {
    const [space, force, frame, anchors] = [this.#space, this.#force, this.#frame, this.#led]
    return { space, keep: this.#keeps(keep), force, frame, row, anchors, height, content }
  }

  #keeps(keep: boolean): boolean {
    return this.#strips.length > 0 && (this.#keep || keep)
  }

  get #led(): Strip['anchors'] {
    return this.#anchors.length > 0 ? this.#anchors : undefined
  }

  #push(strip: Strip): Strip {
    if (this.#anchors.length > 0) this.#anchors = []
    this.#strips.push(strip)
    this.#space = 0
    this.#keep = false
    this.#force = false
    for (const frame of this.#fresh) frame.first = strip
    if (this.#fresh.length > 0) this.#fresh = []
    this.#opening = undefined
    return strip
  }

  /** Opens a frame around what comes next, its padding above included. */
  open(look: Look, role: Role): Frame {
    const { borders, padding, radius, background } = look
    const frame: Frame = {
      x: this.x,
      width: this.width,
      borders,
      radius,
      role,
      ...(background !== undefined && { background }),
      ...(this.#frame !== undefined && { outer: this.#frame }),
    }
    this.#frame = frame
    this.#fresh.push(frame)
    const above = padding[0] + borders[0].widthPt
    if (above > 0) {
      const opening = this.#opening ?? this.#strips.length
      this.add({ kind: 'gap' }, above)
      this.#opening = opening
      this.#keep = true
    }
    this.#around += this.#aroundOf(look)
    this.x += padding[3] + borders[3].widthPt
    this.width = Math.max(1, this.width - padding[3] - borders[3].widthPt - padding[1] - borders[1].widthPt)
    return frame
  }

  close(frame: Frame, look: Look): void {
    const below = look.padding[2] + look.borders[2].widthPt
    if (below > 0 || frame.first === undefined) {
      // What the last of its contents asked for is asked for by the frame.
      const [keep, force] = [this.#keep, this.#force]
      this.#force = false
      this.add({ kind: 'gap' }, below, { keep: frame.first !== undefined })
      this.#keep = keep
      this.#force = force
    }
    frame.last = this.#strips.at(-1)!
    this.#frame = frame.outer
    this.#around -= this.#aroundOf(look)
    this.x = frame.x
    this.width = frame.width
  }

  #aroundOf({ padding, borders }: Look): number {
    return padding[0] + padding[2] + borders[0].widthPt + borders[2].widthPt
  }

  /** What the frames that are open take above and below their contents. */
  get around(): number {
    return this.#around
  }

  get length(): number {
    return this.#strips.length
  }

  /** Holds all strips from here on together. */
  bind(from: number): void {
    for (let index = from + 1; index < this.#strips.length; index += 1) this.#strips[index]!.keep = true
  }

  /** Height of the strips from here on. */
  heightFrom(from: number): number {
    return this.#strips
      .slice(from)
      .reduce((sum, strip, index) => sum + strip.height + (index === 0 ? 0 : strip.space), 0)
  }

  /** The finished flow. A margin at its end counts, as it does in CSS. */
  flow(): Flow {
    if ((this.#space > 0 && this.#strips.length > 0) || this.#anchors.length > 0)
      this.add({ kind: 'gap' }, 0, { keep: true })
    return { strips: this.#strips }
  }
}

/** A line that has the room of its markers, which stand on its baseline. */
function withMarkers(content: LineContent, markers: readonly Marker[]): LineContent {
  const lines = [content.line, ...markers.map(marker => marker.line)]
  const above = Math.max(...lines.map(line => line.baselinePt))
  const below = Math.max(...lines.map(line => line.heightPt - line.baselinePt))
  return { ...content, line: { ...content.line, baselinePt: above, heightPt: above + below }, markers }
}

const noFrame = (): void => {}

/** Contents with their frame, if they have one, and at least as high as they are told to be. */
export function framed(builder: FlowBuilder, look: Look, role: Role, contents: () => void): void {
  const end = beginFrame(builder, look, role)
  contents()
  end()
}

/** As `framed`, for contents that may nest deeply: they come between this and the call of what it returns. */
export function beginFrame(builder: FlowBuilder, look: Look, role: Role): () => void {
  if (!look.framed) return noFrame
  const from = builder.length
  const frame = builder.open(look, role)
  return () => {
    if (look.height !== undefined) {
      const below = look.padding[2] + look.borders[2].widthPt
      const lack = look.height - builder.heightFrom(from) - below
      if (lack > 0) builder.add({ kind: 'gap' }, lack, { keep: builder.length > from })
    }
    builder.close(frame, look)
  }
}
