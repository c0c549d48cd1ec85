/** The setting `links` of channels: hosts of one's own that data may bring into a message. */
import { comparedHost, hostSign } from './text/hostsigns.ts'
import type { Data, JsonSchema } from './value.ts'

/** Each channel has its own: a mail shows a host beside its sender and its button, a text message nothing else. */
export const linksSetting: JsonSchema = {
  type: 'array',
  items: {
    type: 'string',
    minLength: 1,
    maxLength: 100,
    pattern: `^(?:${hostSign}|[.])+$`,
    description: 'a host such as nord.example',
  },
}

/** The hosts as links are compared with them. */
export function hostsAllowed({ links }: Data): ReadonlySet<string> {
  return new Set(Array.isArray(links) ? links.map(host => comparedHost(String(host))) : [])
}
