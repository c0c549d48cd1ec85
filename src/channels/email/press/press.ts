/** Presses woven MJML into HTML, once per template, and makes sure that every Handlebars tag came through. */
import { type Brand, done, type Fault, failed, quote, type Result, type Source } from '../../../model/index.ts'
import { placeAt } from '../tags/place.ts'
import { shieldPattern } from '../tags/shield.ts'
import type { Woven } from '../weave/weave.ts'
import { ask } from './ask.ts'
import { putInlineRules } from './chosen.ts'
import { halfElements } from './halves.ts'
import type { Pressed } from './pressing.ts'
import { refused, words } from './refused.ts'
import { chosenWhole, takeInlineRules } from './taken.ts'

/** HTML, still behind shields and with marks. */
export async function press(woven: Woven, source: Source, brand: Brand): Promise<Result<string>> {
  const wrong = [chosenWhole, halfElements].flatMap(faultsOf => faultsOf(woven.mjml, woven.shields, source))
  if (wrong.length > 0) return failed(...wrong)
  const unlined = takeInlineRules(woven.mjml)
  const { shields } = woven
  const pressed = finish(await ask(unlined?.mjml ?? woven.mjml), woven, source, Object.keys(brand.colors))
  return unlined === undefined || !pressed.ok
    ? pressed
    : putInlineRules(pressed.value, { css: unlined.css, shields, source })
}

/** What MJML answered, if nothing was lost in it. */
export function finish(pressed: Pressed, woven: Woven, source: Source, colors: readonly string[] = []): Result<string> {
  if ('errors' in pressed) return failed(...pressed.errors.map(error => refused(error, woven, source, colors)))
  if ('threw' in pressed) {
    return failed({
      code: 'email.markup',
      message: `MJML cannot be compiled: ${words(woven.shields.lift(pressed.threw))}`,
      place: { file: source.file, line: 1, column: 1 },
      hint: 'a mail is <mjml> with <mj-head> and <mj-body> in it',
    })
  }
  const lost = [...compare(pressed.html, woven, source), ...leftOut(pressed.html, woven, source)]
  return lost.length > 0 ? failed(...lost) : done(tighten(pressed.html))
}

/** Tags of the body have to come out once each and in their order; then blocks are nested as they were written. */
function compare(html: string, { expected, shields }: Woven, source: Source): Fault[] {
  const found = [...html.matchAll(shieldPattern)]
    .map(([, position]) => Number(position))
    .filter(position => shields.get(position).tag !== 'whole')
  const at = expected.findIndex((position, index) => found[index] !== position)
  if (at < 0 && found.length === expected.length) return []
  // The inliner writes what some rules say into attributes of cells too (`text-align` into `align`), over what stands there.
  const attributeBefore = /\s(align|valign|bgcolor|background|width|height)\s*=\s*["'][^"'<>]*$/
  const { text, start } = shields.get(expected[Math.max(at, 0)] ?? found[expected.length] ?? 0)
  const [, attribute] = attributeBefore.exec(source.text.slice(Math.max(0, start - 200), start)) ?? []
  return [
    {
      code: 'email.tag',
      message: `${quote(text)} does not come through MJML as it was written`,
      place: placeAt(source, start),
      hint:
        attribute === undefined
          ? 'put it inside the text of a component, or around whole components'
          : `a rule of <mj-style inline="inline"> sets ${attribute} of this element: take it out of the rule, or choose a class with {{#if}} in place of ${attribute}`,
    },
  ]
}

/** Stretches that MJML leaves out: of an attribute that it does not write here, a selector that meets no element, a head behind the body. */
function leftOut(html: string, { wholes, shields }: Woven, source: Source): readonly Fault[] {
  const shown = new Set([...html.matchAll(shieldPattern)].map(([, position]) => Number(position)))
  return wholes
    .filter(position => !shown.has(position))
    .map(position => {
      const { text, start } = shields.get(position)
      const [, attribute] = /^([\w:-]+)\s*=/.exec(source.text.slice(start, start + 100)) ?? []
      const preview = /<mj-preview\b[^<>]*>\s*$/.test(source.text.slice(Math.max(0, start - 200), start))
      const what = attribute === undefined ? quote(text) : `${quote(text)} in ${attribute}`
      return {
        code: 'email.tag',
        message: `${what} does not come through MJML`,
        place: placeAt(source, start),
        hint:
          attribute === undefined
            ? preview
              ? 'put mj-head before mj-body'
              : 'look whether the path of the mj-selector around it meets an element'
            : `take ${attribute} out here, or write the component once for each way, in {{#if}} and {{else}}`,
      }
    })
}

/** MJML indents deeply; blanks between lines mean nothing in HTML but bytes, and mails are clipped by their bytes. */
function tighten(html: string): string {
  return /<pre\b|white-space:\s*pre/i.test(html) ? html : html.replace(/[ \t\r]*\n[ \t\r\n]*/g, '\n').trim()
}
