/** Writes what runs to dist/: our modules in a few files, since opening hundreds of them one by one makes a start a sixth longer. Part of the build. */
import { build } from 'rolldown'

await build({
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
    cleanDir: true,
    // A part's name changes with what is in it, so that no process under way loads a part of a later build.
    chunkFileNames: '[name]-[hash].js',
    // For `kindAndPlace`, which tells places in src.
    sourcemap: true,
    sourcemapExcludeSources: true,
  },
})
