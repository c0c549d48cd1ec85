/** A finished run in words: what came in, what went out, and whether it adds up. */
import type { Cost, FactSum, Met, ReadBack, Report, SumReport } from '../model/index.ts'
import { decimal } from '../schema/index.ts'
import { deedWords } from './deeds.ts'
import { faultLines, meaning } from './faults.ts'
import { verdict } from './verdict.ts'
import { duration, exactly, group, groupDecimal, plural, size } from './words.ts'

/** The summary that ends a run on the terminal. */
export function reportLines(
  report: Report,
  folder: string,
  { warnings = true }: { readonly warnings?: boolean } = {},
): readonly string[] {
  return [
    ...heading(report),
    ...rows(report),
    ...rejects(report),
    ...(report.exit === 5 ? [] : [...pieces(report), ...facts(report), ...readBackLines(report), ...cost(report)]),
    ...expectations(report),
    ...sums(report),
    ...problems(warnings ? report : { ...report, warnings: [] }),
    '',
    ...places(report, folder),
  ]
}

function heading(report: Report): readonly string[] {
  const { run, template, date, timing, voided, purged } = report
  return [
    `${run}: ${verdict(report).title} (${template}, dated ${date}, ${duration(timing.seconds)})`,
    ...(voided === null ? [] : [`void since ${deedWords(voided)}`]),
    ...(purged === null ? [] : [`purged ${deedWords(purged)}`]),
    '',
  ]
}

function rows({ rows, communications, exit }: Report): readonly string[] {
  const { read, filtered } = rows
  const made = exit === 5 ? 'could be made' : 'made'
  return [
    line(
      'rows',
      `${group(read)} read = ${group(rows.communications)} in communications + ${group(rows.rejected)} in rejects + ${group(filtered)} filtered`,
    ),
    line('communications', `${group(communications.made)} ${made}, ${group(communications.rejected)} rejected`),
  ]
}

function rejects({ rejects }: Report): readonly string[] {
  return rejects.map(({ code, count }, at) =>
    line(at === 0 ? 'rejects' : '', `${group(count)} × ${meaning(code)} (${code})`),
  )
}

function pieces({ pieces, measures, notRendered, suppression }: Report): readonly string[] {
  const all = Object.entries(pieces).flatMap(([channel, { rendered, skipped, held, failed }]) => {
    const measure = measures[channel]
    const parts = [
      `${group(rendered)} rendered`,
      ...(measure !== undefined && measure.pages > 0 ? [plural(measure.pages, 'page')] : []),
      ...(measure !== undefined && measure.parts > 0 ? [plural(measure.parts, 'part')] : []),
      ...(measure === undefined ? [] : [size(measure.bytes)]),
      ...(skipped > 0 ? [skippedWords({ skipped, notRendered }, channel)] : []),
      ...(held > 0 ? [`${group(held)} held`] : []),
      ...(failed > 0 ? [`${group(failed)} failed`] : []),
    ]
    return [line(channel, parts.join(', '))]
  })
  return suppression === undefined ? all : [...all, line('suppression', suppressionWords(suppression))]
}

/** `29 skipped (28 no consent, 1 suppressed)`, in a run's report and in what a check foretells of it. */
export function skippedWords(
  { skipped, notRendered }: Pick<Report, 'notRendered'> & { readonly skipped: number },
  channel: string,
): string {
  return `${group(skipped)} skipped${skipWords(notRendered, channel)}`
}

/** ` (28 no consent, 1 suppressed)`: why pieces of a channel were skipped, most frequent first. */
export function skipWords(notRendered: Report['notRendered'], channel: string): string {
  const counts = new Map<string, number>()
  for (const one of notRendered) {
    if (one.channel !== channel || one.outcome !== 'skipped') continue
    const reason = one.reason.replace(/ \([^()]*\)$/, '')
    counts.set(reason, (counts.get(reason) ?? 0) + one.count)
  }
  const words = [...counts].sort(([, a], [, b]) => b - a).map(([reason, count]) => `${group(count)} ${reason}`)
  return words.length === 0 ? '' : ` (${words.join(', ')})`
}

/** `120 entries in the list, 3 of them met somebody; at a retry 121 entries in the list, 1 of them met somebody` */
export function suppressionWords({ retries = [], ...first }: NonNullable<Report['suppression']>): string {
  return [metWords(first), ...retries.map(asked => `at a retry ${metWords(asked)}`)].join('; ')
}

function metWords({ entries, matched }: Met): string {
  return `${group(entries)} ${entries === 1 ? 'entry' : 'entries'} in the list, ${group(matched)} of them met somebody`
}

/** Sums of money facts: what the documents of the run come to. */
function facts(report: Report): readonly string[] {
  return factSumsOf(report).map(({ fact, currency, documents, sum }) =>
    line('fact', `${fact}: ${amountWords(sum, currency)} in ${plural(documents, 'document')}`),
  )
}

/** What facts come to, those of each document's own currency by currency. */
export function factSumsOf({
  facts,
  currency,
  currencies = {},
}: Pick<Report, 'facts' | 'currency' | 'currencies'>): readonly (FactSum & {
  readonly fact: string
  readonly currency?: string
})[] {
  return [
    ...Object.entries(facts).map(([fact, sum]) => ({ fact, ...(currency === undefined ? {} : { currency }), ...sum })),
    ...Object.entries(currencies).flatMap(([fact, sums]) =>
      Object.entries(sums).map(([currency, sum]) => ({ fact, currency, ...sum })),
    ),
  ]
}

/** What was read back, money with its currency. */
export function readBackOf({ readBack, facts, currency }: Report): readonly ReadBack[] {
  return readBack.map(sum => (currency !== undefined && Object.hasOwn(facts, sum.fact) ? { currency, ...sum } : sum))
}

/** `1,234.50 EUR`; what is no money, or was added up by an earlier version, without a currency. */
export function amountWords(amount: string, currency?: string): string {
  return `${groupDecimal(amount)}${currency === undefined ? '' : ` ${currency}`}`
}

/** What the finished pieces were found to say, added up. */
function readBackLines(report: Report): readonly string[] {
  return readBackOf(report).map(({ fact, ...sum }) => line('read back', `${fact}: ${readBackWords(sum)}`))
}

/** `748,957.02 GBP from 1,885 pieces of pdf, as in the data` */
function readBackWords({
  channel,
  currency,
  pieces,
  read,
  data,
  agrees,
  released = 0,
}: Omit<ReadBack, 'fact'>): string {
  const found = `${amountWords(read, currency)} from ${plural(pieces, 'piece')} of ${channel}`
  const without = released === 0 ? '' : `; ${plural(released, 'piece')} released unproved and left out`
  return `${agrees ? `${found}, as in the data` : `${found}, and ${amountWords(data, currency)} in the data`}${without}`
}

function cost({ cost }: Report): readonly string[] {
  return cost === null ? [] : costLines(cost)
}

/** What all of it costs, `more` behind it, and for each channel that goes to several countries what each costs; none where nothing has a price. */
export function costLines(cost: Cost, more = ''): readonly string[] {
  if (cost.lines.length === 0) return []
  const countries = [...Map.groupBy(cost.lines, ({ channel }) => channel)].flatMap(([channel, lines]) =>
    lines.length < 2 ? [] : [line(`${channel} by country`, countryWords(lines))],
  )
  return [line('cost', `${costWords(cost)}${more}`), ...countries]
}

/** Countries that are told, dearest first; the rest is one sum. */
const mostCountries = 6

/** `GB 34.20 for 1,005 parts, DE 7.10 for 94 parts, 3 more 2.05` */
function countryWords(lines: Cost['lines']): string {
  const dearest = lines.toSorted((a, b) => decimal(b.amount ?? '0').cmp(a.amount ?? '0') || b.parts - a.parts)
  const shown = dearest.length > mostCountries + 1 ? dearest.slice(0, mostCountries) : dearest
  const rest = dearest.slice(shown.length)
  const told = shown.map(({ country = 'other', amount, parts, pieces }) => {
    const what = parts > 0 ? plural(parts, 'part') : plural(pieces, 'piece')
    return `${country} ${amount === null ? 'without a price' : groupDecimal(exactly(amount))} for ${what}`
  })
  const sum = rest.reduce((all, { amount }) => all.plus(amount ?? '0'), decimal('0'))
  return [...told, ...(rest.length === 0 ? [] : [`${rest.length} more ${groupDecimal(exactly(sum.toString()))}`])].join(
    ', ',
  )
}

/** `1,234.50 GBP (pdf 1,200.00, sms 34.50; email has no price)`: by channel, in the currency of the price list. */
function costWords({ currency, total, lines }: Cost): string {
  const channels = [...new Set(lines.map(({ channel }) => channel))]
  const priced = channels.flatMap(channel => {
    const amounts = lines.filter(line => line.channel === channel).map(({ amount }) => amount)
    if (amounts.every(amount => amount === null)) return []
    const sum = amounts.reduce((all, amount) => all.plus(amount ?? '0'), decimal('0'))
    return [`${channel} ${groupDecimal(exactly(sum.toString()))}`]
  })
  const unpriced = [
    ...new Set(
      lines
        .filter(({ amount }) => amount === null)
        .map(({ channel, country }) => (country === undefined ? channel : `${channel} to ${country}`)),
    ),
  ]
  const without = unpriced.length === 0 ? [] : [`no price for ${unpriced.join(', ')}`]
  const split = [...(priced.length === 0 ? [] : [priced.join(', ')]), ...without].join('; ')
  return `${groupDecimal(exactly(total))} ${currency}${split === '' ? '' : ` (${split})`}`
}

function expectations(report: Report): readonly string[] {
  const words = expectedWords(report)
  return words === undefined ? [] : [line('expected', words)]
}

/** `454 rows of the first file and 30 communications, as found`; undefined where neither was given. */
export function expectedWords({ expected: { rows, communications } = {}, refused }: Report): string | undefined {
  const parts = [
    ...(rows === undefined ? [] : [`${plural(rows, 'row')} of the first file`]),
    ...(communications === undefined ? [] : [plural(communications, 'communication')]),
  ]
  if (parts.length === 0) return undefined
  return `${parts.join(' and ')}${refused.some(({ code }) => code === 'run.control') ? '' : ', as found'}`
}

function sums({ sums }: Report): readonly string[] {
  return Object.entries(sums).map(([path, sum]) => line('sum', `${path}: ${sumWords(sum)}`))
}

function sumWords({ expected, read, accepted, rejected, unreadable }: SumReport): string {
  const split = `${groupDecimal(read)} = ${groupDecimal(accepted)} accepted + ${groupDecimal(rejected)} rejected`
  const agrees =
    expected === null
      ? ''
      : unreadable === 0 && same(expected, read)
        ? ', as expected'
        : `, expected ${groupDecimal(expected)}`
  return `${split}${agrees}${unreadable > 0 ? `, ${plural(unreadable, 'value')} unreadable` : ''}`
}

/** Decimal texts that differ only in trailing zeros are the same number. */
function same(a: string, b: string): boolean {
  const trim = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
  return trim(a) === trim(b)
}

function problems({ refused, warnings, notRendered }: Report): readonly string[] {
  const wrong = notRendered.filter(({ outcome }) => outcome !== 'skipped')
  return [
    ...(refused.length > 0 ? ['', ...faultLines(refused)] : []),
    ...(warnings.length > 0
      ? ['', ...faultLines(warnings).map(text => (text.startsWith('  ') ? text : `warning: ${text}`))]
      : []),
    ...(wrong.length > 0 ? [''] : []),
    ...wrong.map(({ channel, outcome, reason, count }) => `${group(count)} × ${channel} ${outcome}: ${reason}`),
  ]
}

function places({ communications, pieces, exit, chain, purged }: Report, folder: string): readonly string[] {
  return [
    ...(exit === 5 || purged !== null ? [] : [line('pieces', `${folder}/lot-*`)]),
    ...(communications.rejected > 0 && purged === null
      ? [line('rejects', `${folder}/rejects.csv, original lines in ${folder}/rejects/`)]
      : []),
    ...(purged === null && Object.values(pieces).some(({ held, failed }) => held + failed > 0)
      ? [line('failed', `${folder}/failed.csv, held pieces in ${folder}/held/`)]
      : []),
    line('report', `${folder}/report.html${exit === 5 ? '' : ' to sign off'}, ${folder}/report.json`),
    line('events', `${group(chain.events)}, head ${chain.head}`),
  ]
}

function line(label: string, text: string): string {
  return `  ${label.padEnd(15)} ${text}`
}
