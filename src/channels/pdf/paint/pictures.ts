/** The brand's images, ready to be put into documents: as drawings where they are drawn, else as dots. Opened once for each worker. */
import type { Brand } from '../../../model/index.ts'
import type { Drawing } from '../drawing/drawing.ts'
import type { ImageMark } from '../layout/page.ts'
import { embedForm, formOf } from './drawing.ts'
import { embedRaster, rasterOf } from './images.ts'
import { number, ofThousandths } from './strings.ts'
import type { Writer } from './writer.ts'

/** Pictures by the names of the brand's images. */
export type Pictures = (name: string) => Picture

interface Picture {
  /** Gives the number of its object. */
  readonly embed: (writer: Writer) => number
  /** From the XObject's own coordinates to a mark's place, heights counted downwards. */
  readonly matrix: (mark: ImageMark) => readonly [number, number, number, number, number, number]
}

/** Each is made ready when a document first shows it. */
export function openPictures({ images }: Brand, drawings: Readonly<Record<string, Drawing>>): Pictures {
  const ready = new Map<string, Picture>()
  return name => {
    let picture = ready.get(name)
    if (picture === undefined) {
      const drawing = Object.hasOwn(drawings, name) ? drawings[name] : undefined
      picture = drawing === undefined ? raster(images[name]!.print) : drawn(drawing)
      ready.set(name, picture)
    }
    return picture
  }
}

function drawn(drawing: Drawing): Picture {
  const form = formOf(drawing)
  return {
    embed: writer => embedForm(form, writer),
    matrix: ({ x, y, width, height }) => [width / form.width, 0, 0, height / form.height, x, y],
  }
}

/** An image is one wide and one high, and stands on its lower edge (ISO 32000-1 §8.9.3). */
function raster(bytes: Brand['images'][string]['print']): Picture {
  const made = rasterOf(bytes)
  return {
    embed: writer => embedRaster(made, writer),
    matrix: ({ x, y, width, height }) => [width, 0, 0, -height, x, y + height],
  }
}

/** A picture of one document. */
class Placed {
  /** Name in the pages' resources: I1, I2, … */
  readonly name: string
  /** Number of its object. */
  readonly id: number
  readonly #picture: Picture

  constructor(picture: Picture, name: string, writer: Writer) {
    this.name = name
    this.id = picture.embed(writer)
    this.#picture = picture
  }

  /** Heights are counted from the lower edge of a page so high, in thousandths of a point. */
  content(mark: ImageMark, height: number): string {
    const [a, b, c, d, e, f] = this.#picture.matrix(mark)
    const below = ofThousandths(height - Math.round(f * 1000))
    return `q ${[a, -b, c, -d].map(millionth).join(' ')} ${number(e)} ${below} cm /${this.name} Do Q`
  }
}

/** Scales of drawings are small, and their errors grow with the drawing. */
const millionth = (value: number): string => String(Math.round(value * 1e6) / 1e6)

/** The pictures of one document: each is embedded once, when it is first shown. */
export class Placements {
  readonly #pictures: Pictures
  readonly #writer: Writer
  readonly #placed = new Map<string, Placed>()

  constructor(pictures: Pictures, writer: Writer) {
    this.#pictures = pictures
    this.#writer = writer
  }

  of(image: string): Placed {
    let one = this.#placed.get(image)
    if (one === undefined) {
      one = new Placed(this.#pictures(image), `I${this.#placed.size + 1}`, this.#writer)
      this.#placed.set(image, one)
    }
    return one
  }

  get all(): readonly Placed[] {
    return [...this.#placed.values()]
  }
}
