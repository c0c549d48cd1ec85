/** Which channels a communication takes, and why. */
export { byAddress, compileRoute, type Route, type Routed } from './route.ts'
export { misnamesChannels, type Subtracting, subtract } from './subtract.ts'
export {
  type Addressed,
  hashSuppression,
  type ListFile,
  nobody,
  readSuppression,
  type Sending,
  type Suppression,
} from './suppression.ts'
