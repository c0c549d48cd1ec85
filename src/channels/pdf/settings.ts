/** What a template and a job say about their PDFs. */
import type { Data } from '../../model/index.ts'
import { isStandard, type Standard } from './standards.ts'

/** The schema of `channels.pdf`. */
export const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    conformance: { type: 'array', items: { type: 'string' }, description: 'standards that every piece must meet' },
    tagged: { type: 'boolean', description: 'false: without what screen readers go by; smaller' },
    password: { type: 'string', minLength: 1, description: 'where the data has what opens the file' },
  },
}

export interface Settings {
  readonly conformance: readonly Standard[]
  readonly tagged: boolean
  /** Dotted path into the data. */
  readonly password: string | undefined
}

export function readSettings({ conformance, tagged, password }: Data): Settings {
  return {
    conformance: Array.isArray(conformance) ? conformance.filter(isStandard) : [],
    tagged: tagged !== false,
    password: typeof password === 'string' ? password : undefined,
  }
}
