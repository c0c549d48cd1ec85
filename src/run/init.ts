/** A new factory from the starter kit: brand, templates, a first job with made-up data, and schemas for editors. */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { done, failed, type Result } from '../model/index.ts'

/** What a factory is made of: folders of the package, and where each goes. */
const parts = { starter: '.', assets: 'assets', templates: 'templates', schemas: 'schemas' } as const

/** Makes a factory in a new or empty folder. Gives back the names of what is in it. Fault: a folder that has something in it. */
export function initFactory(folder: string): Result<readonly string[]> {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    return failed({
      code: 'usage.file',
      message: 'the folder is not empty',
      place: { file: folder },
      hint: 'name a new folder: nothing that stands somewhere is written over',
    })
  }
  mkdirSync(folder, { recursive: true })
  for (const [from, to] of Object.entries(parts)) {
    cpSync(fileURLToPath(new URL(`../../${from}`, import.meta.url)), join(folder, to), { recursive: true })
  }
  // npm leaves files of that name out of packages.
  renameSync(join(folder, 'gitignore'), join(folder, '.gitignore'))
  return done(readdirSync(folder).sort())
}
