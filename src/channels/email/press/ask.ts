/** Asks MJML in a process of its own, whose working directory is empty and whose environment is bare. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Pressed } from './pressing.ts'

/** How long pressing may take, the longest mails taking a second, and how long one that was called in waits to be asked. */
const patienceMs = 60_000

interface Presser {
  readonly child: ChildProcessWithoutNullStreams
  /** Its working directory, made for it. */
  readonly folder: string
}

/** One that was called in, and waits for what is asked. */
let waiting: Presser | undefined

/**
 * Calls in the process that will be asked: it loads MJML meanwhile, which takes longer than all else that a small batch waits for. Nobody has
 * to wait until it is gone. What the machine has against it is told to whoever asks.
 */
export function callPresser(): void {
  if (waiting !== undefined) return
  const presser = start()
  if (presser.child.pid === undefined) {
    rmdirSync(presser.folder)
    return
  }
  waiting = presser
  keepUp(presser, false)
  setTimeout(() => {
    if (waiting === presser) letGo(presser)
  }, patienceMs).unref()
}

/** Nobody asked: it ends by itself. */
function letGo({ child }: Presser): void {
  waiting = undefined
  child.stdin.end()
}

/** Runs the presser in an empty folder of ours, with nothing of our environment. */
export async function ask(mjml: string): Promise<Pressed> {
  const { child, folder } = take()
  const hurry = setTimeout(() => child.kill(), patienceMs)
  try {
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
    // It never began, and has no streams.
    if (child.pid === undefined) await ended
    child.stdin.end(JSON.stringify(mjml))
    const [answer, complaint, code] = await Promise.all([readAll(child.stdout), readAll(child.stderr), ended])
    if (code !== 0) throw new Error(`the MJML process ended with ${code}: ${complaint.slice(0, 2000)}`)
    return JSON.parse(answer) as Pressed
  } finally {
    clearTimeout(hurry)
    await rm(folder, { recursive: true, force: true })
  }
}

/** The one that waits, or a new one where that is gone. */
function take(): Presser {
  const presser = waiting
  waiting = undefined
  if (presser === undefined) return start()
  const { child, folder } = presser
  if (child.exitCode === null && child.signalCode === null) {
    keepUp(presser, true)
    return presser
  }
  rm(folder, { recursive: true, force: true }).catch(() => {})
  return start()
}

function start(): Presser {
  const script = fileURLToPath(new URL(`./presser${extname(import.meta.url)}`, import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'platen-mjml-'))
  try {
    const child = spawn(process.execPath, [script], { cwd: folder, env: {}, stdio: 'pipe' })
    // Whoever asks looks at how it ends.
    child.on('error', () => {})
    child.stdin?.on('error', () => {})
    return { folder, child }
  } catch (error) {
    rmdirSync(folder)
    throw error
  }
}

/** Whether it keeps us from ending. */
function keepUp({ child }: Presser, keeps: boolean): void {
  const pipes = [child.stdin, child.stdout, child.stderr] as unknown as readonly Socket[]
  for (const one of [child, ...pipes]) {
    if (keeps) one.ref()
    else one.unref()
  }
}
