import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/closing.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // V8 13 loses count of its code pages now and then where many threads come and go (nodejs/node#64500).
    execArgv: ['--no-memory-protection-keys'],
    // Proofs take pictures of mails where there is a browser, a second each: the tests that look at them name one.
    env: { PLATEN_BROWSER: '' },
    // All of them: the default leaves one idle, which on two is half.
    maxWorkers: availableParallelism(),
  },
})
