/** Commands of the docs, typed as they stand: a `platen` on the path, as an installation would put there. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect } from 'vitest'
import { platenBin } from '../run/factory.ts'

export interface Terminal {
  /** Where it began. */
  readonly home: string
  /** Where it is: `cd` in typed lines moves it. */
  readonly folder: () => string
  /** Types lines; each has to end with 0. Gives back what was printed. */
  readonly type: (lines: string) => string
  readonly close: () => void
}

/** A terminal in an empty folder, or in `from`. `out` is where runs go that do not say so themselves. */
export function openTerminal({ from, out }: { readonly from?: string; readonly out?: string } = {}): Terminal {
  const home = mkdtempSync(join(tmpdir(), 'platen-terminal-'))
  const put = (name: string, script: string): void => {
    writeFileSync(join(home, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(home, name), 0o755)
  }
  const start = `exec "${process.execPath}" "${platenBin}" "$@"`
  put('platen', out === undefined ? start : `if [ "$1" = run ]; then set -- "$@" --out "${out}"; fi\n${start}`)
  put('npx', 'exec "$@"')
  let folder = from ?? home
  const type = (lines: string): string => {
    const ran = spawnSync('sh', ['-e', '-c', `${lines}\npwd > "${home}/pwd"`], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${home}${delimiter}${process.env['PATH']}` },
    })
    expect(ran.status, `${lines}\n${ran.stdout}${ran.stderr}`).toBe(0)
    folder = readFileSync(join(home, 'pwd'), 'utf8').trim()
    return ran.stdout + ran.stderr
  }
  return { home, folder: () => folder, type, close: () => rmSync(home, { recursive: true, force: true }) }
}

/** The shell blocks of a page, in order. */
export function shellBlocks(file: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map(([, body = '']) => body)
}
