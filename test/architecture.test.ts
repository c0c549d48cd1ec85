/** The house keeps to its plan: who may import whom, which package lives where, and that docs/architecture.md tells the truth. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

interface SourceFile {
  /** Inside `src/`, with slashes. */
  readonly path: string
  readonly room: string
  readonly text: string
  readonly imports: readonly string[]
}

const files: readonly SourceFile[] = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map(path => path.replaceAll('\\', '/'))
  .filter(path => path.endsWith('.ts'))
  .sort()
  .map(path => {
    const text = read(`src/${path}`)
    return { path, room: roomOf(path), text, imports: importsOf(text) }
  })

/** `job/load.ts` -> `job`; each channel is a room of its own, the table of channels and the library's door stand alone. */
function roomOf(path: string): string {
  const [first = '', second = '', third] = path.split('/')
  if (first === 'channels') return third === undefined ? 'channels' : `channels/${second}`
  return second === '' ? 'door' : first
}

function importsOf(text: string): readonly string[] {
  const statements = text.matchAll(
    /^(?:import|export)\s+(?:[\w\s{},*$]+\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)|\.resolve\([`']([^'`]+)[`']\)/gm,
  )
  return [...statements].map(([, from, dynamic, file]) => from ?? dynamic ?? file ?? '')
}

const rooms = [...new Set(files.map(({ room }) => room))].filter(room => room !== 'channels' && room !== 'door')
const stations = rooms.filter(room => !['model', 'schema', 'run', 'cli'].includes(room))

/** Which rooms a room may import. */
const open: Readonly<Record<string, readonly string[]>> = {
  model: [],
  schema: ['model'],
  ...Object.fromEntries(stations.map(room => [room, ['model', 'schema']])),
  channels: ['model', ...stations.filter(room => room.startsWith('channels/'))],
  run: ['model', 'schema', 'channels', ...stations.filter(room => !room.startsWith('channels/'))],
  cli: ['run'],
  door: ['model', 'run'],
}

/** Package names to home rooms, from the table of docs/dependencies.md. */
const homes: Readonly<Record<string, string>> = Object.fromEntries(
  [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \| `src\/([^`]+)` \|/gm)].map(([, name, room]) => [
    name,
    room,
  ]),
)

/** What a module loads before it can be used, itself included. */
function startOf(entry: string): { readonly paths: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const paths = new Set([entry])
  const packages = new Set<string>()
  for (const path of paths) {
    const text = read(`src/${path}`).replace(/^(?:import|export) type [^']*/gm, '')
    for (const [, name = ''] of text.matchAll(/^(?:import|export)\s+[\w\s{},*$]+\sfrom\s+'([^']+)'/gm)) {
      if (name.startsWith('.')) paths.add(posix.join(posix.dirname(path), name))
      else packages.add(packageOf(name))
    }
  }
  return { paths, packages }
}

const packageOf = (specifier: string): string => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier

describe('imports', () => {
  it('are found', () => {
    const samples = [
      "import a from 'a'\n",
      "import {\n  b,\n} from './b.ts'\n",
      "import type { C } from '../c.ts'\n",
      "export {\n  type D,\n} from './d.ts'\n",
      "export * from './e.ts'\n",
      "import 'f'\n",
      "const g = await import('g')\n",
      "const h = createRequire(import.meta.url).resolve('h/data.bin')\n",
    ]
    expect(importsOf(samples.join(''))).toEqual(['a', './b.ts', '../c.ts', './d.ts', './e.ts', 'f', 'g', 'h/data.bin'])
    expect(files.length).toBeGreaterThan(100)
  })

  it('keep to the star, and go through the door of a room', () => {
    const wrong = files.flatMap(({ path, room, imports }) =>
      imports
        .filter(specifier => specifier.startsWith('.'))
        .map(specifier => posix.join(posix.dirname(path), specifier))
        .filter(target => {
          const other = roomOf(target)
          const door = room === 'door' && other === 'run' ? 'library.ts' : 'index.ts'
          return other !== room && !(open[room]?.includes(other) && target === `${other}/${door}`)
        })
        .map(target => `${path} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it('lead a channel of many folders one way, and whatever proves or shows a piece sees nothing of its making', () => {
    const ways: Readonly<Record<string, readonly string[]>> = {
      'channels/pdf': ['fonts', 'markup', 'drawing', 'layout', 'paint', 'read'],
      'channels/email': ['sheet', 'tags', 'look', 'html', 'weave', 'press', 'plain', 'message', 'read', 'pictures'],
    }
    const sees: Readonly<Record<string, readonly string[]>> = {
      'channels/pdf/read': [],
      'channels/email/read': ['sheet', 'tags'],
      'channels/email/pictures': ['read'],
    }
    for (const [channel, way] of Object.entries(ways)) {
      const folderOf = (path: string): string | undefined =>
        path.startsWith(`${channel}/`) ? /^[^/]+(?=\/)/.exec(path.slice(channel.length + 1))?.[0] : undefined
      const inside = files.filter(({ path }) => folderOf(path) !== undefined)
      expect([...new Set(inside.map(({ path }) => folderOf(path)))].sort()).toEqual([...way].sort())
      const wrong = inside.flatMap(({ path, imports }) => {
        const own = folderOf(path) ?? ''
        const before = sees[`${channel}/${own}`] ?? way.slice(0, way.indexOf(own))
        return imports
          .filter(specifier => specifier.startsWith('.'))
          .map(specifier => folderOf(posix.join(posix.dirname(path), specifier)))
          .filter(folder => folder !== undefined && folder !== own && !before.includes(folder))
          .map(folder => `${path} imports from ${folder}`)
      })
      expect(wrong).toEqual([])
    }
  })

  it('take packages only at home', () => {
    const wrong = files.flatMap(({ path, room, imports }) =>
      imports
        .filter(specifier => !specifier.startsWith('.') && !specifier.startsWith('node:'))
        .filter(specifier => homes[packageOf(specifier)] !== room)
        .map(specifier => `${path} imports ${specifier}`),
    )
    expect(wrong).toEqual([])
  })

  it('take node:sqlite in ledger, and threads and processes where they are conducted', () => {
    const users = (name: string): readonly string[] =>
      [...new Set(files.filter(({ imports }) => imports.includes(name)).map(({ room }) => room))].sort()
    expect(users('node:sqlite')).toEqual(['ledger'])
    // schema loads a factory's scripts in a thread first: nothing else ends a module that loops while it is loaded.
    expect(users('node:worker_threads')).toEqual(['run', 'schema'])
    for (const file of files.filter(({ room }) => room === 'model')) {
      expect(file.imports.filter(one => !one.startsWith('.'))).toEqual([])
    }
  })

  it('write to a run in one place, where each step is announced to the failpoints of test/storm', () => {
    const writes = /\b(writeFileSync|renameSync|fsyncSync|mkdirSync|createWriteStream|rmSync)\(|'COMMIT'/
    expect(files.filter(({ text }) => writes.test(text)).map(({ path }) => path)).toEqual([
      'ledger/database.ts',
      'lots/durable.ts',
      'lots/newfiles.ts',
      // No runs: a new factory, finished samples to look at, standard input on its way in, and what others left of that.
      'run/ask/init.ts',
      'run/ask/proof.ts',
      'run/plan/fill.ts',
      'run/plan/spool.ts',
    ])
  })

  it('load what is heavy when it is asked for: a start, and each worker, waits for what it loads', () => {
    const heavy = ['ajv', 'fontkit', 'html-to-text', 'libphonenumber-js', 'mjml', 'pdfkit', 'sharp', 'yaml']
    const heavyIn = (entry: string): readonly string[] => {
      const { paths, packages } = startOf(entry)
      expect(paths.size).toBeGreaterThan(100)
      return heavy.filter(name => packages.has(name))
    }
    expect(heavyIn('cli/index.ts')).toEqual([])
    expect(heavyIn('run/library.ts')).toEqual([])
    expect(heavyIn('run/press/worker.ts')).toEqual([])
    expect(heavyIn('channels/pdf/open.ts')).toEqual([])
    // The same look finds what a channel loads once it is opened.
    expect(heavyIn('channels/email/open.ts')).toEqual(['html-to-text'])
  })

  it('load what whole runs take when a run is asked for: the first piece of a program does not wait for it', () => {
    const { paths, packages } = startOf('run/library.ts')
    const runs = ['intake', 'ledger', 'report', 'route', 'style', 'run/stage', 'run/account', 'run/deeds']
    expect(runs.filter(room => [...paths].some(path => path.startsWith(`${room}/`)))).toEqual([])
    expect(packages.has('node:sqlite')).toBe(false)
    expect([...startOf('run/whole.ts').paths].filter(path => path.startsWith('ledger/'))).not.toEqual([])
  })

  it('take every dependency somewhere, and docs/dependencies.md knows each', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
    const used = new Set(files.flatMap(({ imports }) => imports.map(packageOf)))
    expect(Object.keys(homes).sort()).toEqual(Object.keys(dependencies).sort())
    for (const name of Object.keys(dependencies)) expect([name, used.has(name)]).toEqual([name, true])
    for (const room of Object.values(homes)) expect(rooms).toContain(room)
  })
})

describe('files', () => {
  it('begin with a sentence that says what they are for', () => {
    expect(files.filter(({ text }) => !/^\/\*\*(\n \*)? \p{L}[^\n]{15,}/u.test(text)).map(({ path }) => path)).toEqual(
      [],
    )
  })

  it('are not named after nothing', () => {
    const empty = /(^|\/)(utils?|helpers?|common|shared|misc|lib|manager|service|handler|base)(\.ts|\/)/
    // Helpers are what Handlebars calls them.
    expect(files.map(({ path }) => path).filter(path => empty.test(path))).toEqual(['template/helpers.ts'])
  })

  it('called index.ts open a room and do nothing else, but for the entry of the command line and the table of channels', () => {
    const doing = files.filter(({ path, text }) => {
      if (!path.endsWith('index.ts') || ['cli/index.ts', 'channels/index.ts'].includes(path)) return false
      const code = text.replace(/\/\*\*[\s\S]*?\*\/|\/\/.*/g, '')
      return code.replace(/^export (type )?(\{[^}]*\}|\*) from '[^']+'$/gm, '').trim() !== ''
    })
    expect(doing.map(({ path }) => path)).toEqual([])
  })

  it('list the channels in one visible table', () => {
    const table = files.find(({ path }) => path === 'channels/index.ts')?.text ?? ''
    const listed = /readonly Channel\[\] = \[([^\]]*)\]/
      .exec(table)?.[1]
      ?.split(',')
      .map(name => name.trim())
    expect(listed?.map(name => `channels/${name}`).sort()).toEqual(
      rooms.filter(room => room.startsWith('channels/')).sort(),
    )
  })

  it('ask neither the clock nor chance, but where a run is conducted, ids are keyed and files are closed', () => {
    const asks = /\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)|\bperformance\.now\(|\brandom(Bytes|UUID|Int)\(/
    // The one closes files; the other only names what scripts may not ask.
    const exempt = ['channels/pdf/paint/encrypt.ts', 'schema/repeatable.ts']
    const askers = files
      .filter(({ path, text }) => asks.test(text) && !exempt.some(file => path.endsWith(file)))
      .map(({ room }) => room)
    expect([...new Set(askers)].filter(room => room !== 'run' && room !== 'cli')).toEqual(['ledger'])
  })
})

describe('docs', () => {
  it('architecture.md lists the rooms of src/, and the stretches of run', () => {
    const listed = [...read('docs/architecture.md').matchAll(/^\| `([a-z/]+)` \|/gm)].map(([, room]) => room)
    const stretches = new Set(files.flatMap(({ path }) => /^run\/[a-z]+(?=\/)/.exec(path)?.[0] ?? []))
    expect(listed.toSorted()).toEqual([...rooms, ...stretches].toSorted())
  })

  it('architecture.md has the folders of a mail in their order', () => {
    const [, listed = ''] = /folders stand in this order:\s+```\n([\s\S]*?)```/.exec(read('docs/architecture.md')) ?? []
    const told = [...listed.matchAll(/(?:^ {2}| {4,})([a-z]+) +\S/gm)].map(([, folder]) => folder)
    const there = new Set(files.flatMap(({ path }) => /^channels\/email\/([a-z]+)\//.exec(path)?.[1] ?? []))
    expect(told.toSorted()).toEqual([...there].toSorted())
  })

  it('point only at what is there', () => {
    const pages = readdirSync(join(root, 'docs'))
      .filter(name => name.endsWith('.md'))
      .map(name => `docs/${name}`)
    for (const page of ['README.md', ...pages]) {
      for (const [, link = ''] of read(page).matchAll(/\]\((?!https?:|mailto:)([^)#]+)(?:#[^)]*)?\)/g)) {
        const target = posix.join(dirname(page), link)
        expect(() => readdirSync(join(root, dirname(target))), `${page} points at ${link}`).not.toThrow()
        expect(readdirSync(join(root, dirname(target))), `${page} points at ${link}`).toContain(posix.basename(target))
      }
    }
  })
})
