/** A process of its own that presses MJML into HTML: MJML reads and runs files of its working directory, so that one is empty. */
import { rmdirSync } from 'node:fs'
import { text } from 'node:stream/consumers'

// What a terminal tells all that it started is for whoever asks: when that ends, so does what is read here.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
const asking = text(process.stdin)
const { pressMjml } = await import('./pressing.ts')
const asked = await asking
// Nothing comes where nobody had anything to ask.
if (asked !== '') process.stdout.write(JSON.stringify(await pressMjml(JSON.parse(asked) as string)))
try {
  // Whoever asked may have been killed meanwhile.
  rmdirSync(process.cwd())
} catch {
  // Gone already, or not empty: whoever asked sees to it.
}
