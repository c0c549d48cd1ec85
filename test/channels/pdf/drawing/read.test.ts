import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Drawing } from '../../../../src/channels/pdf/drawing/drawing.ts'
import { readDrawing } from '../../../../src/channels/pdf/drawing/read.ts'
import { formOf } from '../../../../src/channels/pdf/paint/drawing.ts'
import { pictures } from './pictures.ts'

const svg = (inner: string, attributes = 'viewBox="0 0 10 10"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inner}</svg>`

function drawn(text: string): Drawing {
  const read = readDrawing(text)
  if (!('drawing' in read)) throw new Error(read.why)
  return read.drawing
}

const why = (text: string): string => {
  const read = readDrawing(text)
  return 'why' in read ? read.why : 'drawn'
}

describe('a drawing', () => {
  it('is plain data in its own units', () => {
    const drawing = drawn(
      svg('<rect x="1" width="2" height="3" fill="red"/>', 'width="20" height="10" viewBox="0 0 10 10"'),
    )
    expect(drawing).toEqual({
      width: 20,
      height: 10,
      items: [
        {
          kind: 'shape',
          path: [['M', 6, 0], ['L', 8, 0], ['L', 8, 3], ['L', 6, 3], ['Z']],
          fill: { color: '#FF0000', opacity: 1, rule: 'nonzero' },
        },
      ],
    })
    expect(structuredClone(drawing)).toEqual(drawing)
  })

  it.each([
    ['width="30" height="20"', [30, 20]],
    ['width="1in" height="2.54cm"', [96, 96]],
    ['width="100%" viewBox="0 0 30 20"', [30, 20]],
    ['height="10" viewBox="0 0 30 20"', [15, 10]],
  ])('takes its size from %s', (attributes, size) => {
    const { width, height } = drawn(svg('', attributes))
    expect([width, height]).toEqual(size)
  })

  it('keeps a pen that a transform makes uneven apart from its path', () => {
    const [even, uneven] = drawn(
      svg(
        `<path d="M0 0h1" stroke="#000" transform="rotate(90) scale(2)"/><path d="M0 0h1" stroke="#000" transform="scale(2 3)"/>`,
      ),
    ).items
    expect(even).toMatchObject({ stroke: { width: 2 } })
    expect(even).not.toHaveProperty('matrix')
    expect(uneven).toMatchObject({
      stroke: { width: 1 },
      matrix: [2, 0, 0, 3, 0, 0],
      path: [
        ['M', 0, 0],
        ['L', 1, 0],
      ],
    })
  })

  it('leaves out what is not seen', () => {
    const hidden = [
      'fill="none"',
      'fill-opacity="0"',
      'opacity="0"',
      'display="none"',
      'visibility="hidden"',
      'width="0"',
    ]
    for (const attribute of hidden)
      expect(
        drawn(svg(`<rect height="1" width="1" ${attribute}/>`.replace('width="1" width="0"', 'width="0"'))).items,
      ).toEqual([])
    expect(drawn(svg('<defs><rect width="1" height="1"/></defs><path/><title>a</title>')).items).toEqual([])
  })
})

describe('what is not drawn as vectors is said', () => {
  it.each([
    ['<text>a</text>', 'the element text'],
    ['<image href="a.png"/>', 'the element image'],
    ['<foreignObject/>', 'the element foreignObject'],
    ['<g filter="url(#a)"/>', 'filter'],
    ['<g style="mask: url(#a)"/>', 'mask'],
    ['<path marker-end="url(#a)" d="M0 0"/>', 'marker-end'],
    ['<g style="mix-blend-mode:multiply"/>', 'mix-blend-mode'],
    ['<g style="transform: scale(2)"/>', 'transform as a property'],
    ['<pattern id="p"/><rect width="1" height="1" fill="url(#p)"/>', 'the element pattern'],
    ['<style>@import url(x.css);</style>', 'an at-rule in a style sheet'],
    ['<style>g > path { fill: red }</style>', 'a selector of another kind'],
    ['<style>path { fill: red !important }</style>', '!important'],
    ['<rect width="1em" height="1"/>', 'a length in em'],
    ['<rect width="1" height="1" fill="lab(1% 2 3)"/>', 'a colour of another kind'],
    [
      '<linearGradient id="a" spreadMethod="reflect"><stop/><stop offset="1"/></linearGradient><rect width="1" height="1" fill="url(#a)"/>',
      'spreadMethod reflect',
    ],
    [
      '<linearGradient id="a"><stop stop-opacity="0"/><stop offset="1"/></linearGradient><rect width="1" height="1" fill="url(#a)"/>',
      'a gradient that fades',
    ],
    [
      '<radialGradient id="a" fx="2"><stop/><stop offset="1"/></radialGradient><rect width="1" height="1" fill="url(#a)"/>',
      'a focus outside its circle',
    ],
    [
      '<clipPath id="a"><path d="M0 0h4v4h-2v-2h-2z"/><rect x="2" width="4" height="4"/></clipPath><g clip-path="url(#a)"><rect width="9" height="9"/></g>',
      'a clip-path of shapes that meet',
    ],
  ])('%s', (inner, said) => {
    expect(why(svg(inner))).toBe(said)
  })
})

describe('a clip of shapes that meet', () => {
  it('is what any of them holds, whichever way they are drawn', () => {
    const clip = (inner: string) => {
      const drawn = readDrawing(
        svg(`<clipPath id="a">${inner}</clipPath><g clip-path="url(#a)"><rect width="9" height="9"/></g>`),
      )
      const [group] = 'drawing' in drawn ? drawn.drawing.items : []
      return group?.kind === 'group' ? group.clips : []
    }
    const rect = '<rect width="4" height="4"/>'
    const joined = [
      {
        path: [['M', 0, 0], ['L', 4, 0], ['L', 4, 4], ['L', 0, 4], ['Z'], ['M', 2, 0], ['L', 6, 0], ['L', 2, 4], ['Z']],
      },
    ]
    expect(clip(`${rect}<path d="M2 0L6 0L2 4z"/>`)).toMatchObject(joined)
    const [{ path, rule } = { path: [], rule: '' }] = clip(`${rect}<path clip-rule="evenodd" d="M2 0L2 4L6 0z"/>`)
    expect(rule).toBe('nonzero')
    expect(path.slice(5)).toEqual([['M', 6, 0], ['L', 2, 4], ['L', 2, 0], ['Z']])
    expect(clip('<circle cx="3" cy="3" r="3"/><g transform="scale(-1 1)"/>')).toHaveLength(0)
    expect(clip('<circle cx="3" cy="3" r="3"/><ellipse cx="5" cy="3" rx="3" ry="2"/>')).toHaveLength(1)
    expect(clip(`${rect}<rect transform="translate(6 1) scale(-1 1)" width="4" height="4"/>`)).toHaveLength(1)
    // A star crosses itself.
    expect(clip(`${rect}<path d="M3 0L5 6L0 2H6L1 6z"/>`)).toHaveLength(0)
  })
})

describe('hostile SVG', () => {
  const uses = (count: number) =>
    svg(
      `<defs><path id="u0" d="M0 0h1v1z"/>${Array.from({ length: count }, (_, n) => `<g id="u${n + 1}">${`<use href="#u${n}"/>`.repeat(10)}</g>`).join('')}</defs><use href="#u${count}"/>`,
    )
  it.each([
    ['a reference to a file', svg('<use href="file:///etc/passwd#a"/>'), 'a reference to something outside'],
    [
      'a reference to an address',
      svg('<rect width="1" height="1" fill="url(http://127.0.0.1/a#b)"/>'),
      'a reference to something outside',
    ],
    [
      'a laughing billion of entities',
      `<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${svg('<g id="&b;"/>')}`,
      /^not well-formed/,
    ],
    ['a laughing billion of uses', uses(9), 'more elements than can be drawn'],
    ['a use of itself', svg('<g id="a"><use href="#a"/></g>'), 'elements nested too deep'],
    [
      'gradients in a ring',
      svg(
        '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><rect width="1" height="1" fill="url(#a)"/>',
      ),
      'gradients that take from one another without end',
    ],
    ['deep nesting', svg(`${'<g>'.repeat(2_000)}${'</g>'.repeat(2_000)}`), /^(not well-formed|elements nested)/],
    ['a giant path', svg(`<path d="M0 0${'l1 1'.repeat(60_000)}"/>`), 'more paths than can be drawn'],
    ['a giant file', svg(' '.repeat(1_000_001)), 'more than a million characters'],
    ['no number', svg('<path d="M0 NaN"/>'), 'a malformed path'],
    ['an endless number', svg('<path d="M0 1e999h1"/>'), 'a malformed or huge number'],
    ['a huge transform', svg('<path d="M0 1h1" transform="scale(1e5)scale(1e5)"/>'), 'a malformed or huge number'],
    ['a long number', svg(`<rect width="${'1'.repeat(500_000)}x" height="1"/>`), 'a malformed length'],
    ['comments without end', svg(`<style>${'/*'.repeat(200_000)}</style>`), 'a malformed style sheet'],
    [
      'blanks without end',
      svg(`<rect style="fill:${' '.repeat(300_000)}x" width="1" height="1"/>`),
      'a colour of another kind',
    ],
    ['a size of nothing', svg('', 'width="0" height="10"'), 'no size'],
    ['another root', '<html/>', 'no svg element outermost'],
    ['no XML', '<svg', /^not well-formed/],
    ['nothing', '', /^not well-formed/],
  ])('%s is refused, and soon', (_name, text, said) => {
    const before = performance.now()
    if (typeof said === 'string') expect(why(text)).toBe(said)
    else expect(why(text)).toMatch(said)
    expect(performance.now() - before).toBeLessThan(5_000)
  })

  it('is never drawn with what is no number, and never throws', () => {
    const numbers = fc.oneof(fc.float().map(String), fc.constantFrom('NaN', '1e9', '-', '', '0', '1e-9', '50%', '2mm'))
    const data = fc.array(fc.tuple(fc.constantFrom(...'MLHVCSQTAZmlhvcsqtaz'), fc.array(numbers, { maxLength: 8 })), {
      maxLength: 12,
    })
    const attribute = fc.tuple(
      fc.constantFrom(
        'x',
        'width',
        'rx',
        'r',
        'stroke-width',
        'stroke-dasharray',
        'opacity',
        'transform',
        'viewBox',
        'points',
        'fill',
      ),
      fc.oneof(
        numbers,
        fc.array(numbers).map(list => list.join(' ')),
        fc.constantFrom('red', 'scale(2)', 'rotate(1,2)', 'url(#a)'),
      ),
    )
    const element = fc
      .tuple(
        fc.constantFrom('path', 'rect', 'circle', 'g', 'svg', 'polygon', 'use'),
        fc.uniqueArray(attribute, { selector: ([name]) => name }),
        data,
      )
      .map(([name, attributes, d]) => {
        const path = d.map(([command, list]) => `${command}${list.join(' ')}`).join('')
        return `<${name} stroke="#000" height="5" href="#a" d="M1 1${path}" ${attributes.map(([key, value]) => `${key}="${value}"`).join(' ')}/>`
      })
    fc.assert(
      fc.property(fc.array(element, { maxLength: 4 }), elements => {
        const read = readDrawing(svg(`<g id="a"><rect width="3" height="2"/></g>${elements.join('')}`))
        if ('why' in read) return
        expect(JSON.stringify(read.drawing)).not.toContain('null')
        formOf(read.drawing)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a form', () => {
  it.each(Object.entries(pictures))('is the same every time: %s', (_name, text) => {
    expect(formOf(drawn(text))).toEqual(formOf(structuredClone(drawn(text))))
  })
})
