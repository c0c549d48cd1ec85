/** Short text messages: the SMS channel. */
export { loadSms, sms } from './channel.ts'
