/** A template as people name it on the command line. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Its folder: the one named, or the one of that name in `templates/` here; undefined where there is neither. */
export function templateFolder(target: string): string | undefined {
  return [target, join('templates', target)].find(path => existsSync(path) && statSync(path).isDirectory())
}
