/** Job files: which data meets which template, on which channels. */
export { exceeds, readAllowance } from './allowance.ts'
export { readExpectation } from './expect.ts'
export { type LoadJobRequest, loadJob } from './load.ts'
export { periodExample, periodUnits, readPeriod } from './period.ts'
export { jobSchema } from './settings.ts'
