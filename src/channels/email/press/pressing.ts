/** MJML into HTML, strictly, with nothing loaded and no font host named. The one home of mjml. */
import mjml2html from 'mjml'

/** HTML, or what MJML has against its input. */
export type Pressed =
  | { readonly html: string }
  | { readonly errors: readonly { readonly line: number; readonly message: string; readonly tagName: string }[] }
  | { readonly threw: string }

/** MJML reads and runs files of its working directory: only `presser.ts` calls this, in an empty one, and tests. */
export async function pressMjml(mjml: string): Promise<Pressed> {
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
