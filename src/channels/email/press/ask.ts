/** Asks MJML in a process of its own, whose working directory is empty and whose environment is bare. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Pressed } from './pressing.ts'

/** Runs the presser in an empty folder of ours, with nothing of our environment. */
export async function ask(mjml: string): Promise<Pressed> {
  const folder = await mkdtemp(join(tmpdir(), 'platen-mjml-'))
  try {
    const script = fileURLToPath(new URL(`./presser${extname(import.meta.url)}`, import.meta.url))
    const child = spawn(process.execPath, [script], { cwd: folder, env: {}, stdio: 'pipe', timeout: 60_000 })
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
    child.stdin.on('error', () => {})
    child.stdin.end(mjml)
    const [answer, complaint, code] = await Promise.all([readAll(child.stdout), readAll(child.stderr), ended])
    if (code !== 0) throw new Error(`the MJML process ended with ${code}: ${complaint.slice(0, 2000)}`)
    return JSON.parse(answer) as Pressed
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
