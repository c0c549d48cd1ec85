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

export interface Placed {
  /** Name in the pages' resources: I1, I2, … */
  readonly name: string
  /** Number of its object. */
  readonly id: number
  /** Heights are counted from the lower edge of a page so high, in thousandths of a point. */
  readonly content: (mark: ImageMark, height: number) => string
}

/** The pictures of one document: each is embedded once, when it is first shown. */
export function placePictures(
  pictures: Pictures,
  writer: Writer,
): { readonly of: (name: string) => Placed; readonly all: () => readonly Placed[] } {
  const placed = new Map<string, Placed>()
  const of = (image: string): Placed => {
    const known = placed.get(image)
    if (known !== undefined) return known
    const picture = pictures(image)
    const name = `I${placed.size + 1}`
    const content: Placed['content'] = (mark, height) => {
      const [a, b, c, d, e, f] = picture.matrix(mark)
      // Scales of drawings are small, and their errors grow with the drawing.
      const scale = (value: number) => String(Math.round(value * 1e6) / 1e6)
      const below = ofThousandths(height - Math.round(f * 1000))
      return `q ${[a, -b, c, -d].map(scale).join(' ')} ${number(e)} ${below} cm /${name} Do Q`
    }
    const one = { name, id: picture.embed(writer), content }
    placed.set(image, one)
    return one
  }
  return { of, all: () => [...placed.values()] }
}
