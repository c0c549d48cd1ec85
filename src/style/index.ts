/** How the brand speaks: its rules of style, held against every text that a reader sees. */
export { lintStyle, lintTemplate, type StyleRequest } from './lint.ts'
