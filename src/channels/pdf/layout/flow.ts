/** Collects the strips of one flow: spaces that meet become one, strips are held together, frames open and close. */
import type { Look } from './looks.ts'
import type { Anchor, Role } from './page.ts'
import type { Content, Flow, Frame, Marker, RowPart, Strip } from './strip.ts'

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
  /** Frames that wait for their first strip. */
  #fresh: Frame[] = []
  /** What the next strip begins. */
  #anchors: Omit<Anchor, 'y'>[] = []
  /** What is hung on the next line: marks of lists, the outer one first. */
  #markers: Marker[] = []

  constructor(width: number) {
    this.width = width
  }

  /** Space above what comes next; the largest one asked for counts. */
  space(pt: number): void {
    this.#space = Math.max(this.#space, pt)
  }

  /** What comes next stays with what is before. */
  keep(): void {
    this.#keep = true
  }

  /** What comes next begins a page. */
  force(): void {
    this.#force = true
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
    const markers = content.kind === 'line' && this.#markers.length > 0 ? this.takeMarkers() : undefined
    const strip: Strip = {
      space: this.#space,
      height,
      keep: this.#strips.length > 0 && (this.#keep || options.keep === true),
      force: this.#force,
      content: markers === undefined ? content : ({ ...content, markers } as Content),
      ...(this.#frame !== undefined && { frame: this.#frame }),
      ...(options.row !== undefined && { row: options.row }),
      ...(this.#anchors.length > 0 && { anchors: this.#anchors }),
    }
    this.#anchors = []
    this.#strips.push(strip)
    this.#space = 0
    this.#keep = false
    this.#force = false
    for (const frame of this.#fresh) frame.first = strip
    this.#fresh = []
    for (let frame = this.#frame; frame !== undefined; frame = frame.outer) frame.last = strip
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
      this.add({ kind: 'gap' }, above)
      this.#keep = true
    }
    this.x += padding[3] + borders[3].widthPt
    this.width = Math.max(1, this.width - padding[3] - borders[3].widthPt - padding[1] - borders[1].widthPt)
    return frame
  }

  close(frame: Frame, look: Look): void {
    const below = look.padding[2] + look.borders[2].widthPt
    if (below > 0 || frame.first === undefined) this.add({ kind: 'gap' }, below, { keep: frame.first !== undefined })
    this.#frame = frame.outer
    this.x = frame.x
    this.width = frame.width
  }

  get length(): number {
    return this.#strips.length
  }

  /** Holds all strips from here on together. */
  bind(from: number): void {
    for (const strip of this.#strips.slice(from + 1)) strip.keep = true
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

/** Contents with their frame, if they have one, and at least as high as they are told to be. */
export function framed(builder: FlowBuilder, look: Look, role: Role, contents: () => void): void {
  const seen = look.borders.some(border => border.widthPt > 0) || look.background !== undefined
  if (!seen && look.padding.every(side => side === 0) && look.height === undefined) return contents()
  const from = builder.length
  const frame = builder.open(look, role)
  contents()
  if (look.height !== undefined) {
    const below = look.padding[2] + look.borders[2].widthPt
    const lack = look.height - builder.heightFrom(from) - below
    if (lack > 0) builder.add({ kind: 'gap' }, lack, { keep: builder.length > from })
  }
  builder.close(frame, look)
}
