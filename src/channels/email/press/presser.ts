/** A process of its own that presses MJML into HTML: MJML reads and runs files of its working directory, so that one is empty. */
import { rmdirSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { pressMjml } from './pressing.ts'

const asked = await text(process.stdin)
// Nothing comes where nobody had anything to ask.
if (asked !== '') process.stdout.write(JSON.stringify(await pressMjml(JSON.parse(asked) as string)))
try {
  // Whoever asked may have been killed meanwhile.
  rmdirSync(process.cwd())
} catch {
  // Gone already, or not empty: whoever asked sees to it.
}
