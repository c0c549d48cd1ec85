/** Packages that are loaded when they are first needed: most starts need few of them, and the heavy ones take up to 0.1 s each. */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** Gives a package of ours by its name. Throws, when asked, for one that is not installed. */
export function later<Package>(name: string): () => Package {
  let loaded: Package | undefined
  return () => {
    loaded ??= require(name) as Package
    return loaded
  }
}
