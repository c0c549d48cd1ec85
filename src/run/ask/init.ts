/** A new factory from the starter kit: brand, templates, a first job with made-up data, and schemas for editors. */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { done, type Fault, failed, type Result } from '../../model/index.ts'
import { packageFolder } from '../package.ts'
import { troubleOf } from '../trouble.ts'

/** What a factory is made of: folders of the package, and where each goes. */
const parts = { starter: '.', assets: 'assets', templates: 'templates', schemas: 'schemas' } as const

/** Where the kit is copied to before any of it gets its name: what a killed start left there is no reason to refuse the folder. */
const asideName = '.init.partial'

/**
 * Makes a factory in a new or empty folder, whole or not at all. Gives back the names of what is in it. Faults: a folder that has
 * something in it, and whatever the machine has against it; `from` is the package's own folder.
 */
export function initFactory(folder: string, from = packageFolder): Result<readonly string[]> {
  const isNew = !existsSync(folder)
  try {
    if (!isNew && readdirSync(folder).some(name => name !== asideName)) {
      return failed({
        code: 'usage.file',
        message: 'the folder is not empty',
        place: { file: folder },
        hint: 'name a new folder: nothing that stands somewhere is written over',
      })
    }
    copyKit(folder, from)
    return done(readdirSync(folder).sort())
  } catch (error) {
    if (existsSync(folder)) rmSync(isNew ? folder : join(folder, asideName), { recursive: true, force: true })
    if (!existsSync(join(from, parts.schemas))) return failed(notBuilt(from))
    const trouble = troubleOf(error)
    if (trouble === undefined) throw error
    const hint = 'nothing was made: see to it, or name another folder'
    return failed({ ...trouble.fault, place: { file: folder }, hint })
  }
}

/** Schemas for editors are written by the build: a package has them, the sources of one do not. */
function notBuilt(from: string): Fault {
  return {
    code: 'usage.file',
    message: `the folder ${parts.schemas} of Platen itself is missing`,
    place: { file: join(from, parts.schemas) },
    hint: 'run npm run build in the sources of Platen, or install the package again',
  }
}

function copyKit(folder: string, from: string): void {
  const aside = join(folder, asideName)
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { recursive: true })
  for (const [part, to] of Object.entries(parts)) cpSync(join(from, part), join(aside, to), { recursive: true })
  // npm leaves files of that name out of packages.
  renameSync(join(aside, 'gitignore'), join(aside, '.gitignore'))
  for (const name of readdirSync(aside)) renameSync(join(aside, name), join(folder, name))
  rmdirSync(aside)
}
