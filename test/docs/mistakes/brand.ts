/** Mistakes in a brand: its settings, its files, its wording. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mistake } from './mistake.ts'

const file = 'assets/brand.yaml'

export const brand: readonly Mistake[] = [
  {
    what: 'a class with a name that begins with a figure',
    code: 'brand.class',
    make: f => f.mend(file, 'classes: { muted:', 'classes: { 2nd: { color: ink }, muted:'),
    exit: 2,
    says: 'assets/brand.yaml:7:12: a class cannot be called "2nd"',
    hint: 'use letters, digits and hyphens, a letter first',
  },
  {
    what: 'a class with a colour that the brand does not have',
    code: 'brand.color',
    make: f => f.mend(file, 'color: muted', 'color: mutd'),
    exit: 2,
    says: 'assets/brand.yaml:7:21: muted.color names a colour that colors does not have: "mutd"',
    hint: 'did you mean "muted"?',
  },
  {
    what: 'a border in a colour of the web',
    code: 'brand.color',
    make: f => f.mend(file, 'color: muted', 'border: 1pt solid crimson'),
    exit: 2,
    says: 'assets/brand.yaml:7:21: muted.border names a colour that colors does not have: "crimson"',
    hint: 'add crimson to colors, or write "#RRGGBB"',
  },
  {
    what: 'a dark colour for one that is not there',
    code: 'brand.color',
    make: f => f.mend(file, 'fonts:', 'dark: { paper: "#000000" }\nfonts:'),
    exit: 2,
    says: 'assets/brand.yaml:6:9: dark names a colour that colors does not have: "paper"',
    hint: 'add paper to colors',
  },
  {
    what: 'a currency in small letters',
    code: 'brand.currency',
    make: f => f.mend(file, 'currency: GBP', 'currency: gbp'),
    exit: 2,
    says: 'assets/brand.yaml:3:1: currency is not a code of ISO 4217 (found "gbp")',
    hint: 'did you mean "GBP"?',
  },
  {
    what: 'a currency by its sign',
    code: 'brand.currency',
    make: f => f.mend(file, 'currency: GBP', 'currency: £'),
    exit: 2,
    says: 'assets/brand.yaml:3:1: currency is not a code of ISO 4217 (found "£")',
    hint: 'write three capital letters, such as EUR',
  },
  {
    what: 'wording saved in an old encoding',
    code: 'brand.encoding',
    make: f => f.write('assets/text/uk.json', Buffer.from('{\n  "regards": "Gr\u00fc\u00dfe"\n}\n', 'latin1')),
    exit: 2,
    says: 'assets/text/uk.json:2:17: this file is not UTF-8 text',
    hint: 'save it as UTF-8',
  },
  {
    what: 'a font that is named and not there',
    code: 'brand.file',
    make: f => f.remove('assets/fonts/SourceSans3-SemiBold.ttf'),
    exit: 2,
    says: `assets/brand.yaml:6:58: the font "fonts/SourceSans3-SemiBold.ttf" is not in the brand's folder`,
    hint: 'did you mean "fonts/SourceSans3-Regular.ttf"?',
  },
  {
    what: 'a font with another ending than its file',
    code: 'brand.file',
    make: f => f.mend(file, 'SourceSans3-SemiBold.ttf', 'SourceSans3-SemiBold.otf'),
    exit: 2,
    says: `assets/brand.yaml:6:58: the font "fonts/SourceSans3-SemiBold.otf" is not in the brand's folder`,
    hint: 'did you mean "fonts/SourceSans3-SemiBold.ttf"?',
  },
  {
    what: 'a logo that is named and not there',
    code: 'brand.file',
    make: f => f.mend(file, 'senders:', 'images: { logo: logo.svg }\nsenders:'),
    exit: 2,
    says: `assets/brand.yaml:8:11: the image "logo.svg" is not in the brand's folder`,
    hint: 'put the file into assets and name it as it is called there',
  },
  {
    what: 'a font that is none',
    code: 'brand.font',
    make: f => f.write('assets/fonts/SourceSans3-SemiBold.ttf', 'not a font'),
    exit: 2,
    says: 'assets/brand.yaml:6:58: "fonts/SourceSans3-SemiBold.ttf" is some other kind of file, not a TrueType or OpenType font',
    hint: 'use the .ttf or .otf file of one weight',
  },
  {
    what: 'a font made for web pages',
    code: 'brand.font',
    make: f => f.write('assets/fonts/SourceSans3-SemiBold.ttf', `wOF2${'\0'.repeat(40)}`),
    exit: 2,
    says: 'assets/brand.yaml:6:58: "fonts/SourceSans3-SemiBold.ttf" is a WOFF2 web font, not a TrueType or OpenType font',
    hint: 'use the .ttf or .otf file of one weight',
  },
  {
    what: 'a font whose download broke off at once',
    code: 'brand.font',
    make: f => f.write('assets/fonts/SourceSans3-SemiBold.ttf', ''),
    exit: 2,
    says: 'assets/brand.yaml:6:58: "fonts/SourceSans3-SemiBold.ttf" is empty, not a TrueType or OpenType font',
    hint: 'use the .ttf or .otf file of one weight',
  },
  {
    what: 'a font whose download broke off in the middle',
    code: 'brand.font',
    make: f => {
      const path = join(f.folder, 'assets/fonts/SourceSans3-SemiBold.ttf')
      f.write('assets/fonts/SourceSans3-SemiBold.ttf', readFileSync(path).subarray(0, 100_000))
    },
    exit: 2,
    says: 'assets/brand.yaml:6:58: "fonts/SourceSans3-SemiBold.ttf" is damaged: its table "GPOS" is cut off',
    hint: 'copy it again from where it came from',
  },
  {
    what: 'a font that was copied as text',
    code: 'brand.font',
    make: f => {
      const path = join(f.folder, 'assets/fonts/SourceSans3-SemiBold.ttf')
      f.write(
        'assets/fonts/SourceSans3-SemiBold.ttf',
        readFileSync(path).map(byte => (byte === 13 ? 10 : byte)),
      )
    },
    exit: 2,
    says: 'assets/brand.yaml:6:58: "fonts/SourceSans3-SemiBold.ttf" is damaged: its table "GDEF" does not have the checksum that it should',
    hint: 'copy it again from where it came from',
  },
  {
    what: 'a logo that is a web page',
    code: 'brand.image',
    make: f => {
      f.mend(file, 'senders:', 'images: { logo: logo.png }\nsenders:')
      f.write('assets/logo.png', '<!doctype html><title>Not found</title>')
    },
    exit: 2,
    says: 'assets/brand.yaml:8:11: "logo.png" cannot be read as an image: input buffer contains unsupported image format',
    hint: 'use a whole SVG, PNG, JPEG or WebP file',
  },
  {
    what: 'a logo with a width that is no length',
    code: 'brand.image',
    make: f => {
      f.mend(file, 'senders:', 'images: { logo: { file: logo.svg, width: wide } }\nsenders:')
      f.write('assets/logo.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>')
    },
    exit: 2,
    says: 'assets/brand.yaml:8:35: images.logo.width is not a length (found "wide")',
    hint: 'write it like 40mm, 120pt or 160px',
  },
  {
    what: 'a locale with an underscore',
    code: 'brand.locale',
    make: f => f.mend(file, 'locale: en-GB', 'locale: en_GB'),
    exit: 2,
    says: 'assets/brand.yaml:2:1: locale is not a language tag (found "en_GB")',
    hint: 'did you mean "en-GB"?',
  },
  {
    what: 'a language by its name',
    code: 'brand.locale',
    make: f => f.mend(file, 'locale: en-GB', 'locale: english'),
    exit: 2,
    says: 'assets/brand.yaml:2:1: locale is not a language tag (found "english")',
    hint: 'write it like uk-UA or en-GB',
  },
  {
    what: 'a brand without its settings',
    code: 'brand.missing',
    make: f => f.remove(file),
    exit: 2,
    says: 'assets/brand.yaml: the brand has no brand.yaml',
    hint: 'write assets/brand.yaml, or point assets: of the job at the right folder',
  },
  {
    what: 'settings of the brand under another ending',
    code: 'brand.missing',
    make: f => {
      f.write('assets/brand.yml', f.read(file))
      f.remove(file)
    },
    exit: 2,
    says: "assets/brand.yml: the brand's file is called assets/brand.yml",
    hint: 'name it assets/brand.yaml',
  },
  {
    what: 'a partial with a blank in its name',
    code: 'brand.partial',
    make: f => f.write('assets/partials/legal notice.hbs', '<p>Nord</p>'),
    exit: 2,
    says: 'assets/partials/legal notice.hbs: a partial cannot be called "legal notice.hbs"',
    hint: 'call it <name>.hbs, or <name>.<channel>.hbs for one channel',
  },
  {
    what: 'a partial under the ending of web pages',
    code: 'brand.partial',
    make: f => f.write('assets/partials/legal.html', '<p>Nord</p>'),
    exit: 2,
    says: 'assets/partials/legal.html: a partial cannot be called "legal.html"',
    hint: 'call it <name>.hbs, or <name>.<channel>.hbs for one channel',
  },
  {
    what: 'a sender of text messages with a blank',
    code: 'brand.sender',
    make: f => f.mend(file, 'sms: NORDSOHN', 'sms: NORD SOHN'),
    exit: 2,
    says: 'assets/brand.yaml:8:73: senders.sms is no sender of text messages (found "NORD SOHN")',
    hint: 'use at most 11 Latin letters or digits, a letter among them, or a number such as "+380441234567"',
  },
  {
    what: 'a sender of mails in letters that mail does not carry',
    code: 'brand.sender',
    make: f => f.mend(file, 'billing@nord.example', 'billing@\u043d\u043e\u0440\u0434.\u0443\u043a\u0440'),
    exit: 2,
    says: 'assets/brand.yaml:8:40: senders.email.address has letters outside ASCII (found "billing@норд.укр")',
    hint: 'write the domain in its xn-- form: billing@xn--d1ardi.xn--j1amh',
  },
  {
    what: 'a time zone that is none',
    code: 'brand.timezone',
    make: f => f.mend(file, 'Europe/London', 'Europe/Lundon'),
    exit: 2,
    says: 'assets/brand.yaml:4:1: timezone is not known (found "Europe/Lundon")',
    hint: 'did you mean "Europe/London"?',
  },
  {
    what: 'a time zone by its letters',
    code: 'brand.timezone',
    make: f => f.mend(file, 'Europe/London', 'GMT+1'),
    exit: 2,
    says: 'assets/brand.yaml:4:1: timezone is not known (found "GMT+1")',
    hint: 'write it like Europe/Kyiv, as in the IANA time zone database',
  },
  {
    what: 'wording under the name of a language',
    code: 'brand.wording',
    make: f => f.write('assets/text/english.json', '{}'),
    exit: 2,
    says: 'assets/text/english.json: the name of this file is not a language tag with .json (found "english.json")',
    hint: 'call it uk.json or en-GB.json',
  },
  {
    what: 'wording in groups',
    code: 'brand.wording',
    make: f => f.write('assets/text/en.json', '{\n  "regards": { "formal": "Regards" }\n}\n'),
    exit: 2,
    says: 'assets/text/en.json:2:3: the wording "regards" is not a text',
    hint: 'write one flat object: { "title": "Invoice {number}" }',
  },
]
