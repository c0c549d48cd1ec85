/** What a document says of itself: its properties, the standards that it keeps, and what its colours are meant as. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { deflateSync } from 'node:zlib'
import type { Standard } from '../standards.ts'
import { dictionary, reference } from './strings.ts'
import type { Writer } from './writer.ts'

/** What the document's properties say; the same as in its Info dictionary. */
export interface Properties {
  readonly title: string
  readonly author: string
  readonly subject: string
  readonly keywords: string
  /** ISO 8601 with its time zone. */
  readonly made: string
}

/** XMP metadata (ISO 16684-1) with what the standards asked for, well-formed whatever the title holds. */
export function metadata({ title, author, subject, keywords, made }: Properties, asked: readonly Standard[]): string {
  const archive = asked.find(standard => standard.startsWith('pdf/a'))
  const accessible = asked.includes('pdf/ua-1')
  const language = (text: string): string => `<rdf:Alt><rdf:li xml:lang="x-default">${xml(text)}</rdf:li></rdf:Alt>`
  const described = [
    `<dc:title>${language(title)}</dc:title>`,
    `<dc:creator><rdf:Seq><rdf:li>${xml(author)}</rdf:li></rdf:Seq></dc:creator>`,
    ...(subject === '' ? [] : [`<dc:description>${language(subject)}</dc:description>`]),
    '<dc:format>application/pdf</dc:format>',
    `<xmp:CreateDate>${made}</xmp:CreateDate><xmp:ModifyDate>${made}</xmp:ModifyDate><xmp:CreatorTool>Platen</xmp:CreatorTool>`,
    ...(keywords === '' ? [] : [`<pdf:Keywords>${xml(keywords)}</pdf:Keywords>`]),
    '<pdf:Producer>Platen</pdf:Producer>',
    ...(archive === undefined
      ? []
      : [`<pdfaid:part>3</pdfaid:part><pdfaid:conformance>${archive.slice(-1).toUpperCase()}</pdfaid:conformance>`]),
    ...(accessible ? ['<pdfuaid:part>1</pdfuaid:part>'] : []),
  ]
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    `<rdf:Description rdf:about="" ${namespaces(archive !== undefined, accessible)}>`,
    ...described,
    '</rdf:Description>',
    ...(archive !== undefined && accessible ? [accessibleExtension] : []),
    '</rdf:RDF></x:xmpmeta>',
    '<?xpacket end="w"?>',
  ].join('\n')
}

function namespaces(archive: boolean, accessible: boolean): string {
  return [
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
    'xmlns:pdf="http://ns.adobe.com/pdf/1.3/"',
    ...(archive ? ['xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'] : []),
    ...(accessible ? ['xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'] : []),
  ].join(' ')
}

/** PDF/A knows the properties of PDF/UA only when they are described (ISO 19005-3 §6.6.2.3.3). */
const accessibleExtension = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289 that the document keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>`

const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** XML text without what XML 1.0 §2.2 does not allow. */
function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g, '')
    .replace(/[&<>]/g, character => references[character] ?? character)
}

/** sRGB, as pdfkit ships it (ICC, freely usable), deflated once. */
let profile: Uint8Array | undefined

/** What the colours of the document are meant as (ISO 19005-3 §6.2.3). Gives the number of the intent. */
export function writeOutputIntent(writer: Writer): number {
  profile ??= deflateSync(
    readFileSync(join(dirname(createRequire(import.meta.url).resolve('pdfkit')), 'data/sRGB_IEC61966_2_1.icc')),
    { level: 9 },
  )
  const file = writer.stream('/N 3 /Filter /FlateDecode', profile)
  const intent = writer.reserve()
  writer.put(
    intent,
    dictionary({
      Type: '/OutputIntent',
      S: '/GTS_PDFA1',
      Info: '(sRGB IEC61966-2.1)',
      OutputConditionIdentifier: '(sRGB IEC61966-2.1)',
      DestOutputProfile: reference(file),
    }),
  )
  return intent
}
