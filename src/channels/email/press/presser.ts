/** A process of its own that presses MJML into HTML: MJML reads and runs files of its working directory, so that one is empty. */
import { text } from 'node:stream/consumers'
import { pressMjml } from './pressing.ts'

process.stdout.write(JSON.stringify(await pressMjml(await text(process.stdin))))
