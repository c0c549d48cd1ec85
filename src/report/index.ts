/** What happened, in words and in JSON. */
export { faultLines, meaning } from './faults.ts'
export { reportHtml } from './html.ts'
export { checkLines, statusLines } from './outlook.ts'
export { jsonProgress, movingProgress, type Progress, quietProgress } from './progress.ts'
export { storyLines } from './story.ts'
export { reportLines } from './terminal.ts'
export { verificationLines } from './verification.ts'
export { duration, group, groupDecimal, plural, size } from './words.ts'
