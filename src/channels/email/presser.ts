/** A process of its own that presses MJML into HTML: MJML reads and runs files of its working directory, so that one is empty. */
import { text } from 'node:stream/consumers'
import mjml2html from 'mjml'

/** What the process answers on standard output, as JSON. */
export type Pressed =
  | { readonly html: string }
  | { readonly errors: readonly { readonly line: number; readonly message: string; readonly tagName: string }[] }
  | { readonly threw: string }

const answer = await press(await text(process.stdin))
process.stdout.write(JSON.stringify(answer))

async function press(mjml: string): Promise<Pressed> {
  try {
    const { html } = await mjml2html(mjml, {
      validationLevel: 'strict',
      fonts: {},
      keepComments: false,
      minify: false,
      beautify: false,
    })
    return { html }
  } catch (error) {
    const { errors } = error as { errors?: readonly { line: number; message: string; tagName: string }[] }
    if (errors === undefined) return { threw: error instanceof Error ? error.message : String(error) }
    return { errors: errors.map(({ line, message, tagName }) => ({ line, message, tagName })) }
  }
}
