/** Child processes that hold what a test wants to see freed when they are killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** Runs a script of ours in a process of its own until it prints its first line; the script then has to wait by itself. */
export async function holdInChild(script: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: import.meta.dirname,
  })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the child ended with ${code} before it was ready`)
  })
  ended.catch(() => {})
  await Promise.race([once(child.stdout!, 'data'), ended])
  return child
}

/** kill -9, and until it is dead. */
export async function kill(child: ChildProcess): Promise<void> {
  const dead = once(child, 'exit')
  child.kill('SIGKILL')
  await dead
}

/** Lets a child wait until it is killed. */
export const forever = 'setInterval(() => {}, 1000)'
