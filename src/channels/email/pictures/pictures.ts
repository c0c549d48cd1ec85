/** Pictures of a finished mail as its recipients see it: on a phone and on a screen, in the light and in the dark. */
import { done, type Fault, failed, type Picture, type Result } from '../../../model/index.ts'
import { pageOf } from '../read/read.ts'
import { type Browser, findBrowser, openBrowser, type View } from './browser.ts'

const views: Readonly<Record<string, View>> = {
  '375-light': { widthPx: 375, dark: false },
  '375-dark': { widthPx: 375, dark: true },
  '600-light': { widthPx: 600, dark: false },
  '600-dark': { widthPx: 600, dark: true },
}

/** Takes pictures with one browser, which is started when the first is asked for. */
export interface Camera {
  readonly take: (bytes: Uint8Array) => Promise<Result<readonly Picture[]>>
  readonly close: () => Promise<void>
}

export function openCamera(environment: NodeJS.ProcessEnv): Camera {
  let browser: Promise<Browser> | undefined
  let broken: Fault | undefined
  return {
    async take(bytes) {
      // Who sets it to nothing wants no pictures, and need not be told.
      if (environment['PLATEN_BROWSER'] === '') return done([])
      const command = findBrowser(environment)
      if (command === undefined) return failed(noBrowser('there is no browser'))
      if (broken !== undefined) return failed(broken)
      try {
        browser ??= openBrowser(command)
        const { picture } = await browser
        const page = pageOf(bytes)
        const pictures: Picture[] = []
        for (const [name, view] of Object.entries(views)) {
          const { png, widthPx } = await picture(page, view)
          const tooWidePx = Math.ceil(widthPx - view.widthPx)
          // One may be rounding.
          pictures.push({ name, bytes: png, ...(tooWidePx > 1 ? { tooWidePx } : {}) })
        }
        return done(pictures)
      } catch (error) {
        broken = noBrowser(error instanceof Error ? error.message : 'the browser failed')
        return failed(broken)
      }
    },
    async close() {
      const opened = await browser?.catch(() => undefined)
      await opened?.close()
    },
  }
}

function noBrowser(why: string): Fault {
  return {
    code: 'email.browser',
    message: `no pictures of mails were taken: ${why}`,
    hint: 'install Chromium or Chrome, or name one in PLATEN_BROWSER',
  }
}
