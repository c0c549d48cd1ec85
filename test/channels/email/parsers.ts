/** What two parsers that know nothing of each other, postal-mime and Python's email, see in the same mails. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import PostalMime, { type Address } from 'postal-mime'

export interface Seen {
  readonly from: readonly (readonly [name: string, address: string])[]
  readonly to: readonly (readonly [name: string, address: string])[]
  readonly subject: string
  readonly messageId: string
  readonly date: string
  readonly text: string
  readonly html: string
  readonly attachments: readonly (readonly [type: string, name: string, sha256: string])[]
}

/** Undefined where Python is not installed. */
export function seenByPython(
  paths: readonly string[],
): readonly (Seen & { readonly kinds: readonly string[]; readonly defects: readonly string[] })[] | undefined {
  const script = fileURLToPath(new URL('parse.py', import.meta.url))
  const { error, status, stdout, stderr } = spawnSync('python3', [script, ...paths], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    env: { PATH: process.env['PATH'], PYTHONIOENCODING: 'utf-8' },
  })
  if (error !== undefined) return undefined
  if (status !== 0) throw new Error(stderr)
  return (JSON.parse(stdout) as ReturnType<typeof seenByPython>)?.map(tidy)
}

export async function seenByPostalMime(paths: readonly string[]): Promise<readonly Seen[]> {
  const boxes = (found: readonly Address[]): Seen['to'] =>
    found.map(({ name, address = '' }) => [name, address] as const)
  return Promise.all(
    paths.map(async path => {
      const mail = await PostalMime.parse(readFileSync(path))
      return tidy({
        from: boxes(mail.from === undefined ? [] : [mail.from]),
        to: boxes(mail.to ?? []),
        subject: mail.subject ?? '',
        messageId: mail.messageId ?? '',
        date: new Date(mail.date ?? '').toISOString(),
        text: mail.text ?? '',
        html: mail.html ?? '',
        attachments: mail.attachments.map(({ mimeType, filename, content }) => [
          mimeType,
          filename ?? '',
          createHash('sha256')
            .update(new Uint8Array(content as ArrayBuffer))
            .digest('hex'),
        ]),
      })
    }),
  )
}

/** Line ends and the way a moment is written are the parsers' own. */
function tidy<S extends Seen>(seen: S): S {
  const lines = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd()
  return { ...seen, date: new Date(seen.date).toISOString(), text: lines(seen.text), html: lines(seen.html) }
}
