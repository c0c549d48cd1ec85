/** A lot's manifest: one JSON line for each piece in it. */
import type { Receipt } from '../model/index.ts'

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
