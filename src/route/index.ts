/** Which channels a communication takes, and why. */
export { compileRoute, type Route, type Routed } from './route.ts'
