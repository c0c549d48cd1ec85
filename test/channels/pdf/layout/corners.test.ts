import { describe, expect, it } from 'vitest'
import { describeLayout } from '../../../../src/channels/pdf/layout/describe.ts'
import { inspectTemplate } from '../../../../src/channels/pdf/markup/markup.ts'
import { brand } from '../brand.ts'
import { lay, page, value } from '../render.ts'

const rects = (markup: string): string[] =>
  describeLayout(value(lay(markup)).pages)
    .split('\n')
    .filter(line => /^page|^ {2}rect/.test(line))
    .map(line => line.trim())

const told = (markup: string) =>
  inspectTemplate(
    { file: 'pdf.hbs', text: markup },
    { ...brand, classes: { ...brand.classes, card: { border: '1pt ink', 'border-radius': '4pt' } } },
  ).faults.map(({ message, place }) => `${place?.line}:${place?.column} ${message}`)

describe('rounded corners', () => {
  it('round the ground, and the line around it', () => {
    const box = page('<box padding="6pt" background="accent" border="1pt ink" border-radius="4pt">a</box>')
    expect(rects(box)).toEqual([
      'page 1 283.5×283.5',
      'rect 28.3,28.3 226.8×28 #0B6E4F box round 4 4',
      'rect 28.3,28.3 226.8×28 #1B1F24 box round 4 4 line 1 1 1 1',
    ])
  })

  it('are no rounder than there is room for', () => {
    expect(rects(page('<box height="8pt" width="100pt" background="accent" border-radius="50pt"/>'))[1]).toContain(
      'round 4 4',
    )
  })

  it('stay square where a box goes on over a page', () => {
    const lines = '<p>a</p>'.repeat(30)
    expect(rects(page(`<box border="1pt ink" border-radius="4pt">${lines}</box>`))).toEqual([
      'page 1 283.5×283.5',
      'rect 28.3,28.3 226.8×224.9 #1B1F24 box round 4 0 line 1 1 0 1',
      'page 2 283.5×283.5',
      'rect 28.3,28.3 226.8×197 #1B1F24 box round 0 4 line 0 1 1 1',
    ])
  })

  it('go for columns and cells too', () => {
    const cell = 'background="accent" border-radius="2pt"'
    expect(
      rects(page(`<columns><column ${cell}>a</column></columns><table><tr><td ${cell}>a</td></tr></table>`)),
    ).toEqual([
      'page 1 283.5×283.5',
      'rect 28.3,28.3 226.8×14 #0B6E4F column round 2 2',
      'rect 28.3,42.3 226.8×14 #0B6E4F td round 2 2',
    ])
  })

  it('need one line for all sides, whoever says so', () => {
    expect(told(page('<box border-top="1pt ink" border-radius="4pt">a</box>'))).toEqual([
      '1:89 border-radius of box needs the same line on all four sides',
    ])
    expect(told(page('<box class="card" border-left="none">a</box>'))).toHaveLength(1)
    expect(told(page('<box class="head" border-radius="4pt">a</box>'))).toHaveLength(1)
    expect(told(page('<box class="head" border="1pt ink" border-radius="4pt">a</box>'))).toEqual([])
    expect(
      told(page('<box class="card">a</box><box class="card" border-radius="0" border-left="none">a</box>')),
    ).toEqual([])
    expect(told(page('<box class="{{x}}" border-top="1pt ink" border-radius="4pt">a</box>'))).toEqual([])
  })
})
