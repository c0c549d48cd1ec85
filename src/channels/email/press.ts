/** Presses woven MJML into HTML, once per template, and makes sure that every Handlebars tag came through. */
import { done, type Fault, failed, quote, type Result, type Source } from '../../model/index.ts'
import { ask } from './ask.ts'
import { placeAt } from './place.ts'
import type { Pressed } from './pressing.ts'
import { shieldPattern } from './shield.ts'
import type { Woven } from './weave.ts'

/** HTML, still behind shields. */
export async function press(woven: Woven, source: Source): Promise<Result<string>> {
  return finish(await ask(woven.mjml), woven, source)
}

/** What MJML answered, if nothing was lost in it. */
export function finish(pressed: Pressed, woven: Woven, source: Source): Result<string> {
  if ('errors' in pressed) return failed(...pressed.errors.map(error => validationFault(error, woven, source)))
  if ('threw' in pressed) {
    return failed({
      code: 'email.markup',
      message: `MJML cannot be compiled: ${words(woven.shields.lift(pressed.threw))}`,
      place: { file: source.file, line: 1, column: 1 },
      hint: 'a mail is <mjml> with <mj-head> and <mj-body> in it',
    })
  }
  const lost = compare(pressed.html, woven, source)
  return lost.length > 0 ? failed(...lost) : done(tighten(pressed.html))
}

function validationFault(
  { line, message, tagName }: { readonly line: number; readonly message: string; readonly tagName: string },
  { lines, shields }: Woven,
  source: Source,
): Fault {
  const sourceLine = lines[line - 1] ?? 1
  const column = (source.text.split('\n')[sourceLine - 1] ?? '').indexOf(`<${tagName}`) + 1
  return {
    code: 'email.markup',
    message: message.startsWith(tagName) ? words(shields.lift(message)) : `${tagName}: ${words(shields.lift(message))}`,
    place: { file: source.file, line: sourceLine, ...(column > 0 ? { column } : {}) },
    hint: 'see the MJML reference for the attributes and children of this component',
  }
}

function words(message: string): string {
  const clipped = message.trim().replace(/\s+/g, ' ').slice(0, 300)
  return clipped.charAt(0).toLowerCase() + clipped.slice(1).replace(/\.$/, '')
}

/** Tags of the body have to come out once each and in their order; then blocks are nested as they were written. */
function compare(html: string, { expected, shields }: Woven, source: Source): Fault[] {
  const found = [...html.matchAll(shieldPattern)]
    .map(([, position]) => Number(position))
    .filter(position => shields.get(position).tag !== 'whole')
  const at = expected.findIndex((position, index) => found[index] !== position)
  if (at < 0 && found.length === expected.length) return []
  const { text, start } = shields.get(expected[Math.max(at, 0)] ?? found[expected.length] ?? 0)
  return [
    {
      code: 'email.tag',
      message: `${quote(text)} does not come through MJML as it was written`,
      place: placeAt(source, start),
      hint: 'put it inside the text of a component, or around whole components',
    },
  ]
}

/** MJML indents deeply; blanks between lines mean nothing in HTML but bytes, and mails are clipped by their bytes. */
function tighten(html: string): string {
  return /<pre\b|white-space:\s*pre/i.test(html) ? html : html.replace(/[ \t\r]*\n[ \t\r\n]*/g, '\n').trim()
}
