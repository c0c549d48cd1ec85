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

/** How long pressing may take: the longest mails take a second. */
const patienceMs = 60_000
/** How long one that was called in waits to be asked. */
const waitsMs = 60_000

interface Presser {
  readonly child: ChildProcessWithoutNullStreams
  /** Its working directory, made for it. */
  readonly folder: string
}

/** One that was called in, and waits for what is asked. */
let waiting: Presser | undefined

/**
 * Calls in the process that will be asked: it loads MJML meanwhile, which takes longer than all else that a small batch waits for. It keeps
 * nobody from ending. Throws what the machine has against it, which whoever asks is told again.
 */
export function callPresser(): void {
  if (waiting !== undefined) return
  const presser = start()
  const { child, folder } = presser
  if (child.pid === undefined) return rmdirSync(folder)
  waiting = presser
  keepUp(presser, false)
  child.once('exit', () => {
    if (waiting !== presser) return
    waiting = undefined
    rm(folder, { recursive: true, force: true }).catch(() => {})
  })
  setTimeout(() => {
    if (waiting !== presser) return
    // Nobody is to ask it any more, and it ends by itself.
    waiting = undefined
    child.stdin.end()
  }, waitsMs).unref()
}

/** Runs the presser in an empty folder of ours, with nothing of our environment. */
export async function ask(mjml: string): Promise<Pressed> {
  const called = waiting
  waiting = undefined
  if (called === undefined) return put(mjml, start())
  keepUp(called, true)
  try {
    return await put(mjml, called)
  } catch (error) {
    // It may have been ended before it was asked, as by a system that has no memory left.
    if (called.child.killed || called.child.signalCode === null) throw error
    return put(mjml, start())
  }
}

async function put(mjml: string, { child, folder }: Presser): Promise<Pressed> {
  const hurry = setTimeout(() => child.kill('SIGKILL'), patienceMs)
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
