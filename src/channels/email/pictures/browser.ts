/** A browser without a window, spoken to over a pipe (Chrome DevTools Protocol): takes pictures of HTML, and loads nothing. */
import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Duplex } from 'node:stream'

/** How a page is to be looked at. */
export interface View {
  readonly widthPx: number
  readonly dark: boolean
}

export interface Taken {
  /** The whole page as PNG, at twice its size; cut off where it is wider than the view. */
  readonly png: Uint8Array
  /** How wide the page is by itself, in CSS pixels. */
  readonly widthPx: number
}

export interface Browser {
  /** Scripts do not run, and whatever is not in the HTML itself is not loaded. */
  readonly picture: (html: string, view: View) => Promise<Taken>
  readonly close: () => Promise<void>
}

/** Names under which browsers that speak the protocol are installed. */
const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

/** The browser to use: PLATEN_BROWSER, where it is set, else the first that is installed. */
export function findBrowser(environment: NodeJS.ProcessEnv): string | undefined {
  const own = environment['PLATEN_BROWSER']
  if (own !== undefined && own !== '') return own
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(folder => folder !== '')
  const places = [...commands.flatMap(name => folders.map(folder => join(folder, name))), ...applications]
  return places.find(place => {
    try {
      accessSync(place, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** No answer for so long: the browser hangs. */
const patienceMs = 30_000

const flags = [
  '--headless',
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-gpu',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-sync',
  '--disable-quic',
  '--hide-scrollbars',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--font-render-hinting=none',
]

/** Starts a browser. Rejects where it does not start or does not answer. */
export async function openBrowser(command: string): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'platen-browser-'))
  // As root a browser refuses to start with its sandbox; scripts are off and nothing is loaded.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(command, [...flags, ...root, `--user-data-dir=${folder}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    // Its own temporary files go with the folder.
    env: { ...process.env, TMPDIR: folder },
    // A group of its own, so that it ends with all that it has started.
    detached: true,
  })
  // What a wrapper leaves behind goes with it, and now: later its number may be another's.
  child.once('exit', () => killGroup(child))
  const close = async (): Promise<void> => {
    await end(child)
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  const { ask, next } = converse(child)
  try {
    const { targetId } = await ask<{ targetId: string }>('Target.createTarget', { url: 'about:blank' })
    const { sessionId } = await ask<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true })
    const onPage = <T>(method: string, params: object = {}): Promise<T> => ask<T>(method, params, sessionId)
    await onPage('Page.enable')
    await onPage('Network.enable')
    const offline = { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 }
    await onPage('Network.emulateNetworkConditions', offline)
    await onPage('Emulation.setScriptExecutionDisabled', { value: true })
    return { picture: (html, view) => picture(html, view, { ask: onPage, next }), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Somebody else's process cannot be killed, and is not waited for. */
const farewellMs = 5_000

/** Ends the browser. Its exit is waited for, not the end of its pipes: behind a wrapper others hold those too. */
async function end(child: ChildProcess): Promise<void> {
  if (isRunning(child)) {
    const exited = new Promise<void>(resolve => {
      const late = setTimeout(resolve, farewellMs)
      child.once('exit', () => {
        clearTimeout(late)
        resolve()
      })
    })
    killGroup(child)
    await exited
  }
  for (const pipe of child.stdio) pipe?.destroy()
}

/** What has not started has no group: a signal to group 0 would be one to ours. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody of the group is left.
  }
}

function isRunning({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null
}

type Ask = <T>(method: string, params?: object, sessionId?: string) => Promise<T>

interface Conversation {
  readonly ask: Ask
  /** Resolves when the browser tells of it for the next time; rejects when it ends or takes too long. */
  readonly next: (event: string) => Promise<void>
}

/** What is not in the page itself is refused before it is asked for. */
const policy =
  '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; style-src \'unsafe-inline\'">'

async function picture(html: string, { widthPx, dark }: View, { ask, next }: Conversation): Promise<Taken> {
  const features = [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]
  await ask('Emulation.setEmulatedMedia', { features })
  const size = (height: number): Promise<unknown> =>
    ask('Emulation.setDeviceMetricsOverride', { width: widthPx, height, deviceScaleFactor: 2, mobile: widthPx < 480 })
  await size(200)
  const page = /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, head => head + policy) : policy + html
  const url = `data:text/html;charset=utf-8;base64,${Buffer.from(page).toString('base64')}`
  await Promise.all([next('Page.loadEventFired'), ask('Page.navigate', { url })])
  const { cssContentSize } = await ask<{ cssContentSize: { width: number; height: number } }>('Page.getLayoutMetrics')
  // A mail is never so long; what is, is cut rather than filling the memory.
  await size(Math.min(Math.ceil(cssContentSize.height), 12_000))
  const { data } = await ask<{ data: string }>('Page.captureScreenshot', { format: 'png' })
  return { png: Buffer.from(data, 'base64'), widthPx: cssContentSize.width }
}

/** Questions and answers: JSON in UTF-8, each ended by a zero byte, on the pipes 3 and 4. */
function converse(child: ChildProcess): Conversation {
  const [, , , write, read] = child.stdio as unknown as readonly [null, null, null, Duplex, Duplex]
  /** Questions by number, and events by name. */
  const waiting = new Map<number | string, Waiting>()
  let asked = 0
  let received: Buffer[] = []
  const end = (why: string): void => {
    for (const { reject } of waiting.values()) reject(new Error(why))
    waiting.clear()
  }
  child.once('error', () => end('the browser cannot be started'))
  child.once('close', () => end('the browser ended'))
  write.on('error', () => {})
  read.on('error', () => {})
  read.on('data', (chunk: Buffer) => {
    let from = 0
    for (let zero = chunk.indexOf(0); zero >= 0; zero = chunk.indexOf(0, from)) {
      const { id, method, result, error } = JSON.parse(
        Buffer.concat([...received, chunk.subarray(from, zero)]).toString(),
      ) as {
        readonly id?: number
        readonly method?: string
        readonly result?: unknown
        readonly error?: { readonly message: string }
      }
      received = []
      from = zero + 1
      const key = id ?? method ?? ''
      const question = waiting.get(key)
      if (question === undefined) continue
      waiting.delete(key)
      if (error === undefined) question.resolve(result)
      else question.reject(new Error(error.message))
    }
    received.push(chunk.subarray(from))
  })
  const wait = <T>(key: number | string): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const late = setTimeout(() => {
        waiting.delete(key)
        reject(new Error('the browser does not answer'))
      }, patienceMs)
      waiting.set(key, {
        resolve(value) {
          clearTimeout(late)
          resolve(value as T)
        },
        reject(error) {
          clearTimeout(late)
          reject(error)
        },
      })
    })
  return {
    next: event => wait<void>(event),
    ask<T>(method: string, params: object = {}, sessionId?: string): Promise<T> {
      asked += 1
      const id = asked
      const answer = wait<T>(id)
      if (!isRunning(child)) end('the browser cannot be started')
      else write.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`)
      return answer
    },
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}
