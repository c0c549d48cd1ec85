/** What may be told of an error that nobody foresaw: its kind and its place. What it says may quote a customer. */
import { readFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload, type SourceMapping } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageFolder } from './package.ts'

/** `TypeError at run/stage/stage.ts:12`. Frames of the stack alone are looked at: the message before them may look like one. */
export function kindAndPlace(error: unknown): string {
  if (!(error instanceof Error)) return `${typeof error} thrown`
  const { name, message, stack = '' } = error
  const told = stack.indexOf(message)
  const frames = told === -1 ? '' : stack.slice(told + message.length)
  const [, file, line, column] = /^\s+at .*?\(?([^()\s]+):(\d+):(\d+)\)?$/m.exec(frames) ?? []
  if (file === undefined) return name
  const place = placeInSource(file, Number(line), Number(column)) ?? `${file}:${line}`
  return `${name} at ${place.replace(/^.*\/(src|dist|node_modules)\//, '')}`
}

/** By the map that lies beside what we build; undefined for all other files. Lines and columns are counted from 1. */
function placeInSource(file: string, line: number, column: number): string | undefined {
  try {
    const path = fileURLToPath(file)
    if (!path.startsWith(join(packageFolder, 'dist'))) return undefined
    const map = new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')) as SourceMapPayload)
    const { originalSource, originalLine } = map.findEntry(line - 1, column - 1) as Partial<SourceMapping>
    return originalSource && originalLine !== undefined ? `${originalSource}:${originalLine + 1}` : undefined
  } catch {
    return undefined
  }
}
