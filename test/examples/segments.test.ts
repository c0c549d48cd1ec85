/** Every text message of the telecom example, counted by a counter that is not ours. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SegmentedMessage } from 'sms-segments-calculator'
import { expect, test } from 'vitest'

test('an independent counter counts the same parts', () => {
  const out = mkdtempSync(join(tmpdir(), 'platen-segments-'))
  try {
    const job = 'examples/telecom/jobs/notices.yaml'
    const args = ['bin/platen.js', 'run', job, '--channel', 'sms', '--out', out, '--workers', '1']
    const ran = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect(ran.status, ran.stderr).toBe(0)
    const run = join(out, 'notices-2026-03')
    const messages = readdirSync(run)
      .filter(name => name.startsWith('lot-'))
      .flatMap(lot =>
        readFileSync(join(run, lot, 'sms/messages.jsonl'), 'utf8')
          .trim()
          .split('\n'),
      )
      .map(line => JSON.parse(line) as { id: string; text: string; encoding: string; parts: number })
    expect(messages).toHaveLength(670)
    for (const { id, text, encoding, parts } of messages) {
      const theirs = new SegmentedMessage(text, 'auto')
      expect([id, encoding, parts]).toEqual([id, theirs.getEncodingName(), theirs.segments.length])
    }
  } finally {
    rmSync(out, { recursive: true })
  }
})
