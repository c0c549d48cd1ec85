/** Conservation: one outcome for each communication and channel, and nothing on disk that the ledger does not know. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Ledger, readHeldFiles } from '../../ledger/index.ts'
import { type Listed, lotName, manifestName } from '../../lots/index.ts'

/** Every communication has, for every channel, exactly one outcome: the key of the ledger forbids two, and this finds none. */
export function compareOutcomes(ledger: Ledger, channels: readonly string[], differ: (message: string) => void): void {
  const missing = ledger.reader.prepare(
    'SELECT count(*) AS n FROM communication c WHERE NOT EXISTS (SELECT 1 FROM piece p WHERE p.seq = c.seq AND p.channel = ? AND p.outcome IS NOT NULL)',
  )
  for (const channel of channels) {
    const { n } = missing.get(channel) as { n: number }
    if (n > 0) differ(`${n} communications have no outcome for ${channel}`)
  }
  const { n } = ledger.reader
    .prepare('SELECT count(*) AS n FROM reject r JOIN communication c ON c.seq = r.seq')
    .get() as { n: number }
  if (n > 0) differ(`${n} communications are rejects, too`)
}

/** Lots and held pieces on disk that the ledger does not know. */
export function compareFolders(ledger: Ledger, folder: string, differ: (message: string) => void): void {
  const known = new Set(ledger.lots().map(({ number }) => lotName(number)))
  for (const name of readdirSync(folder))
    if (/^lot-\d{4,}$/.test(name) && !known.has(name)) differ(`${name} stands there, and the ledger does not know it`)
  const held = readHeldFiles(ledger)
  // Counted, not named: files are named after ids, and the report is kept when personal data goes.
  const unknown = filesBelow(folder, 'held').filter(file => !held.has(file)).length
  if (unknown > 0) differ(`the ledger does not know ${unknown} of the files in held`)
}

/**
 * What stands in a lot that its manifest does not list, and what the manifest lists and the ledger never had: a retry may have moved
 * pieces that failed on, never one that was rendered.
 */
export function compareListed(
  lot: string,
  {
    listed,
    known,
    differ,
  }: {
    readonly listed: ReadonlyMap<string, Listed>
    readonly known: ReadonlySet<string>
    readonly differ: (message: string) => void
  },
): void {
  const files = new Set([...listed.values()].map(({ file }) => file))
  const name = lot.split('/').at(-1) ?? lot
  const unlisted = filesBelow(lot, '').filter(file => file !== manifestName && !files.has(file)).length
  if (unlisted > 0) differ(`the manifest of ${name} does not list ${unlisted} of the files there`)
  const unknown = [...listed.keys()].filter(key => !known.has(key)).length
  if (unknown > 0) differ(`the manifest of ${name} lists ${unknown} pieces that the ledger does not have in it`)
}

/** Paths of files below a folder, with slashes, from `root` on. */
function filesBelow(root: string, inside: string): readonly string[] {
  const folder = join(root, inside)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`
    return entry.isDirectory() ? filesBelow(root, path) : [path]
  })
}
