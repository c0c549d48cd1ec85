/** What makes pieces: the version of Platen, and what else their bytes depend on. */
import { readFileSync } from 'node:fs'
import { arch, versions } from 'node:process'
import { packageFile } from '../package.ts'

const description = JSON.parse(readFileSync(packageFile, 'utf8')) as {
  readonly version: string
}

export const version = description.version

/**
 * One line, as ledgers keep it for each lot: where it is the same, the same bytes are promised. Platen's version says those of its
 * packages, which it pins; ICU formats what recipients read, zlib packs it, and a Node may be built with others than its own.
 */
export const tools = `Platen ${version} on Node ${versions.node} (${arch}, ICU ${versions['icu']}, zlib ${versions['zlib']})`
