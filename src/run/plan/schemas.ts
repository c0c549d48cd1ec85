/** JSON Schemas for editors: the ones that Platen itself checks job, brand and template files by. */
import { brandSchema } from '../../brand/index.ts'
import { channels } from '../../channels/index.ts'
import { jobSchema } from '../../job/index.ts'
import type { JsonSchema } from '../../model/index.ts'
import { headSchema } from '../../template/index.ts'

/** By file name: `job.json`, `brand.json`, `template.json`. */
export function editorSchemas(): Readonly<Record<string, JsonSchema>> {
  const draft = 'https://json-schema.org/draft/2020-12/schema'
  const settings = Object.fromEntries(
    channels.map(channel => [channel.name, { anyOf: [channel.settings, { type: 'null' }] }]),
  )
  const { properties, ...job } = jobSchema
  const ofChannels = { type: 'object', minProperties: 1, additionalProperties: false, properties: settings }
  return {
    'job.json': {
      $schema: draft,
      title: 'A job: which data meets which template, on which channels',
      ...job,
      properties: { ...(properties as JsonSchema), channels: ofChannels },
    },
    'brand.json': { $schema: draft, title: 'A brand: names, colours, type, images, senders', ...brandSchema },
    'template.json': {
      $schema: draft,
      title: 'A template: recipient, facts, settings of channels',
      ...headSchema(channels),
    },
  }
}
