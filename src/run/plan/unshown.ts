/** Facts that a channel is said to show and does not: what the manifest lists there, nobody would read. */
import {
  type Channel,
  type FactRule,
  type Fault,
  hintGuessed,
  type Place,
  type Prepared,
  type Source,
  type Template,
} from '../../model/index.ts'
import type { Audited } from '../../template/index.ts'

/**
 * One fault for each fact and channel: a text of it that is read does not show the fact, or only where not every reader sees it. What readers see
 * of a channel that could not be prepared is not known, and its markup has to do.
 */
export function unshownFacts(
  { facts, sources, file: head }: Template,
  { uses, shows }: Audited,
  { channels, prepared }: { readonly channels: readonly Channel[]; readonly prepared: ReadonlyMap<string, Prepared> },
): readonly Fault[] {
  return facts.flatMap(fact =>
    channels.flatMap(({ name: channel, files, unread = [] }): readonly Fault[] => {
      if (!fact.on.includes(channel)) return []
      const { seen: looks = [undefined], guessed = [] } = prepared.get(channel) ?? {}
      // A second one that is empty is no text, and the channel says so.
      const texts = files.filter((file, at) => {
        const text = sources[file]?.text
        return text !== undefined && !unread.includes(file) && (at === 0 || text.trim() !== '')
      })
      const lacking = texts.find(file => !looks.every(seen => shows(file, seen).includes(fact.value)))
      const source = sources[lacking ?? '']
      if (lacking === undefined || source === undefined) return []
      const hidden = uses[lacking]?.includes(fact.value) === true
      const first = lacking === files[0]
      const rules = guessed[looks.findIndex(seen => !shows(lacking, seen).includes(fact.value))]
      const said = `the fact ${fact.name} is said to be on ${channel}`
      return [
        {
          code: 'run.template',
          message: hidden
            ? `${said}, and the template shows it only where not every reader sees it`
            : `${said}, and ${first ? 'the template' : lacking} does not show it there`,
          place: hidden ? placeIn(source, fact) : { file: first ? head : source.file },
          hint: `write {{fact '${fact.name}'}} in the text of ${channel}${hidden ? ', not in an address, a comment, a preview, an alt text, a closed accordion or what is hidden at some width' : ''}, or take ${channel} out of its on:${hintGuessed(rules)}`,
        },
      ]
    }),
  )
}

/** Where a text asks for a fact first; one that a partial shows is told by its file. */
function placeIn({ file, text }: Source, { name }: FactRule): Place {
  const asked = [...text.matchAll(/\bfact\s+(["'])(.*?)\1/g)].find(([, , given]) => given === name)
  if (asked === undefined) return { file }
  const lines = text.slice(0, asked.index).split('\n')
  return { file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
