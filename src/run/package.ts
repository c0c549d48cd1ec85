/** The folder of the package, in which src and dist lie, and what `init` copies. */
import { findPackageJSON } from 'node:module'
import { dirname } from 'node:path'

export const packageFile = findPackageJSON(import.meta.url) as string
export const packageFolder = dirname(packageFile)
