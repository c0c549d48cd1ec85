import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Hundreds of processes and threads load the same modules. Those that find them compiled need no WebAssembly to strip their types either:
// a crash of the whole process was seen once where threads that had loaded it came and went (nodejs/node#64500), and CPU falls by a third.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('node_modules/.cache/node', import.meta.url))

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
