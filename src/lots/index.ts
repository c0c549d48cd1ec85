/** Lots on disk: written aside, made durable, published by one rename, swept after a crash. */
export { adopt, adoptListed, sweep, sweepHeld } from './adopt.ts'
export { type Flaw, flawOf } from './contents.ts'
export {
  type DurableFile,
  flushFolder,
  type Modes,
  makeFolder,
  modesOf,
  openDurably,
  privateModes,
  remove,
  rename,
  writeDurably,
} from './durable.ts'
export { foundAt } from './found.ts'
export { giveBack, isGivenBack } from './givenback.ts'
export { keepHeld, readPiece } from './held.ts'
export { digest, type Filed, type Finished, Lot } from './lot.ts'
export { type Listed, manifestName, manifestsDigest, readManifest } from './manifest.ts'
export { lotName, safeName } from './names.ts'
export { NewFiles } from './newfiles.ts'
