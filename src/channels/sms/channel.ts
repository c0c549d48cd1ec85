/** The SMS channel: a text of `sms.hbs` becomes one line of messages.jsonl. What makes it is loaded when it is asked for. */
import { type Channel, done, type Fault, failed } from '../../model/index.ts'
import { pathOf } from './dialled.ts'
import { formerNumbers } from './former.ts'
import { isFlaw, phone } from './phone.ts'
import { misnamedCountries, settingsSchema } from './settings.ts'

const file = 'sms.hbs'

export const sms: Channel = {
  name: 'sms',
  files: [file],
  escape: 'none',
  settings: settingsSchema,
  encloses: [],
  paths: settings => {
    const country = pathOf(settings)
    return country === undefined ? {} : { country }
  },
  demands: ({ optOut }, purpose) =>
    purpose === 'marketing' && optOut !== undefined
      ? {
          anyOf: typeof optOut === 'string' ? [optOut] : Object.values(optOut as Readonly<Record<string, string>>),
          code: 'sms.optout',
        }
      : undefined,
  output: { folder: 'sms', lines: 'messages.jsonl' },
  address: 'phone',
  normalAddress: (written, { country }) => {
    const found = phone(written, country)
    return isFlaw(found) ? undefined : found.number
  },
  formerAddresses: formerNumbers,
  async prepare({ sources, settings, brand, purpose }) {
    const source = sources[file]
    if (source === undefined) throw new Error(`prepare was called without ${file}`)
    const faults: Fault[] = [...misnamedCountries(settings, source.file)]
    if (source.text.trim() === '') {
      faults.push({
        code: 'sms.empty',
        message: 'the template of the text message is empty',
        place: { file: source.file, line: 1, column: 1 },
        hint: 'write the text, or take sms out of the channels of the job',
      })
    }
    if (brand.senders.sms === undefined) {
      faults.push({
        code: 'sms.sender',
        message: 'the brand has no sender of text messages',
        place: { file: source.file },
        hint: 'add senders.sms to brand.yaml: at most 11 Latin letters or digits',
      })
    }
    if (purpose === 'marketing' && settings['optOut'] === undefined) {
      faults.push({
        code: 'sms.optout',
        message: 'the template sells, and nothing says how a recipient of a text message stops it',
        place: { file: source.file },
        hint: 'say it in the wording, and name it: channels: { sms: { optOut: STOP } }',
      })
    }
    return faults.length > 0 ? failed(...faults) : done({ texts: { text: { ...source, escape: 'none' } } })
  },
  open: async (prepared, request) => (await import('./open.ts')).open(prepared, request),
}

/** Loads what makes its pieces, for whoever has time to wait for it now. */
export async function loadSms(): Promise<void> {
  await import('./open.ts')
}
