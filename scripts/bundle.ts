/** Writes what runs to dist/: our modules in a few files, since opening hundreds of them one by one costs a start a tenth to a fifth of its processor time. Part of the build. */
import { readdirSync, rmSync } from 'node:fs'
import { build } from 'rolldown'

const { output } = await build({
  // What somebody starts: the command line, the library, a thread, and processes of their own, which are looked for beside who starts them.
  input: {
    cli: 'src/cli/index.ts',
    index: 'src/index.ts',
    worker: 'src/run/press/worker.ts',
    drawer: 'src/brand/drawer.ts',
    presser: 'src/channels/email/press/presser.ts',
  },
  platform: 'node',
  // Packages stay where npm put them.
  external: /^[^./]/,
  output: {
    dir: 'dist',
    // A part's name changes with what is in it: a process under way finds its own parts or none, and not one of a later build.
    chunkFileNames: '[name]-[hash].js',
    // For `kindAndPlace`, which tells places in src.
    sourcemap: true,
    sourcemapExcludeSources: true,
  },
})

const made = new Set(output.map(({ fileName }) => fileName))
for (const { name } of readdirSync('dist', { withFileTypes: true }).filter(one => one.isFile() && !made.has(one.name)))
  rmSync(`dist/${name}`)
