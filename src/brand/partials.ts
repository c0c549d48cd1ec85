/** Blocks for all templates: `assets/partials/*.hbs`. */
import { type Brand, type Fault, type Kit, quote, type Result, type Source, settle } from '../model/index.ts'
import { readSource } from './source.ts'

const folder = 'assets/partials/'

/** Partials by name: `legal.hbs` is `legal`, `legal.email.hbs` is `legal.email`. */
export function loadPartials(kit: Kit): Result<Brand['partials']> {
  const faults: Fault[] = []
  const partials: Record<string, Source> = {}
  for (const [name, file] of [...kit].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!name.startsWith(folder)) continue
    const base = name.slice(folder.length)
    if (!/^[A-Za-z][\w-]*(\.[a-z][\w-]*)?\.hbs$/.test(base)) {
      faults.push({
        code: 'brand.partial',
        message: `a partial cannot be called ${quote(base)}`,
        place: { file: file.shown },
        hint: 'call it <name>.hbs, or <name>.<channel>.hbs for one channel',
      })
      continue
    }
    const source = readSource(file)
    if (source.ok) partials[base.slice(0, -'.hbs'.length)] = source.value
    else faults.push(...source.faults)
  }
  return settle(partials, faults)
}
