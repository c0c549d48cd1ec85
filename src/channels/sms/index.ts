/** Short text messages: the SMS channel. */
export { sms } from './channel.ts'
