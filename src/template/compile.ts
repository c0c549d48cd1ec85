/** Syntax trees to functions: an own Handlebars instance that prints through our escaping and sees own properties only. */

import { escapes, type Printing } from './escape.ts'
import { Unshowable } from './formats.ts'
import { Handlebars } from './handlebars.ts'
import { type Helper, helpers as implementations, type Voice } from './helpers.ts'
import { namingHelper, settleNames } from './names.ts'
import { signatures } from './signatures.ts'
import type { Loc, Program } from './tree.ts'

/** Merges one communication: `root` is what the template sees. Throws `Unshowable`; `press.at` then says where. */
export type Merged = (root: object) => string

export interface Press {
  /** Adds a partial under the name that templates call it by; `finish` has the last word on what it says. */
  readonly addPartial: (name: string, program: Program, finish?: (text: string) => string) => void
  /** Compiles a tree. It changes the tree. */
  readonly compile: (program: Program) => Merged
  /** Where the last call of a helper, or the last value that could not be printed, stands. */
  readonly at: () => Loc | undefined
}

/**
 * Opens a press for one kind of printing. Handlebars' `strict` is not used: its messages print the value around a missing one, and
 * helper arguments escape it; here everything printed is looked at, and the audit knows what can be missing.
 */
export function openPress(printing: Printing, voice: () => Voice): Press {
  const instance = Handlebars.create()
  const spots: Loc[] = []
  let at: Loc | undefined
  const print = escapes[printing]
  const runtime: Record<string, unknown> = Object.assign(Object.create(null), {
    $own: (owner: object, name: string) =>
      Object.hasOwn(owner, name) ? (owner as Record<string, unknown>)[name] : undefined,
    $print: (value: unknown, spot: number) => {
      if (typeof value === 'string') return print(value)
      if (typeof value === 'number') return String(value)
      at = spots[spot]
      if (value === undefined || value === null) throw new Unshowable('is missing')
      throw new Unshowable(typeof value === 'boolean' ? 'is true or false, not text' : 'is not a single value')
    },
  })
  for (const name of ['if', 'unless', 'each', 'with']) runtime[name] = instance.helpers[name]
  // A block that does nothing but give its context a name.
  runtime[namingHelper] = function (this: object, { fn, data }: Naming) {
    return fn(this, { data, blockParams: [this] })
  }
  for (const name of Object.keys(instance.helpers)) {
    if (!(name in runtime)) instance.unregisterHelper(name)
  }
  for (const [name, helper] of Object.entries(implementations)) {
    runtime[name] = bind(helper, voice, spot => {
      at = spots[spot]
    })
  }
  ;(instance as unknown as { JavaScriptCompiler: unknown }).JavaScriptCompiler = printingCompiler(instance, spots)

  const partials: Record<string, unknown> = Object.create(null)
  // `partial` makes Handlebars take the helpers as they are, instead of wrapping each of them anew for every merge.
  const settings = { partial: true, helpers: runtime, partials, hooks: {}, protoAccessControl: denied }
  const build = (program: Program): ((root: object, settings: object) => string) => {
    settleNames(program)
    const template = instance.compile(program, { ...options }) as unknown as {
      (root: object, settings: object): string
      _setup: (settings: object) => void
    }
    // Compiles now instead of at the first merge.
    template._setup(settings)
    return template
  }
  return {
    addPartial(name, program, finish) {
      const say = build(program)
      partials[name] = finish === undefined ? say : (root: object, given: object) => finish(say(root, given))
    },
    compile(program) {
      const template = build(program)
      return root => {
        at = undefined
        return template(root, { ...settings, data: { root } })
      }
    },
    at: () => at,
  }
}

const options = {
  data: true,
  knownHelpers: Object.fromEntries(
    [namingHelper, ...Object.keys(signatures)].map(name => [name, true]),
  ) as unknown as KnownHelpers,
  knownHelpersOnly: true,
  // Else the lines of a partial, and of the data in it, would be moved to the right.
  preventIndent: true,
}

const denied = {
  methods: { whitelist: {}, defaultValue: false },
  properties: { whitelist: {}, defaultValue: false },
}

interface Naming {
  readonly data: unknown
  readonly fn: (context: object, options: object) => string
}

interface HelperOptions {
  readonly hash: Readonly<Record<string, unknown>>
  /** Which of the spots. */
  readonly loc: number
}

function bind(helper: Helper, voice: () => Voice, mark: (spot: number) => void): (...received: unknown[]) => unknown {
  return (...received) => {
    const { hash, loc } = received.pop() as HelperOptions
    mark(loc)
    return helper(voice(), received, hash)
  }
}

/** The parts of Handlebars' code generator that its compiler API offers for replacing. */
interface Generator {
  readonly source: { readonly currentLocation: Loc }
  aliasable: (name: string) => unknown
  quotedString: (text: string) => string
  appendToBuffer: (source: unknown) => unknown
  pushSource: (source: unknown) => void
  popStack: () => unknown
  setupParams: (helper: string, count: number, params: unknown[]) => Record<string, unknown>
  objectLiteral: (fields: object) => unknown
}

function printingCompiler(instance: typeof Handlebars, spots: Loc[]): unknown {
  const Base = (instance as unknown as { JavaScriptCompiler: new () => object }).JavaScriptCompiler
  class PrintingCompiler extends Base {}
  Object.assign(PrintingCompiler.prototype, {
    compiler: PrintingCompiler,
    nameLookup(this: Generator, owner: unknown, name: string, kind: string) {
      if (kind === 'helper') return ['helpers.', name]
      return [this.aliasable('helpers.$own'), '(', owner, ',', this.quotedString(name), ')']
    },
    // With a number for the place of the call: the three objects that say it would be made anew for each. All helpers are known here, so
    // that the other ways to call one are not written.
    setupHelperArgs(this: Generator, helper: string, count: number, params: unknown[]) {
      const options = this.setupParams(helper, count, params)
      const spot = spots.push(this.source.currentLocation) - 1
      params.push(this.objectLiteral({ ...options, loc: String(spot) }))
      return ''
    },
    appendEscaped(this: Generator) {
      const spot = spots.push(this.source.currentLocation) - 1
      this.pushSource(
        this.appendToBuffer([this.aliasable('helpers.$print'), '(', this.popStack(), ',', String(spot), ')']),
      )
    },
    // Values are data: none is a function to be called.
    resolvePossibleLambda() {},
  })
  return PrintingCompiler
}
