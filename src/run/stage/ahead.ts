/** Ahead: communications are foreseen by workers while the next are read. What comes of them is taken in input order, whoever foresaw it. */
import type { Communication } from '../../model/index.ts'
import { breathe } from '../pace.ts'
import type { Foreseen, Maker } from '../press/make.ts'
import type { Pool } from '../press/pool.ts'
import { readSheaf, Sheaf } from '../press/sheaf.ts'

/** Who foresees, and what ends it. */
export interface AheadRequest {
  readonly ahead: Pick<Pool, 'foresee'>
  /** Milliseconds, of any beginning. Default: `performance.now`. */
  readonly clock?: () => number
  readonly signal?: AbortSignal | undefined
}

/** A communication to be foreseen. */
export interface Look {
  readonly communication: Communication
  /** As it is staged. */
  readonly text: string
  readonly to: readonly string[]
}

/** Communications of one message: what each was handed over with, and what is to be foreseen of it. */
interface Bundle<T> {
  readonly whats: T[]
  readonly tos: (readonly string[])[]
  readonly sheaf: Sheaf
}

/** A bundle that is with a worker, or was foreseen here while others are with one. */
interface UnderWay<T> {
  readonly bundle: Bundle<T>
  readonly answer: Promise<readonly Foreseen[] | undefined>
  isDone: boolean
  /** Whether its sheaf may be read again. */
  readonly isKept: boolean
}

/** A message between threads takes as long as some of these. */
const mostTogether = 64
/** Where foreseeing takes less of the time that reading takes, handing it over costs what it saves: so with pages alone. */
const leastShare = 0.5
/** Bundles that wait for the eldest, at most: a worker may be long at one. */
const mostUnderWay = 32

/** `T`: what goes along with a communication, and is handed to `pass` with what is known of it then. */
export class AheadQueue<T> {
  readonly #request: AheadRequest
  readonly #maker: Pick<Maker, 'foresee'>
  readonly #pass: (what: T, foreseen: Foreseen) => void
  readonly #underWay: UnderWay<T>[] = []
  /** Sheaves that can be written on again. */
  readonly #blank: Sheaf[] = []
  #bundle: Bundle<T>
  /** Whether communications are handed over; once they are, all that follow. */
  #handsOver = false
  /** What was foreseen here: since when it is measured, how many there were, and how long that took. */
  readonly #here = { since: 0, count: 0, took: 0 }

  /** `maker` foresees what no worker does. */
  constructor(request: AheadRequest, maker: Pick<Maker, 'foresee'>, pass: (what: T, foreseen: Foreseen) => void) {
    this.#request = request
    this.#maker = maker
    this.#pass = pass
    this.#bundle = this.#empty()
  }

  /** A promise: the next has to wait for it. */
  add(what: T, { communication, text, to }: Look): Promise<void> | undefined {
    if (!this.#handsOver) {
      this.#pass(what, this.#timed(communication, to))
      return undefined
    }
    if (!this.#bundle.sheaf.takes(text)) return this.#addNext(what, text, to)
    return this.#write(what, text, to) ? this.#send() : undefined
  }

  /** Foresees here, and finds out whether that is worth handing over. What is measured first is mostly compiling. */
  #timed(communication: Communication, to: readonly string[]): Foreseen {
    const { clock = () => performance.now() } = this.#request
    const here = this.#here
    const begun = clock()
    const foreseen = this.#maker.foresee(communication, to)
    const ended = clock()
    here.count += 1
    if (here.count <= mostTogether) here.since = ended
    else {
      here.took += ended - begun
      const isDue = here.count % mostTogether === 0
      this.#handsOver = isDue && here.took > leastShare * (ended - here.since)
    }
    return foreseen
  }

  async #addNext(what: T, text: string, to: readonly string[]): Promise<void> {
    if (this.#bundle.whats.length > 0) await this.#send()
    if (this.#write(what, text, to)) await this.#send()
  }

  /** Whether it was the last that goes into the bundle. */
  #write(what: T, text: string, to: readonly string[]): boolean {
    const { whats, tos, sheaf } = this.#bundle
    whats.push(what)
    tos.push(to)
    sheaf.add(text)
    return whats.length === mostTogether
  }

  #empty(): Bundle<T> {
    return { whats: [], tos: [], sheaf: this.#blank.pop() ?? new Sheaf() }
  }

  /** Takes what is still under way. The last few are not worth a message: a small batch has no worker come for it. */
  async end(): Promise<void> {
    while (this.#underWay.length > 0) await this.#take()
    this.#passAll(this.#bundle, this.#foresee(this.#bundle))
    this.#bundle = this.#empty()
  }

  /** Whoever reads does not wait for workers that are busy, but foresees along with them. */
  async #send(): Promise<void> {
    const bundle = this.#bundle
    const { tos, sheaf } = bundle
    this.#bundle = this.#empty()
    // What workers have answered by now comes in.
    await breathe(this.#request.signal)
    const sent = this.#request.ahead.foresee({ tos, written: sheaf.written() })
    const here = sent === undefined ? this.#foreseeAlong(bundle) : undefined
    if (here !== undefined) this.#blank.push(sheaf.blank())
    const answer = sent ?? Promise.resolve(here)
    const underWay: UnderWay<T> = { bundle, answer, isDone: sent === undefined, isKept: here === undefined }
    void answer.then(() => {
      underWay.isDone = true
    })
    this.#underWay.push(underWay)
    while (this.#underWay[0]?.isDone === true || this.#underWay.length > mostUnderWay) await this.#take()
  }

  /** Takes the eldest. Throws the signal's reason if it has come, and what foreseeing it throws. */
  async #take(): Promise<void> {
    const { bundle, answer, isKept } = this.#underWay.shift() as UnderWay<T>
    const foreseen = await answer
    this.#request.signal?.throwIfAborted()
    this.#passAll(bundle, foreseen ?? this.#foresee(bundle))
    if (isKept) this.#blank.push(bundle.sheaf.blank())
  }

  /** Undefined where something is thrown: its turn comes after that of all elder ones. */
  #foreseeAlong(bundle: Bundle<T>): readonly Foreseen[] | undefined {
    try {
      return this.#foresee(bundle)
    } catch {
      return undefined
    }
  }

  #foresee({ tos, sheaf }: Bundle<T>): readonly Foreseen[] {
    const written = sheaf.written()
    return tos.map((to, at) => this.#maker.foresee(readSheaf(written, at), to))
  }

  #passAll({ whats }: Bundle<T>, foreseen: readonly Foreseen[]): void {
    for (const [at, what] of whats.entries()) this.#pass(what, foreseen[at] as Foreseen)
  }
}
