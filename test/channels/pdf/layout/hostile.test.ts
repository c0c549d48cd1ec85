import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textOf } from '../../../../src/channels/pdf/layout/page.ts'
import type { Laid } from '../render.ts'
import { lay, page } from '../render.ts'

/** As a merge does. */
const escaped = (text: string) => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)

/** What is left of a text where blanks, and characters that only steer, are not counted. */
const counted = (text: string) => text.replace(/\p{Default_Ignorable_Code_Point}/gu, '').replace(/[\s\u0085]/g, '')

const textIn = (layout: Laid, role: string) =>
  layout.pages
    .flatMap(one => one.marks)
    .flatMap(mark => (mark.kind === 'text' && mark.role.name === role ? [textOf(mark)] : []))
    .join('')

const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => String.fromCodePoint(from + at))
const marks = '\u0301\u0302\u0308\u0316\u0317\u0338'

/** Texts as data brings them, by what is bad about them. */
const naughty: Readonly<Record<string, readonly string[]>> = {
  'control characters': [
    ...range(0, 0x20),
    ...range(0x7f, 0xa0),
    'a\u0000b',
    'line\r\nend\ttab\fpage',
    '\u001b[31mred',
  ],
  'noncharacters and halves of pairs': ['\uFFFE', '\uFFFF', 'a\uD800b', '\uDC00', '\uDBFF\uD83D', 'x\uD83D', '\uFFFD'],
  'blanks of all kinds': [
    '\u00A0',
    '\u1680',
    '\u2000\u2003\u2009\u200A',
    'a\u2028b\u2029c',
    '\u202F\u205F\u3000',
    ' '.repeat(9999),
  ],
  'zero width': [
    'a\u200Bb\u200Cc\u200Dd\u2060e\uFEFFf',
    '\u200B'.repeat(9999),
    '\u00AD'.repeat(9999),
    '\u034F',
    'a\uFE0F',
  ],
  'marks of direction': ['\u202Eevil.pdf', '\u2066a\u2069\u200E\u200F\u061C', '\u202A\u202B\u202D\u202C'],
  'floods of combining marks': [
    `a${marks.repeat(10)}`,
    `Z${marks.repeat(3)}a${marks.repeat(4)}l${marks.repeat(5)}go`,
    marks.repeat(4000),
    `e${'\u0301'.repeat(20_000)}`,
  ],
  'other scripts and planes': [
    '田中さん',
    '😀👩‍👩‍👧‍👦🇺🇦',
    '𝒳𝓎𝓏',
    '\u{10FFFF}',
    '\u{E0001}\u{E0041}',
    'שלום',
    'مرحبا',
    'ﬃ Ǆ ℀ ½ ⁴',
  ],
  'markup and templates': [
    '<script>alert(1)</script>',
    '</td></tr></table>',
    '&amp;&lt;&#0;&nbsp;',
    ']]>',
    '<!--',
    '<?xml?>',
    '{{#each x}}{{/if}}',
    '{{{raw}}}',
    '$' + '{x}',
    '%s%n',
    '\'"--; DROP TABLE',
    '\\u0000',
    '../../etc/passwd',
    '=cmd|"/C calc"!A0',
  ],
  'numbers and nothing': [
    '',
    '0',
    '-0',
    'NaN',
    '1e309',
    '1'.repeat(5000),
    '.'.repeat(5000),
    '-'.repeat(5000),
    '1,2.3,4.5'.repeat(500),
  ],
  'long words': [
    'W'.repeat(50_000),
    'aä'.repeat(20_000),
    'i\u00AD'.repeat(20_000),
    'a-'.repeat(20_000),
    '\u00A0a'.repeat(20_000),
  ],
}

/** Where a text may stand, with the role of its marks. */
const places: Readonly<Record<string, readonly [role: string, markup: (text: string) => string]>> = {
  paragraph: ['p', text => `<p>${text}</p>`],
  'one line': ['p', text => `<p white-space="nowrap">${text}</p>`],
  'lines of the text': ['p', text => `<p white-space="pre-line">${text}</p>`],
  'cell by content': ['td', text => `<table><tr><td>${text}</td></tr></table>`],
  'decimal cell': [
    'td',
    text => `<table columns="* 20mm"><tr><th>x</th><td text-align="decimal">${text}</td></tr></table>`,
  ],
  heading: ['h1', text => `<h1>${text}</h1>`],
}

function fate(markup: string, text: string, role: string): string {
  const layout = lay(page(markup))
  if (!layout.ok) {
    const codes = [...new Set(layout.faults.map(fault => fault.code))]
    // Faults never show the data itself.
    expect(layout.faults.every(fault => fault.message.length < 200)).toBe(true)
    // Numbers are not torn where they are aligned.
    const refused = ['pdf.glyph', 'pdf.markup', ...(markup.includes('decimal') && /\d/.test(text) ? ['pdf.fit'] : [])]
    expect(codes.filter(code => !refused.includes(code))).toEqual([])
    return 'fault'
  }
  const shown = counted(textIn(layout.value, role))
  expect(shown).toBe(counted(text))
  for (const { marks: all, widthPt, heightPt } of layout.value.pages) {
    for (const mark of all) {
      if (mark.kind !== 'text') continue
      const each = mark.sizePt / mark.face.unitsPerEm
      const right = mark.x + mark.glyphs.reduce((sum, glyphs) => sum + glyphs.width, 0) * each
      expect(mark.x >= 28.3 && right <= widthPt - 28.3 && mark.y <= heightPt - 28.3).toBe(true)
    }
  }
  return 'shown'
}

describe('hostile text is shown whole or refused', () => {
  for (const [name, texts] of Object.entries(naughty)) {
    it.each(Object.entries(places))(`${name}: in %s`, (_, [role, markup]) => {
      for (const text of texts) fate(markup(escaped(text)), text, role)
    })
  }

  it('whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom(...Object.values(places)),
        (text, [role, markup]) => {
          fate(markup(escaped(text)), text, role)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('with letters that the fonts have it is shown', () => {
    expect(fate(places['paragraph']![1]('a\u200Bb\u202Ec'), 'abc', 'p')).toBe('shown')
    expect(fate(places['paragraph']![1](escaped('</p>&nbsp;{{x}}')), '</p>&nbsp;{{x}}', 'p')).toBe('shown')
    expect(fate(places['paragraph']![1](`a${marks.repeat(10)}`), `a${marks.repeat(10)}`, 'p')).toBe('shown')
  })
})

describe('hostile markup', () => {
  it('is laid out or refused however deep it is nested, also where little of the stack is left', () => {
    const script = fileURLToPath(new URL('deep.ts', import.meta.url))
    const ran = spawnSync(process.execPath, ['--stack-size=800', script], { encoding: 'utf8' })
    expect(ran.stderr).not.toContain('RangeError')
    expect(JSON.parse(ran.stdout)).toEqual({
      boxes: 'laid out',
      frames: 'laid out',
      spans: 'laid out',
      tables: 'laid out',
      heads: 'laid out',
      spanning: 'laid out',
      columns: 'laid out',
      lists: 'laid out',
      paddings: 'pdf.fit: p has 0.4mm, and a letter or number in it needs 1.7mm',
      'too many boxes':
        'pdf.markup: not well-formed: elements are nested more than 1024 deep (line 1, column 5168 of the merged text)',
      'too many tables': 'pdf.element: tables and columns are nested more than 200 deep',
    })
  })

  const wide = 'size="14000pt 100mm" margin="10mm"'
  const many: readonly { what: string; contents: (count: number) => string; size?: string }[] = [
    { what: 'empty paragraphs', contents: count => '<p/>'.repeat(count * 20) },
    { what: 'paragraphs', contents: count => '<p>a</p>'.repeat(count * 4) },
    { what: 'ends of lines', contents: count => `<p>${'<br/>'.repeat(count * 10)}</p>` },
    { what: 'spans', contents: count => `<p>${'<b>a</b>'.repeat(count * 4)}</p>` },
    { what: 'letters of a word', contents: count => `<p>${'W'.repeat(count * 20)}</p>` },
    {
      what: 'words that stay on one line',
      contents: count => `<p white-space="nowrap">${'W '.repeat(count * 10)}</p>`,
    },
    {
      what: 'lines of a cell',
      contents: count => `<table columns="* *"><tr><td>${'a<br/>'.repeat(count * 10)}</td><td>b</td></tr></table>`,
    },
    {
      what: 'cells of a row',
      contents: count => `<table><tr>${'<td>a</td>'.repeat(count / 5)}</tr></table>`,
      size: wide,
    },
    {
      what: 'columns of a table',
      contents: count =>
        `<table columns="${'* '.repeat(count / 5).trim()}"><tr><td colspan="${count / 5}">a</td></tr></table>`,
      size: wide,
    },
    { what: 'rows', contents: count => `<table columns="*">${'<tr><td>a</td></tr>'.repeat(count * 4)}</table>` },
    {
      what: 'rows that are tied',
      contents: count =>
        `<table columns="* *">${`<tr><td rowspan="1000">x</td><td>a</td></tr>${'<tr><td>a</td></tr>'.repeat(999)}`.repeat(count / 1000)}</table>`,
    },
    {
      what: 'rows that are tied in a chain',
      contents: count =>
        `<table columns="* * *">${'<tr><td rowspan="2">a</td><td>x</td></tr>'.repeat(count)}<tr><td>z</td></tr></table>`,
    },
    {
      what: 'blocks that are kept together',
      contents: count => `<box break-inside="avoid">${'<p break-after="avoid">a</p>'.repeat(count * 4)}</box>`,
    },
    {
      what: 'blocks in many boxes',
      contents: count => `${'<box>'.repeat(900)}${'<p>a</p>'.repeat(count)}${'</box>'.repeat(900)}`,
    },
    { what: 'faults', contents: count => '<columns><column width="100mm">a</column></columns>'.repeat(count) },
  ]

  it.each(many)('takes time in proportion: $what', ({ contents, size }) => {
    const time = (count: number) => {
      const start = process.cpuUsage().user
      lay(page(contents(count), size))
      return process.cpuUsage().user - start
    }
    time(1000)
    // Five times as many, not twenty-five times the time; the slack is for collecting garbage.
    const least = Math.min(time(1000), time(1000))
    expect(time(5000)).toBeLessThan(11 * least + 500_000)
  })
})
