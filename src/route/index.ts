/** Which channels a communication takes, and why. */
export { byAddress, compileRoute, type Route, type Routed } from './route.ts'
