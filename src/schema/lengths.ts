/** Lengths of texts (`minLength`, `maxLength`): characters are counted only where code units do not tell, which every text of a batch is asked. */
import type { CodeKeywordDefinition } from 'ajv/dist/2020.js'

type Ajv = Pick<typeof import('ajv/dist/2020.js'), '_'>

/** Both, in place of ajv's own (JSON Schema Validation 2020-12 §6.3.1, §6.3.2). A text of n code units has n characters at most, and n / 2 at least. */
export function lengthKeywords({ _ }: Ajv): CodeKeywordDefinition {
  return {
    keyword: ['maxLength', 'minLength'],
    type: 'string',
    schemaType: 'number',
    // Where ajv has its own: problems are told in this order.
    before: 'pattern',
    error: { message: 'has another length', params: ({ schemaCode }) => _`{limit: ${schemaCode}}` },
    code(cxt) {
      const { keyword, data, schema, gen } = cxt
      const limit: number = schema
      const characters = _`${gen.scopeValue('func', { ref: countCharacters })}(${data})`
      if (keyword === 'maxLength') cxt.fail(_`${data}.length > ${limit} && ${characters} > ${limit}`)
      else cxt.fail(_`${data}.length < ${2 * limit} && ${characters} < ${limit}`)
    },
  }
}

function countCharacters(text: string): number {
  return [...text].length
}
