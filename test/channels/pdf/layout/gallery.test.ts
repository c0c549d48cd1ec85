import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeLayout } from '../../../../src/channels/pdf/layout/describe.ts'
import { lay, value } from '../render.ts'

const folder = new URL('gallery/', import.meta.url)
const names = readdirSync(folder)
  .filter(name => name.endsWith('.xml'))
  .map(name => basename(name, '.xml'))

/** Small documents, each with its pages as text beside it; `npx vitest run gallery -u` writes what layout makes of them now. */
describe('the gallery of layouts', () => {
  it.each(names)('%s', async name => {
    const markup = readFileSync(new URL(`${name}.xml`, folder), 'utf8')
    await expect(describeLayout(value(lay(markup)).pages)).toMatchFileSnapshot(`gallery/${name}.txt`)
  })
})
