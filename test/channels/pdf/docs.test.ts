import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { groups } from '../../../src/channels/pdf/markup/attributes.ts'
import type { ElementRule } from '../../../src/channels/pdf/markup/elementrule.ts'
import { elements } from '../../../src/channels/pdf/markup/vocabulary.ts'
import type { Area } from '../../../src/channels/pdf/markup/windows.ts'
import { windows } from '../../../src/channels/pdf/markup/windows.ts'
import { renderPdf } from './render.ts'

const guide = readFileSync(new URL('../../../docs/page-markup.md', import.meta.url), 'utf8')

/** Sections by the element that heads them. */
const sections = new Map(
  guide
    .split(/^### /m)
    .slice(1)
    .map(section => [/^`(.+?)`/.exec(section)?.[1] ?? '', section] as const),
)

/** What a section has to say of its element, from the vocabulary. */
function reference(rule: ElementRule): string[] {
  const names = Object.keys(rule.attributes)
  const shared = Object.entries(groups).filter(([, group]) => Object.keys(group).every(name => names.includes(name)))
  const own = names.filter(name => name !== 'class' && !shared.some(([, group]) => name in group))
  const rows = own.map(name => {
    const { kind, purpose } = rule.attributes[name]!
    const without = rule.defaults[name]
    const note = rule.required.includes(name) ? ' Required.' : without === undefined ? '' : ` Default: \`${without}\`.`
    return `| \`${name}\` | ${purpose} | ${kind.says}.${note} |`
  })
  const groupNames = [...(names.includes('class') ? ['`class`'] : []), ...shared.map(([name]) => name)]
  const defaults = Object.entries(rule.defaults).filter(([name]) => !own.includes(name))
  return [
    rule.purpose,
    `Holds: ${[...(rule.text ? ['text'] : []), ...rule.holds.map(name => `\`${name}\``)].join(', ') || 'nothing'}.`,
    ...(groupNames.length > 0 ? [`Takes: ${groupNames.join(', ')}.`] : []),
    ...(defaults.length > 0
      ? [`Begins with: ${defaults.map(([name, text]) => `\`${name}="${text}"\``).join(' ')}.`]
      : []),
    ...(rows.length > 0 ? [['| attribute | what it does | value |', '|---|---|---|', ...rows].join('\n')] : []),
  ]
}

/** The attributes of a group. */
function groupTable(name: string): string {
  const rows = Object.entries(groups[name]!).map(
    ([attribute, { kind, purpose }]) => `| \`${attribute}\` | ${purpose} | ${kind.says}. |`,
  )
  return ['| attribute | what it does | value |', '|---|---|---|', ...rows].join('\n')
}

describe('the reference of page markup', () => {
  it('has every element, and no other', () => {
    expect([...sections.keys()]).toEqual(Object.keys(elements))
  })

  it.each(Object.keys(elements))('says of %s what the vocabulary says', name => {
    for (const part of reference(elements[name]!)) expect(sections.get(name)).toContain(part)
  })

  it.each(Object.keys(groups))('lists the attributes of the group %s', name => {
    expect(guide).toContain(groupTable(name))
  })

  it('gives the measures of every address window', () => {
    const mm = (measure: number) => String(Math.round(measure * 10) / 10)
    const across = ({ left, width }: Area) => `${mm(left)}–${mm(left + width)}`
    const down = ({ top, height }: Area) => `${mm(top)}–${mm(top + height)}`
    const rows = Object.entries(windows).map(([name, { paper, text, returnTop, shows, bottom }]) => {
      const lines = Math.floor(((text.height / 25.4) * 72 + 0.5) / 12.9)
      const sender = returnTop === undefined ? 'none' : mm(returnTop)
      const cells = [
        `\`${name}\``,
        paper,
        across(text),
        down(text),
        lines,
        sender,
        across(shows),
        down(shows),
        mm(bottom),
      ]
      return `| ${cells.join(' | ')} |`
    })
    expect(guide).toContain(`|\n${rows.join('\n')}\n\n`)
  })

  const examples = [...guide.matchAll(/```xml\n([\s\S]*?)```/g)].map(match => match[1]!)

  it('has an example for every element', () => {
    for (const name of Object.keys(elements)) expect(sections.get(name)).toContain('```xml')
  })

  it.each(examples)('renders its example %#', async example => {
    const inside = example.startsWith('<document')
      ? example
      : example.startsWith('<page ')
        ? `<document title="x">${example}</document>`
        : `<document title="x"><page>${example}</page></document>`
    const piece = await renderPdf(inside)
    expect(piece.measures.pages).toBeGreaterThan(0)
  })
})
