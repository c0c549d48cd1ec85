/** How the brand speaks: its rules of style, held against every text that a reader sees. */
export { lintLegal, lintStyle, lintTemplate, type StyleRequest } from './lint.ts'
