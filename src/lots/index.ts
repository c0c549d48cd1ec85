/** Lots on disk: written aside, made durable, published by one rename, swept after a crash. */
export { adopt, receiptsMatch, sweep } from './adopt.ts'
export { flushFolder, type Modes, makeFolder, modesOf, openDurably, privateModes, writeDurably } from './durable.ts'
export { digest, type Filed, type Finished, Lot } from './lot.ts'
export { type Listed, readManifest } from './manifest.ts'
export { lotName, safeName } from './names.ts'
