/** Pictures of mails: taken where there is a browser, and said not to be where there is none. */
import { ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import sharp from 'sharp'
import { afterAll, expect, test, vi } from 'vitest'
import { findBrowser } from '../../../../src/channels/email/pictures/browser.ts'
import { openCamera } from '../../../../src/channels/email/pictures/pictures.ts'
import { pageOf } from '../../../../src/channels/email/read/read.ts'
import { describe } from '../../../../src/model/index.ts'
import { tooWide } from '../../../../src/run/ask/proof.ts'

const path = process.env['PATH'] ?? ''
const installed = findBrowser({ PATH: path })

const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** Counts what is asked of it: twelve times, without the four guards (policy, no network, no names, and Chromium's own of loopback). */
let asked = 0
const outside = createServer((_, answer) => {
  asked += 1
  answer.end()
})
await new Promise<void>(resolve => outside.listen(0, '127.0.0.1', resolve))
const folder = mkdtempSync(join(tmpdir(), 'platen-pictures-'))
afterAll(() => {
  outside.close()
  rmSync(folder, { recursive: true })
})
const address = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`

/** A mail with an image of its own, images and styles from outside, and a script. */
const mail = Buffer.from(
  [
    'Subject: x',
    'Content-Type: multipart/related; boundary="b"',
    '',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<html><head><style>body{margin:0;background:#ffffff}@media (prefers-color-scheme:dark){body{background:#000000}}</style></head>
<body background="${address}/w.png"><img src="cid:dot@x" width="100" height="50"><img src="${address}/x.png"><iframe src="${address}/y"></iframe><link rel="stylesheet" href="${address}/z.css"><div style="height:900px">x</div>
<script>document.body.style.background='#ff0000'</script></body></html>`.replaceAll('\n', '\r\n'),
    '--b',
    'Content-Type: image/png',
    'Content-ID: <dot@x>',
    'Content-Transfer-Encoding: base64',
    '',
    dot,
    '--b--',
    '',
  ].join('\r\n'),
)

test('a page needs nothing from outside', () => {
  expect(pageOf(mail)).toContain(`<img src="data:image/png;base64,${dot}" width="100" height="50">`)
})

test('without a browser it is said, and hangs nothing', async () => {
  expect(await openCamera({ PLATEN_BROWSER: '', PATH: path }).take(mail)).toEqual({ ok: true, value: [] })
  // Applications of macOS are found without a PATH.
  if (findBrowser({ PATH: '' }) === undefined) {
    expect(await openCamera({ PATH: '' }).take(mail)).toEqual({
      ok: false,
      faults: [
        {
          code: 'email.browser',
          message: 'no pictures of mails were taken: there is no browser',
          hint: 'install Chromium or Chrome, or name one in PLATEN_BROWSER',
        },
      ],
    })
  }
  for (const [command, why] of [
    ['/nowhere/browser', 'the browser cannot be started'],
    ['/bin/true', 'the browser ended'],
  ] as const) {
    const camera = openCamera({ PLATEN_BROWSER: command })
    expect(await camera.take(mail)).toMatchObject({ faults: [{ message: `no pictures of mails were taken: ${why}` }] })
    await camera.close()
  }
})

/** Takes pictures in a process that leads a group of its own, with a browser that is none; what it says, and how it ended. */
async function alone(command: string): Promise<{ readonly said: string; readonly signal: string | null }> {
  const script = `import { openCamera } from ${JSON.stringify(new URL('../../../../src/channels/email/pictures/pictures.ts', import.meta.url))}
const camera = openCamera(process.env)
const { faults } = await camera.take(Buffer.from('Subject: x\\r\\n\\r\\nx'))
await camera.close()
console.log(faults[0].message)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    detached: true,
    env: { PLATEN_BROWSER: command, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<string | null>(resolve => child.once('close', (_, signal) => resolve(signal)))
  return { said: (await text(child.stdout)).trim(), signal: await ended }
}

test('a browser that cannot start takes nobody along, and one behind a wrapper is not waited for', async () => {
  // The number of a process that never was is whatever stood in the memory: 0, which is our own group, or another's.
  const kills = [vi.spyOn(ChildProcess.prototype, 'kill'), vi.spyOn(process, 'kill')]
  await openCamera({ PLATEN_BROWSER: '/nowhere/browser' }).take(mail)
  for (const kill of kills) expect(kill).not.toHaveBeenCalled()
  vi.restoreAllMocks()
  const wrapper = join(folder, 'wrapper')
  // What it starts holds the pipes, and answers nothing.
  writeFileSync(wrapper, `#!/bin/sh\nsleep 61 &\necho $! > ${join(folder, 'pid')}\nexit 3\n`, { mode: 0o755 })
  expect(await alone('/nowhere/browser')).toEqual({
    said: 'no pictures of mails were taken: the browser cannot be started',
    signal: null,
  })
  const before = Date.now()
  expect(await alone(wrapper)).toMatchObject({
    said: 'no pictures of mails were taken: the browser ended',
    signal: null,
  })
  expect(Date.now() - before).toBeLessThan(20_000)
  const sleeper = Number(readFileSync(join(folder, 'pid'), 'utf8'))
  // Gone, or dead and waiting for who adopted it.
  expect(spawnSync('ps', ['-o', 'stat=', '-p', String(sleeper)]).stdout.toString()).toMatch(/^(Z.*\n)?$/)
  expect(readdirSync(folder).sort()).toEqual(['pid', 'wrapper'])
})

test.skipIf(installed === undefined)(
  'a phone and a screen, in the light and in the dark (needs Chromium)',
  async () => {
    // Behind a wrapper that does not make way: the browser is a grandchild.
    const wrapper = join(folder, 'wrapped')
    writeFileSync(wrapper, `#!/bin/sh\n'${installed}' "$@"\n:\n`, { mode: 0o755 })
    const camera = openCamera({ PATH: path, PLATEN_BROWSER: wrapper })
    try {
      const taken = await camera.take(mail)
      if (!taken.ok) throw new Error(taken.faults.map(({ message }) => message).join())
      const seen = await Promise.all(
        taken.value.map(async ({ name, bytes }) => {
          const { width, height } = await sharp(bytes).metadata()
          const at = { left: 20, top: 1000, width: 1, height: 1 }
          const [red] = await sharp(bytes).extract(at).removeAlpha().raw().toBuffer()
          return `${name}: ${width} wide, ${height > 1800 ? 'whole' : 'cut'}, ${red === 0 ? 'dark' : 'light'}`
        }),
      )
      expect(asked).toBe(0)
      expect(seen).toEqual([
        '375-light: 750 wide, whole, light',
        '375-dark: 750 wide, whole, dark',
        '600-light: 1200 wide, whole, light',
        '600-dark: 1200 wide, whole, dark',
      ])
    } finally {
      await camera.close()
    }
  },
)

test.skipIf(installed === undefined)('a mail that is wider than the telephone (needs Chromium)', async () => {
  const camera = openCamera({ PATH: path })
  try {
    const html =
      '<head><meta name="viewport" content="width=device-width, initial-scale=1"></head><body style="margin:0"><div style="width:469px">3.05</div></body>'
    const taken = await camera.take(Buffer.from(`Subject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`))
    if (!taken.ok) throw new Error(taken.faults.map(({ message }) => message).join())
    expect(taken.value.map(({ name, tooWidePx }) => [name, tooWidePx === 95 ? 94 : tooWidePx])).toEqual([
      ['375-light', 94],
      ['375-dark', 94],
      ['600-light', undefined],
      ['600-dark', undefined],
    ])
  } finally {
    await camera.close()
  }
})

test('is told with its picture, and with what to look for', () => {
  const fault = tooWide('proof/email/B-1.375-light.png', 94)
  expect(fault.code).toBe('email.wide')
  expect(describe(fault)).toBe(
    'proof/email/B-1.375-light.png: the mail is 94 px wider than this picture: its ends are cut off, or all of it is shown small',
  )
})
