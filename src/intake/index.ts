/** Files to rows, rows to communications: the intake of a batch. */
export type { Doubled } from './doubles.ts'
export { type DroppedNames, mostOthers } from './dropped.ts'
export {
  type FileFigures,
  type Intake,
  type IntakeRequest,
  type IntakeSummary,
  inspectDrawing,
  openIntake,
} from './intake.ts'
export type { Lack } from './lacking.ts'
export { type CopyRequest, copyRows, csvCell, disarm, reasonLines, reasonsHeader } from './rejects.ts'
export { readSmallTable, type TableRecord } from './smalltable.ts'
export type { Total } from './sums.ts'
export { dataFiles } from './tables.ts'
