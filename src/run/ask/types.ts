/** Types of a template's data, from its schema.json. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { failed, type JsonSchema, type Result, settle } from '../../model/index.ts'
import { compileCheck, parseJson, typescriptOf } from '../../schema/index.ts'
import { unreadable } from '../plan/kit.ts'

/** TypeScript declarations of what a program hands to the template in this folder, and of what the template sees. */
export function typesOfTemplate(folder: string): Result<string> {
  const path = join(folder, 'schema.json')
  if (!existsSync(path)) return failed(unreadable(path, { code: 'ENOENT' }))
  const parsed = parseJson({ file: path, text: readFileSync(path, 'utf8') }, { numbers: 'double' })
  if (!parsed.ok) return parsed
  const checked = compileCheck(parsed.value as unknown as JsonSchema, path)
  return checked.ok ? settle(typescriptOf(parsed.value, basename(resolve(folder))), []) : checked
}
