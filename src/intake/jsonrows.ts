/** Rows of JSON: each record is one object. */
import { isGroup, parseWritten } from '../schema/index.ts'
import { brokenJson } from './damage.ts'
import { columnName } from './header.ts'
import type { RawRow, Reader } from './raw.ts'
import { type Records, rangeOf, recordsAtOnce } from './records.ts'

/** `shown` names the file in faults. */
export function jsonReader(records: Records, shown: string): Reader {
  let blank = 0
  return {
    async *rows() {
      for (let cuts = await records.take(recordsAtOnce); cuts.length > 0; cuts = await records.take(recordsAtOnce)) {
        const written = cuts.filter(cut => !cut.blank)
        blank += cuts.length - written.length
        yield written.map(cut => ({ ...rangeOf(cut), ...objectOf(records.text(cut), shown) }))
      }
    },
    figures: () => ({ ...records.figures(), blank }),
    close: () => records.close(),
  }
}

function objectOf(text: string, file: string): Pick<RawRow, 'object' | 'damage'> {
  const parsed = parseWritten({ file, text })
  if (!parsed.ok) {
    const twice = parsed.faults[0]?.message.includes('twice')
    return { damage: brokenJson(text, twice ? 'a name stands twice in one object' : 'the row is not JSON') }
  }
  if (!isGroup(parsed.value)) return { damage: brokenJson(text, 'the row is not a JSON object') }
  const names = Object.keys(parsed.value)
  return new Set(names.map(columnName)).size < names.length
    ? { damage: brokenJson(text, 'two names differ only in blanks around them or in Unicode form') }
    : { object: parsed.value }
}
