/**
 * Makes src/model/text/endings.ts, the top-level domains, of the list of IANA that the package `tlds` (MIT) carries.
 * `npm pack tlds && tar xf tlds-*.tgz && node scripts/endings.ts package`
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('node scripts/endings.ts FOLDER')
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))
const { version } = read('package.json') as { readonly version: string }

const lines: string[] = []
for (const ending of read('index.json') as readonly string[]) {
  const line = lines.at(-1)
  if (line !== undefined && line.length + ending.length < 139) lines[lines.length - 1] = `${line} ${ending}`
  else lines.push(ending)
}

writeFileSync(
  fileURLToPath(new URL('../src/model/text/endings.ts', import.meta.url)),
  `/** Top-level domains, by IANA. Made by scripts/endings.ts of the npm package \`tlds\` ${version} (MIT): do not edit. */

/** In small letters, those of other scripts in their own. \`example\` is kept for documents; no telephone leads there. */
export const endings: ReadonlySet<string> = new Set(
  \`
${lines.join('\n')}
example
\`
    .trim()
    .split(/\\s/),
)
`,
)
