/** Files that are enclosed as they are: terms, forms, price lists. */
import { type BrandFile, type Fault, type Kit, quote, type Result, settle } from '../model/index.ts'
import { hintNearest } from '../schema/index.ts'
import { filesOf } from './fonts.ts'
import type { CheckedSettings } from './settings.ts'

/** Media types (RFC 6838) by the extension of a name; anything else is bytes. */
const mediaTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  xml: 'application/xml',
  json: 'application/json',
  csv: 'text/csv',
  txt: 'text/plain',
  html: 'text/html',
  ics: 'text/calendar',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  svg: 'image/svg+xml',
  zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
}

/** Files by name. */
export function loadFiles({ value, at }: CheckedSettings, kit: Kit): Result<Readonly<Record<string, BrandFile>>> {
  const faults: Fault[] = []
  const files: Record<string, BrandFile> = {}
  for (const [name, path] of Object.entries(value.files ?? {})) {
    const file = kit.get(`assets/${path}`)
    if (file === undefined) {
      faults.push({
        code: 'brand.file',
        message: `the file ${quote(path)} is not in the brand's folder`,
        place: at(['files', name]),
        hint: hintNearest(path, filesOf(kit)) ?? 'put the file into assets and name it as it is called there',
      })
      continue
    }
    const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
    const mediaType = Object.hasOwn(mediaTypes, extension) ? mediaTypes[extension]! : 'application/octet-stream'
    files[name] = { file: path, bytes: file.bytes, mediaType }
  }
  return settle(files, faults)
}
