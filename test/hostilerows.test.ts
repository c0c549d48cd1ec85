/** Which test carries which hostile input: each stands there as it is written here, and is a fault or harmless. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** What it would do, the input itself, and the test that carries it. */
const carried: readonly (readonly [what: string, input: string, file: string])[] = [
  ['templates: the prototype of a value', "'customer.__proto__.x'", 'template/merge.test.ts'],
  ['templates: the constructor of a value', "'number.constructor'", 'template/merge.test.ts'],
  ['templates: a value that is a template', '{{constructor.constructor "return process"}}', 'hostile.test.ts'],
  ['templates: what prints data on the side', '{{log number}}', 'template/audit.test.ts'],
  ['templates: data that chooses a partial', '{{> (lookup . "p")}}', 'template/audit.test.ts'],
  ['templates: a misspelt path inside each', '{{#each lines}}{{descripton}}{{/each}}', 'template/audit.test.ts'],
  ['templates: an optional path inside unless', '{{#unless due}}{{date due}}{{/unless}}', 'template/audit.test.ts'],
  ['templates: an address that is a script', '<a href="javascript:{{number}}">', 'template/audit.test.ts'],
  ['templates: a value inside a style', '<p style="width:{{number}}">', 'template/audit.test.ts'],
  ['data: an address that is a script', "'javascript:alert(1)'", 'template/merge.test.ts'],
  ['mail: settings in the working directory', "'.mjmlconfig'", 'hostile.test.ts'],
  ['mail: a minifier in the working directory', "'.htmlnanorc.js'", 'hostile.test.ts'],
  ['mail: fonts from a host', 'fonts.googleapis', 'hostile.test.ts'],
  ['mail: an include in a template', '<mj-include path="./x.mjml"/>', 'channels/email/prepare.test.ts'],
  ['mail: an include in data', '<mj-include path="/etc/passwd"/>', 'hostile.test.ts'],
  ['mail: an address with another behind it', 'a@b.example, evil@example.com', 'channels/email/address.test.ts'],
  ['mail: a header in an address', 'a@b.example\\r\\nBcc: evil@example.com', 'channels/email/address.test.ts'],
  ['mail: a header in a name', 'x\\r\\nBcc: evil@example.com', 'channels/email/message.test.ts'],
  ['paper: an image in data', '<image src="../../../etc/passwd"/>', 'hostile.test.ts'],
  ['paper: an image outside of the brand', 'brand:../../etc/passwd', 'hostile.test.ts'],
  ['paper: a link that is a script', '<a href="javascript:alert(1)">', 'channels/pdf/markup/markup.test.ts'],
  ['paper: a sign that no font has', '=2+5𝕏', 'hostile.test.ts'],
  ['images: more pixels than memory', 'pixel limit', 'brand/images.test.ts'],
  ['images: a drawing with a file in it', 'file:///etc/hostname', 'brand/images.test.ts'],
  ['images: sizes without end', '0x7fffffff', 'brand/damaged.test.ts'],
  ['images: a laughing billion', '<!ENTITY l0 "ha">', 'brand/damaged.test.ts'],
  ['tables: a column called __proto__', 'id,n,__proto__', 'intake/assemble.test.ts'],
  ['schemas: data that brings a pattern', "{ $data: '1/b' }", 'hostile.test.ts'],
  ['schemas: a name that objects inherit', "['constructor', 'toString']", 'hostile.test.ts'],
  ['schemas: a reference to elsewhere', 'https://evil.example/s.json', 'hostile.test.ts'],
  ['schemas: a pattern that searches for ever', "pattern: '^(a+)+$'", 'run/guard.test.ts'],
  ['routes: a pattern that searches for ever', 'matches("^(a+)+$")', 'docs/mistakes/route.ts'],
  ['scripts: a loop while they are loaded', "'for (;;);'", 'schema/script.test.ts'],
  ['scripts: an import', "import fs from 'node:fs'", 'schema/script.test.ts'],
  ['spreadsheets: a formula behind a blank', "' \\u00a0@x'", 'intake/rejects.test.ts'],
  ['spreadsheets: a formula in a second line', "'a\\n-2'", 'intake/rejects.test.ts'],
  ['text messages: a name that is a link', 'Dear evil . com, pay', 'model/link.test.ts'],
  ['display: text that runs backwards', '\\u202e05,284 1\\u202c', 'hostile.test.ts'],
  ['display: signs of no width', 'zero\\u200bwidth\\ufeff\\u2060', 'hostile.test.ts'],
  ['files: an id that climbs', '../../../../tmp/stolen', 'hostile.test.ts'],
  ['files: a lot that is a link', 'symlinkSync(apart', 'hostile.test.ts'],
  ['network: any connection', 'AF_INET', 'hostile.test.ts'],
  ['logs: what a customer is called', 'Canary-Kovalenko', 'run/canary.test.ts'],
]

test.each(carried)('%s', (_, input, file) => {
  expect(readFileSync(new URL(file, import.meta.url), 'utf8')).toContain(input)
})
