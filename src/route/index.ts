/** Which channels a communication takes, and why. */

export type { Addressed, ListFile } from './entries.ts'
export { isPostal } from './postal.ts'
export { byAddress, compileRoute, type Route, type Routed } from './route.ts'
export { misnamesChannels, type Subtracting, subtract } from './subtract.ts'
export {
  hashSuppression,
  nobody,
  readSuppression,
  type Sending,
  type Suppression,
} from './suppression.ts'
