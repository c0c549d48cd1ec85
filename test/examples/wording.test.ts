/** The starter kit's wording: every text in every language, with the same arguments, and quotes and blanks as LOOK asks. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { inspectMessage } from '../../src/template/message.ts'

const languages = ['de', 'en', 'pl', 'ru', 'uk']
const folders = ['assets/text', ...readdirSync('templates').map(name => `templates/${name}/text`)]

describe.each(folders)('%s', folder => {
  const wording = Object.fromEntries(languages.map(language => [language, read(`${folder}/${language}.json`)]))
  const english = wording['en'] ?? {}

  test.each(languages)('says everything in %s, with the same arguments', language => {
    const texts = wording[language] ?? {}
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort())
    // A text message of 70 characters leaves out what an English one has room for.
    // Where no salutation is given, some languages greet without a name.
    for (const key of Object.keys(texts).filter(key => !key.startsWith('sms') && key !== 'salutation')) {
      expect([...argumentsOf(texts[key])].sort(), `${language} ${key}`).toEqual([...argumentsOf(english[key])].sort())
    }
  })

  test.each(languages)('is typeset in %s', language => {
    for (const [key, text] of Object.entries(wording[language] ?? {})) {
      expect(text, `${language} ${key}`).not.toMatch(/ {2}|\s$|\.\.\.|[0-9]-[0-9]/)
      if (key.startsWith('sms')) continue
      expect(text, `${language} ${key}`).not.toMatch(/(№|No\.|Nr\.|nr) |["']/)
      if (/uk|ru|pl/.test(language)) expect(text, `${language} ${key}`).not.toMatch(/(^| )[вувікзозwiauo] (?!\{)/i)
    }
  })

  test('fits the basic alphabet of text messages in English, German and Polish', () => {
    for (const language of ['en', 'de', 'pl']) {
      for (const [key, text] of Object.entries(wording[language] ?? {})) {
        if (key.startsWith('sms'))
          expect(text, `${language} ${key}`).toMatch(/^[\w\s.,:;!?/{}äöüÄÖÜßéèàñ£€$%&#()+'"-]*$/)
      }
    }
  })
})

function read(file: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
}

function argumentsOf(text: string | undefined): ReadonlySet<string> {
  const inspected = inspectMessage(text ?? '')
  if (!inspected.ok) throw new Error(`${text}: ${inspected.faults[0]?.message}`)
  return inspected.value
}
