/** A lot's manifest: one JSON line for each piece in it. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Receipt } from '../model/index.ts'
import { lotName } from './names.ts'

/** The manifest's place in its lot. */
export const manifestName = 'manifest.jsonl'

/** A line of manifest.jsonl: id, channel, file, sha256, bytes, pages or parts, facts. */
export function manifestLine({ id, channel, file, sha256, byteLength, measures, facts }: Receipt): string {
  return `${JSON.stringify({ id, channel, file, sha256, bytes: byteLength, ...measures, facts })}\n`
}

/** What a manifest line says, as far as adoption and reconciling need it. */
export interface Listed {
  readonly id: string
  readonly channel: string
  readonly file: string
  readonly sha256: string
  readonly bytes: number
  readonly pages?: number
  readonly parts?: number
  readonly encoding?: string
  readonly country?: string
  readonly facts?: Receipt['facts']
}

/** Reads a manifest. Throws for what is none: half a line, or no piece in it. */
export function readManifest(text: string): readonly Listed[] {
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const listed = JSON.parse(line) as Listed | null
      if (typeof listed?.id !== 'string' || typeof listed.channel !== 'string') throw new SyntaxError('not a piece')
      return listed
    })
}

/**
 * Hex SHA-256 over the manifests of lots, in the order given. Each lists the digests of its pieces, so this one stands for every
 * byte that goes out.
 */
export function manifestsDigest(run: string, lots: readonly { readonly number: number }[]): string {
  const digest = createHash('sha256')
  for (const { number } of lots) {
    const path = join(run, lotName(number), manifestName)
    if (existsSync(path)) digest.update(readFileSync(path))
  }
  return digest.digest('hex')
}
