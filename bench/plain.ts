/** The same two documents with pdfkit as its README teaches: fonts by path, text by its own layout. The yardstick of each machine. */
import PDFDocument from 'pdfkit'
import { fontPaths } from './fonts.ts'
import { markPng } from './house.ts'
import type { InvoiceRecord, Party, StatementRecord } from './records.ts'

type Document = PDFKit.PDFDocument
interface Column {
  readonly x: number
  readonly width: number
  readonly align?: 'right'
}

export function plainInvoice(record: InvoiceRecord): Promise<Buffer> {
  return made(async document => {
    await begin(document, record.sender)
    about(document, 'Bill to', record.to, [
      ['Invoice no.', record.number],
      ['Invoice date', record.date],
      ['Due date', record.due],
    ])
    document.font('bold', 18).fillColor('#1F3A5F').text('INVOICE', 48, 200)
    const columns: readonly Column[] = [
      { x: 52, width: 248 },
      { x: 308, width: 32, align: 'right' },
      { x: 348, width: 62, align: 'right' },
      { x: 418, width: 38, align: 'right' },
      { x: 464, width: 72, align: 'right' },
    ]
    let y = 235
    y = head(document, columns, ['Description', 'Qty', 'Unit price', 'VAT', 'Amount'], y)
    for (const { d, q, p, v, a } of record.items) y = row(document, columns, [d, q, p, v, a], y)
    y += 7
    for (const [label, value] of [
      ['Subtotal', record.subtotal],
      ['VAT', record.vat],
    ] as const) {
      document.font('regular', 9).fillColor('#1A1A1A').text(label, 351, y)
      document.text(value, 446, y, { width: 90, align: 'right' })
      y += 15
    }
    document.moveTo(347, y).lineTo(547, y).lineWidth(1).stroke('#1F3A5F')
    document.font('bold', 11).text(`Total ${record.currency}`, 351, y + 2)
    document.text(record.total, 446, y + 2, { width: 90, align: 'right' })
    document.font('bold', 9).text('Payment terms', 48, y + 34)
    document.font('regular', 9).text(record.terms, 48, y + 48, { width: 499 })
  })
}

export function plainStatement(record: StatementRecord): Promise<Buffer> {
  return made(async document => {
    await begin(document, record.sender)
    about(document, 'Account holder', record.to, [
      ['Account', record.account],
      ['From', record.from],
      ['Until', record.until],
    ])
    document.font('bold', 18).fillColor('#1F3A5F').text('ACCOUNT STATEMENT', 48, 200)
    const sums = [
      ['Opening balance', record.opening],
      ['Money in', record.income],
      ['Money out', record.outgo],
      ['Closing balance', record.closing],
    ] as const
    sums.forEach(([label, value], index) => {
      const x = 48 + index * 124.75
      document.rect(x, 232, 124.75, 34).lineWidth(0.5).stroke('#BBBBBB')
      document
        .font('regular', 8)
        .fillColor('#666666')
        .text(label, x + 6, 236)
      document
        .font('bold', 9)
        .fillColor('#1A1A1A')
        .text(`${value} ${record.currency}`, x + 6, 248)
    })
    const columns: readonly Column[] = [
      { x: 52, width: 62 },
      { x: 122, width: 251 },
      { x: 381, width: 72, align: 'right' },
      { x: 461, width: 82, align: 'right' },
    ]
    const titles = ['Date', 'Description', 'Amount', 'Balance']
    let y = head(document, columns, titles, 282)
    for (const { t, d, a, b } of record.rows) {
      if (y > 765) {
        document.addPage()
        y = head(document, columns, titles, 48)
      }
      y = row(document, columns, [t, d, a, b], y)
    }
  })
}

function made(draw: (document: Document) => Promise<void>): Promise<Buffer> {
  return new Promise((done, failed) => {
    const document = new PDFDocument({ size: 'A4', margin: 0, bufferPages: true })
    document.registerFont('regular', fontPaths.regular).registerFont('bold', fontPaths.bold)
    const chunks: Buffer[] = []
    document.on('data', chunk => chunks.push(chunk))
    document.on('end', () => done(Buffer.concat(chunks)))
    draw(document).then(() => {
      const { count } = document.bufferedPageRange()
      for (let page = 0; page < count; page += 1) {
        document.switchToPage(page)
        document.font('regular', 8).fillColor('#666666')
        document.text(`Page ${page + 1} of ${count}`, 48, 800, { width: 499, align: 'center' })
      }
      document.end()
    }, failed)
  })
}

async function begin(document: Document, { name, lines }: Party): Promise<void> {
  document.image(await markPng, 48, 48, { height: 36 })
  document.font('bold', 13).fillColor('#1A1A1A').text(name, 92, 57)
  document.font('regular', 8).fillColor('#666666')
  lines.forEach((line, index) => {
    document.text(line, 357, 45 + index * 11, { width: 190, align: 'right' })
  })
}

function about(
  document: Document,
  label: string,
  { name, lines }: Party,
  rows: readonly (readonly [string, string])[],
): void {
  document.font('regular', 8).fillColor('#666666').text(label, 48, 121)
  document.font('bold', 11).fillColor('#1A1A1A').text(name, 48, 132)
  document.font('regular', 9)
  lines.forEach((line, index) => {
    document.text(line, 48, 147 + index * 12.3)
  })
  rows.forEach(([title, value], index) => {
    const y = 121 + index * 13
    document.font('regular', 9).fillColor('#666666').text(title, 327, y)
    document.font('bold', 9).fillColor('#1A1A1A').text(value, 387, y, { width: 160, align: 'right' })
  })
}

function head(document: Document, columns: readonly Column[], titles: readonly string[], y: number): number {
  document.rect(48, y, 499, 20).fill('#1F3A5F')
  document.font('bold', 9).fillColor('#FFFFFF')
  cells(document, columns, titles, y + 4)
  return y + 20
}

function row(document: Document, columns: readonly Column[], texts: readonly string[], y: number): number {
  document.font('regular', 9).fillColor('#1A1A1A')
  cells(document, columns, texts, y + 3)
  const bottom = y + 18
  document.moveTo(48, bottom).lineTo(547, bottom).lineWidth(0.5).stroke('#BBBBBB')
  return bottom
}

function cells(document: Document, columns: readonly Column[], texts: readonly string[], y: number): void {
  texts.forEach((text, index) => {
    const { x, width, align } = columns[index]!
    document.text(text, x, y, { width, ...(align !== undefined && { align }) })
  })
}
