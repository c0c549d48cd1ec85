/** Writes schemas/*.json from the schemas that Platen checks by; run by the build. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { editorSchemas } from '../src/run/plan/schemas.ts'

mkdirSync(new URL('../schemas/', import.meta.url), { recursive: true })
for (const [name, schema] of Object.entries(editorSchemas())) {
  writeFileSync(new URL(`../schemas/${name}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`)
}
