/** The PDF channel. */
export { pdf } from './channel.ts'
