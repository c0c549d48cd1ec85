/** A factory for developers: one piece on demand, or a batch, from one folder of brand, templates and jobs. */
import { join } from 'node:path'
import {
  type Exit,
  type Fault,
  FaultError,
  type Piece,
  quote,
  type RunView,
  type Story,
  type Verification,
} from '../model/index.ts'
import { hintKnown, isObject } from '../schema/index.ts'
import type { VerifyRequest } from './ask/verify.ts'
import { fulfilled, openBenches } from './bench.ts'
import { dayIn } from './day.ts'
import type { DeedRequest, ReleaseRequest } from './deeds/asked.ts'
import type { Purged, PurgeRequest } from './deeds/purge.ts'
import { type Run, startRun } from './events.ts'
import { loadWhole } from './loadwhole.ts'
import { loadTable } from './plan/table.ts'
import {
  type PieceRequest,
  type RenderOptions,
  type RunOptions,
  type RunRequest,
  readRenderOptions,
  readRequest,
} from './request.ts'

export interface FactoryOptions {
  /** Folder of the brand; default `assets` in the factory's folder. A job's own `assets:` wins. */
  readonly assets?: string
  /** Folder of the templates; default `templates` in the factory's folder. A job's own `templates:` wins. */
  readonly templates?: string
  /** Folder that runs are written to; default `out` in the factory's folder. */
  readonly out?: string
  /** URLs of modules whose default export is a channel. */
  readonly channels?: readonly (string | URL)[]
}

export interface Factory {
  /**
   * Renders one piece in memory. `data` stands as a sample does: before prepare.js. Rejects with a FaultError: options, brand,
   * template and data, whatever is wrong.
   */
  readonly render: (template: string, channel: string, data: object, options?: RenderOptions) => Promise<Piece>
  /** Runs a job of `jobs/` (or the job file at a path that ends in `.yaml`) over its data, or over the data given. */
  readonly run: (job: string, options?: RunOptions) => Run
  /** One communication's whole story. Rejects with a FaultError: no such run, no such id. */
  readonly explain: (run: string, id: string) => Promise<Story>
  /** Holds a run against its ledger, files and kits; resolves also where something differs (exit 4). Writes nothing. */
  readonly verify: (
    run: string,
    options?: Omit<VerifyRequest, 'out' | 'run' | 'channelModules'>,
  ) => Promise<Verification>
  /** Declares a run void and frees its documents. These four resolve with how it ended, as the command's exit code says it. */
  readonly void: (run: string, deed: Why) => Promise<Settled>
  /** Publishes held pieces after all, in a new lot; those that their own proof holds only if `unproved`. */
  readonly release: (
    run: string,
    ids: readonly string[],
    deed: Why & Pick<ReleaseRequest, 'unproved'>,
  ) => Promise<Settled>
  /** Gives held and failed communications up, and frees their documents. */
  readonly discard: (run: string, ids: readonly string[], deed: Why) => Promise<Settled>
  /** Removes personal data and pieces of runs that ended before. */
  readonly purge: (options: Omit<PurgeRequest, 'out'>) => Promise<Purged>
  /** Waits for the runs and renders that are under way, and leaves nothing open. After it, both refuse with an Error. */
  readonly close: () => Promise<void>
}

/** Why something is done to a run, and who decided. */
export type Why = Pick<DeedRequest, 'why' | 'by'>

/** How a deed ended. */
export interface Settled {
  readonly exit: Exit
  readonly faults: readonly Fault[]
}

/**
 * Opens a factory: `dir/assets`, `dir/templates`, `dir/jobs`, `dir/out`. Rejects with a FaultError for options that do not exist and
 * channels that cannot be used.
 */
export async function openFactory(dir: string, options: FactoryOptions = {}): Promise<Factory> {
  refuseUnknown(options)
  const table = fulfilled(await loadTable(options.channels?.map(String)))
  const assets = options.assets ?? join(dir, 'assets')
  const templates = options.templates ?? join(dir, 'templates')
  const benches = openBenches({ assets, templates }, table)
  const busy = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined

  const refuseClosed = (): void => {
    if (closing !== undefined) throw new Error('this factory is closed: open another with openFactory')
  }
  /** Lets `close` wait for it. */
  const track = <T>(work: Promise<T>): Promise<T> => {
    const ended = work.then(
      () => {},
      () => {},
    )
    busy.add(ended)
    void ended.then(() => busy.delete(ended))
    return work
  }

  const render: Factory['render'] = async (template, channel, data, asked = {}) => {
    refuseClosed()
    const { id = 'piece', ...view } = fulfilled(readRenderOptions(asked))
    const plan = await benches.plan({ template, channel, set: Object.keys(view.set ?? {}) })
    return benches.at(plan, viewOf(view, plan.brand.timezone), async ({ maker, compose }) => {
      if (!isObject(data)) {
        const hint = 'hand over an object as the samples of the template are'
        throw new FaultError([
          { code: 'schema.value', message: 'the data is not an object', place: { file: id }, hint },
        ])
      }
      const communication = fulfilled(compose(data, id))
      const [made] = await maker.make(communication, [channel])
      if (made === undefined || made.outcome !== 'rendered') throw new FaultError(made?.faults ?? [])
      // Memory of its own: short pieces share theirs, and who hands over the whole buffer would hand over somebody else's.
      return { ...made.piece, bytes: new Uint8Array(made.piece.bytes) }
    })
  }

  const read = async (job: string, asked: RunOptions): Promise<RunRequest> => {
    refuseClosed()
    if (typeof job !== 'string' || job === '') {
      const message = 'the job is neither a name nor a path'
      throw new FaultError([{ code: 'usage.option', message, hint: "write run('invoices', options)" }])
    }
    const file = /\.ya?ml$/.test(job) ? job : join(dir, 'jobs', `${job}.yaml`)
    const out = options.out ?? join(dir, 'out')
    return fulfilled(readRequest(asked, { job: file, assets, templates, channelModules: table.modules, out }))
  }

  return {
    render: (...asked) => track(render(...asked)),
    run: (job, asked = {}) => {
      const run = startRun(read(job, asked))
      void track(run.report)
      return run
    },
    ...trailOf(options.out ?? join(dir, 'out'), table.modules, work => {
      refuseClosed()
      return track(work())
    }),
    close: () => {
      closing ??= (async () => {
        await Promise.all(busy)
        await benches.close()
      })()
      return closing
    },
  }
}

/** What can be asked of runs that are there. */
function trailOf(
  out: string,
  channelModules: readonly string[],
  busy: <T>(work: () => Promise<T>) => Promise<T>,
): Pick<Factory, 'explain' | 'verify' | 'void' | 'release' | 'discard' | 'purge'> {
  const whole = <T>(work: (runs: Awaited<ReturnType<typeof loadWhole>>) => Promise<T>): Promise<T> =>
    busy(async () => work(await loadWhole()))
  const plain = async (ending: Promise<Settled>): Promise<Settled> => {
    const { exit, faults } = await ending
    return { exit, faults }
  }
  return {
    explain: (run, id) => whole(async ({ explain }) => fulfilled(await explain({ out, run, id }))),
    verify: (run, asked = {}) => whole(({ verify }) => verify({ ...asked, out, run, channelModules })),
    void: (run, deed) => whole(({ voidRun }) => plain(voidRun({ ...deed, out, run }))),
    release: (run, ids, deed) => whole(({ release }) => plain(release({ ...deed, out, run, ids, channelModules }))),
    discard: (run, ids, deed) => whole(({ discard }) => plain(discard({ ...deed, out, run, ids }))),
    purge: asked => whole(({ purge }) => purge({ ...asked, out })),
  }
}

function refuseUnknown(options: FactoryOptions): void {
  const known = ['assets', 'templates', 'out', 'channels']
  const faults: Fault[] = []
  const fault = (message: string, hint: string) => faults.push({ code: 'usage.option', message, hint })
  for (const [name, value] of Object.entries(options as Readonly<Record<string, unknown>>)) {
    if (!known.includes(name)) fault(`there is no option ${quote(name)}`, hintKnown(name, known))
    else if (value === undefined) continue
    else if (name === 'channels') {
      if (!Array.isArray(value) || !value.every(one => typeof one === 'string' || one instanceof URL))
        fault('channels is not a list of URLs', "hand over [new URL('./fax.js', import.meta.url)]")
    } else if (typeof value !== 'string' || value === '')
      fault(`${name} is not the path of a folder`, 'hand over a text')
  }
  if (faults.length > 0) throw new FaultError(faults)
}

/** What the template sees as `run`. Without a date it is today, at every call anew. */
function viewOf({ date, period, set = {} }: Omit<PieceRequest, 'id'>, timezone: string): RunView {
  return {
    name: 'render',
    date: date ?? dayIn(timezone, new Date()),
    set,
    ...(period === undefined ? {} : { period }),
  }
}
