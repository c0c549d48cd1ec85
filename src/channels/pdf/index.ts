/** The PDF channel. */
export { loadPdf, pdf } from './channel.ts'
