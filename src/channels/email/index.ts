/** HTML mail, with a plain part: the e-mail channel. */
export { email, loadEmail } from './channel.ts'
