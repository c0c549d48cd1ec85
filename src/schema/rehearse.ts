/** Loads a script in a thread of its own first: what never comes to an end there would take the whole process with it. */
import { Worker } from 'node:worker_threads'

/** Far more than declarations take (some 30 ms, nearly all of it the thread's start), also where the machine is busy. */
const usualLimitMs = 10_000

/** What a thread may take for declarations. */
const resourceLimits = { maxOldGenerationSizeMb: 128, stackSizeMb: 4 }

/** Texts that came to an end: the same text does so again. */
const known = new Set<string>()

/** Loads the script, and says so: one that waits for what nobody will answer ends the thread in silence, as one that leaves does. */
const stage = `
  const { parentPort, workerData } = require('node:worker_threads')
  const told = () => parentPort.postMessage('loaded')
  import(workerData).then(told, told)
`

/**
 * Says why a module, given as a `data:` URL, cannot be loaded without risk: it loops, waits or takes memory for ever, or leaves.
 * Undefined for all else, what it throws included: loading it says that better. `import()` runs in no `node:vm` that could be ended.
 */
export async function rehearseScript(url: string, limitMs = usualLimitMs): Promise<string | undefined> {
  if (known.has(url)) return undefined
  const quiet = { stdout: true, stderr: true, env: {}, argv: [], execArgv: [] }
  const worker = new Worker(stage, { ...quiet, eval: true, workerData: url, resourceLimits })
  const { promise: ended, resolve: end } = Promise.withResolvers<string | undefined>()
  const late = `the script is not loaded within ${limitMs / 1000} seconds`
  const timer = setTimeout(() => end(late), limitMs)
  let loaded = false
  worker.on('message', () => {
    loaded = true
  })
  worker.on('error', (error: { readonly code?: string } | null) => {
    if (error?.code === 'ERR_WORKER_OUT_OF_MEMORY') end('the script takes all memory while it is loaded')
  })
  worker.on('exit', () => end(loaded ? undefined : 'the script waits for ever while it is loaded, or leaves'))
  try {
    const why = await ended
    if (why === undefined) known.add(url)
    return why
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
