/** Opens one data file for its raw rows, in batches, with its digest; refuses it as a whole where it must. */
import { done, FaultError, failed, type Result } from '../model/index.ts'
import { openBytes } from './bytes.ts'
import { Cutter } from './cut.ts'
import { ElementCutter } from './elements.ts'
import { encodingOf } from './encoding.ts'
import { jsonReader } from './jsonrows.ts'
import type { Reader, ReaderRequest } from './raw.ts'
import { Records } from './records.ts'
import { tableReader } from './tablerows.ts'

/** Opens a file and reads its header. Faults: cannot be read, undecodable, empty, a header that cannot be used. */
export async function openReader(request: ReaderRequest): Promise<Result<Reader>> {
  const { file, shown, longest } = request
  const source = await openBytes(request)
  if (!source.ok) return source
  try {
    const head = await source.value.read()
    const encoding = encodingOf(head ?? Buffer.alloc(0), file.encoding)
    const options = { ...encoding, start: encoding.mark, ...(longest === undefined ? {} : { longest }) }
    const records = (cutter: Cutter | ElementCutter): Records =>
      new Records({ source: source.value, head, cutter, encoding, shown })
    switch (file.format) {
      case 'csv':
      case 'tsv': {
        const cutter = new Cutter({ ...options, delimiter: file.delimiter, quote: file.quote })
        return done(await tableReader(records(cutter), cutter, request))
      }
      case 'jsonl':
        return done(jsonReader(records(new Cutter(options)), shown))
      case 'json':
        return done(jsonReader(records(new ElementCutter(options)), shown))
    }
  } catch (error) {
    await source.value.close()
    if (error instanceof FaultError) return failed(...error.faults)
    throw error
  }
}
