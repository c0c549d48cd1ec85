/** What happened, in words and in JSON. */
export { faultLines, meaning } from './faults.ts'
export { reportHtml } from './html.ts'
export { jsonProgress, movingProgress, type Progress, quietProgress } from './progress.ts'
export { costWords, reportLines } from './terminal.ts'
export { duration, group, groupDecimal, plural, size } from './words.ts'
