/** A small template for each channel, right and wrong, for the suite that all pass. */
import type { Source } from '../../src/model/index.ts'
import type { Fixture } from './conformance.ts'

function sources(file: string, text: string): Readonly<Record<string, Source>> {
  return { [file]: { file: `templates/test/${file}`, text } }
}

const pdf = (inner: string): string => `<document title="Invoice" lang="en">
  <page size="A4" margin="20mm">
    ${inner}
  </page>
</document>
`

const mail = (inner: string): string => `<mjml>
  <mj-head><mj-title>Invoice for {{who}}: {{amount}}</mj-title></mj-head>
  <mj-body>
    <mj-section><mj-column>
      ${inner}
    </mj-column></mj-section>
  </mj-body>
</mjml>
`

/** By channel name. */
export const fixtures: Readonly<Record<string, Omit<Fixture, 'channel'>>> = {
  pdf: {
    sources: sources('pdf.hbs', pdf('<p>{{who}}</p><p>{{amount}}</p>')),
    bad: { sources: sources('pdf.hbs', pdf('<paragraf>{{who}}</paragraf>')), line: 3 },
  },
  email: {
    sources: sources(
      'email.mjml.hbs',
      mail('<mj-text>{{who}}</mj-text>{{#if amount}}<mj-text>{{amount}}</mj-text>{{/if}}'),
    ),
    settings: { attach: 'pdf' },
    enclosed: {
      pdf: {
        piece: { bytes: new TextEncoder().encode('%PDF-1.7'), mediaType: 'application/pdf', measures: { pages: 1 } },
        fileName: 'invoice-417.pdf',
      },
    },
    bad: { sources: sources('email.mjml.hbs', mail('<mj-text colour="red">{{who}}</mj-text>')), line: 5 },
  },
  sms: {
    sources: sources('sms.hbs', 'Invoice for {{who}}: {{amount}}\n'),
    bad: { sources: sources('sms.hbs', '   \n'), line: 1 },
  },
}
