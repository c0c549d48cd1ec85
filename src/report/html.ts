/** The sign-off: a report as one page that an operator can print, read on a phone, and sign. No script, no network. */
import { describe, type Report } from '../model/index.ts'
import { deedWords, minute } from './deeds.ts'
import { meaning } from './faults.ts'
import { amountWords, expectedWords, factSumsOf, readBackOf, skipWords, suppressionWords } from './terminal.ts'
import { verdict } from './verdict.ts'
import { duration, exactly, group, groupDecimal, plural, size } from './words.ts'

/** report.html: what came in, what went out, whether it adds up. Holds what report.json holds, and nothing of a customer. */
export function reportHtml(report: Report): string {
  const { run } = report
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${entities(run)}: ${entities(verdict(report).title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${head(report)}
${section('What came in', rowsTable(report) + expectations(report) + sumsTable(report))}
${section('What went out', piecesTable(report) + factsTable(report) + readBackTable(report))}
${costTable(report)}
${report.rejects.length === 0 ? '' : section('Rejects', rejectsTable(report))}
${problems(report)}
${section('Digests', digests(report))}
${signatures}
</main>
</body>
</html>
`
}

function head(report: Report): string {
  const { run, template, period, date, exit, timing, platen, lots, voided, purged } = report
  const { title, words } = verdict(report)
  const facts = [
    ['Template', template],
    ...(period === null ? [] : [['Period', period]]),
    ['Dated', date],
    ['Lots', group(lots)],
    ['Started', minute(timing.startedAt)],
    ['Finished', `${minute(timing.finishedAt)}, after ${duration(timing.seconds)}`],
    ['Platen', `${platen}, exit ${exit}`],
    ...(voided === null ? [] : [['Void', deedWords(voided)]]),
    ...(purged === null ? [] : [['Purged', deedWords(purged)]]),
  ]
  const list = facts
    .map(([label = '', value = '']) => `<div><dt>${entities(label)}</dt><dd>${entities(value)}</dd></div>`)
    .join('')
  return `<header>
<p class="label">Run</p>
<h1>${entities(run)}</h1>
<p class="verdict exit-${exit}"><strong>${entities(title.charAt(0).toUpperCase() + title.slice(1))}.</strong> ${entities(words)}</p>
<dl>${list}</dl>
</header>`
}

function rowsTable({ data, rows, communications }: Report): string {
  const files = data.files.map(({ file, rows: read, filtered }) => [entities(file), group(filtered), group(read)])
  return (
    table(['File', 'Filtered', 'Rows'], files) +
    equation([
      [group(rows.read), 'rows read'],
      [group(rows.communications), 'in communications'],
      [group(rows.rejected), 'in rejects'],
      [group(rows.filtered), 'filtered'],
    ]) +
    `<p>${plural(communications.made, 'communication')} made, ${group(communications.rejected)} rejected${
      communications.alreadyIssued === 0 ? '' : `, of them ${group(communications.alreadyIssued)} issued before`
    }.</p>`
  )
}

function expectations(report: Report): string {
  const words = expectedWords(report)
  return words === undefined ? '' : `<p>Expected: ${words}.</p>`
}

function sumsTable({ sums }: Report): string {
  const rows = Object.entries(sums).map(([path, { expected, read, accepted, rejected, unreadable }]) => [
    entities(path),
    expected === null ? '' : groupDecimal(expected),
    `${groupDecimal(read)}${unreadable === 0 ? '' : `, ${plural(unreadable, 'value')} unreadable`}`,
    groupDecimal(accepted),
    groupDecimal(rejected),
  ])
  return rows.length === 0 ? '' : table(['Sum', 'Expected', 'Read', '= Accepted', '+ Rejected'], rows)
}

function piecesTable({ pieces, measures, notRendered, suppression }: Report): string {
  const rows = Object.entries(pieces).map(([channel, { rendered, skipped, held, failed }]) => {
    const { pages = 0, parts = 0, bytes = 0 } = measures[channel] ?? {}
    const measured = [
      ...(pages > 0 ? [plural(pages, 'page')] : []),
      ...(parts > 0 ? [plural(parts, 'part')] : []),
      ...(bytes > 0 ? [size(bytes)] : []),
    ]
    return [
      entities(channel),
      group(rendered),
      `${group(skipped)}${entities(skipWords(notRendered, channel))}`,
      group(held),
      group(failed),
      measured.join(', '),
    ]
  })
  const list = suppression === undefined ? '' : `<p>Suppression: ${suppressionWords(suppression)}.</p>`
  return table(['Channel', 'Rendered', 'Skipped', 'Held', 'Failed', ''], rows) + list
}

function factsTable(report: Report): string {
  const rows = factSumsOf(report).map(({ fact, currency, documents, sum }) => [
    entities(fact),
    group(documents),
    entities(amountWords(sum, currency)),
  ])
  return rows.length === 0 ? '' : table(['Fact', 'Documents', 'Sum'], rows)
}

function readBackTable(report: Report): string {
  const rows = readBackOf(report).map(({ fact, channel, currency, pieces, read, data, agrees, released = 0 }) => [
    `${entities(fact)} <span class="label">${entities(channel)}</span>`,
    group(pieces),
    entities(amountWords(read, currency)),
    (agrees ? 'as in the data' : `<b>${entities(amountWords(data, currency))} in the data</b>`) +
      (released === 0 ? '' : `; ${plural(released, 'piece')} released unproved and left out`),
  ])
  return rows.length === 0 ? '' : table(['Read back from', 'Pieces', 'Sum', ''], rows)
}

function costTable({ cost }: Report): string {
  if (cost === null || cost.lines.length === 0) return ''
  const rows = cost.lines.map(({ channel, country, pieces, pages, parts, amount }) => [
    entities(channel) + (country === undefined ? '' : ` <span class="label">${entities(country)}</span>`),
    group(pieces),
    pages > 0 ? group(pages) : '',
    parts > 0 ? group(parts) : '',
    amount === null ? 'no price' : groupDecimal(exactly(amount)),
  ])
  const total = ['<b>Total</b>', '', '', '', `<b>${groupDecimal(exactly(cost.total))} ${entities(cost.currency)}</b>`]
  return section(
    'What it costs',
    `${table(['Channel', 'Pieces', 'Pages', 'Parts', `Amount, ${entities(cost.currency)}`], [...rows, total])}
<p class="label">By the price list of the brand.${cost.lines.some(({ amount }) => amount === null) ? ' What has no price is not in the total.' : ''}</p>`,
  )
}

function rejectsTable({ rejects }: Report): string {
  const rows = rejects.map(({ code, count, places }) => [
    `${entities(meaning(code))}<br><span class="label">${entities(code)}</span>`,
    group(count),
    `<span class="label">${places.map(({ file, line }) => entities(line === undefined ? file : `${file}:${line}`)).join('<br>')}</span>`,
  ])
  return table(['Reason', 'How many', 'The first of them'], rows)
}

function problems({ refused, warnings, notRendered }: Report): string {
  const list = (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? '' : section(title, `<ul>${lines.map(line => `<li>${entities(line)}</li>`).join('')}</ul>`)
  const reasons = notRendered.map(
    ({ channel, outcome, reason, count }) => `${group(count)} × ${channel} ${outcome}: ${reason}`,
  )
  return (
    list('Why it was refused', refused.map(describe)) +
    list('Not rendered', reasons) +
    list('Warnings', warnings.map(describe))
  )
}

function digests({ data, kit, manifests, chain }: Report): string {
  return `<p class="label">SHA-256 over all input files: <code>${data.sha256}</code></p>
<p class="label">SHA-256 over the kit: <code>${kit}</code></p>${
    manifests === null
      ? ''
      : `\n<p class="label">SHA-256 over the manifests, and so over all that went out: <code>${manifests}</code></p>`
  }
<p class="label">Head of the ledger’s ${plural(chain.events, 'event')}, and so of all that happened: <code>${chain.head}</code></p>`
}

const signatures = `<footer class="signatures"><p>Looked at by</p><p>Released by</p><p>Date</p></footer>`

function section(title: string, body: string): string {
  return `<section><h2>${title}</h2>${body}</section>`
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]): string =>
    `<tr>${row.map(cell => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
  return `<div class="wide"><table><thead>${cells('th', heads)}</thead><tbody>${rows.map(row => cells('td', row)).join('')}</tbody></table></div>`
}

/** First = second + third + …, each with its words below. */
function equation(terms: readonly (readonly [string, string])[]): string {
  return `<p class="equation">${terms
    .map(
      ([value, words], at) =>
        `<span>${at === 0 ? '' : at === 1 ? '= ' : '+ '}<b>${value}</b> ${entities(words)}</span>`,
    )
    .join(' ')}</p>`
}

function entities(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#x27;',
  }
  return text.replace(/[&<>"']/g, character => names[character] ?? character)
}

const style = `
:root { --ink: #1B1F24; --muted: #525B66; --line: #C9CFD6; --accent: #0B6E4F }
* { box-sizing: border-box }
body { margin: 0; color: var(--ink); background: #fff; font: 15px/1.45 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; font-variant-numeric: tabular-nums }
main { max-width: 760px; margin: 0 auto; padding: 28px 20px }
h1 { margin: 0; font-size: 26px; line-height: 1.2; overflow-wrap: anywhere }
h2 { margin: 26px 0 6px; font-size: 17px }
p { margin: 6px 0 }
.label, dt { color: var(--muted); font-size: 13px }
.verdict { margin: 12px 0 16px; padding: 10px 0; border-top: 3px solid var(--accent); border-bottom: 1px solid var(--line) }
.exit-3, .exit-4, .exit-5 { border-top-color: var(--ink) }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(175px, 1fr)); gap: 8px 20px; margin: 0 }
dd { margin: 0 }
.wide { overflow-x: auto }
table { width: 100%; border-collapse: collapse }
th { padding: 6px 14px 4px 0; border-bottom: 1.5px solid var(--ink); color: var(--muted); font-size: 13px; font-weight: 400; text-align: left; white-space: nowrap }
td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: break-word }
th:not(:first-child), td:not(:first-child) { text-align: right; white-space: nowrap }
td .label { white-space: normal }
th:last-child, td:last-child { padding-right: 0 }
.equation { display: flex; flex-wrap: wrap; gap: 2px 12px; margin: 10px 0 }
ul { margin: 6px 0; padding-left: 20px }
code { font-size: 12px; overflow-wrap: anywhere }
.signatures { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 44px 24px; margin-top: 64px }
.signatures p { margin: 0; padding-top: 4px; border-top: 1px solid var(--ink); color: var(--muted); font-size: 13px }
@media (max-width: 520px) { main { padding: 20px 14px } th, td { padding-right: 9px; font-size: 13px } th, td .label { font-size: 12px } th:first-child, th:not(:first-child) { white-space: normal } }
@media print { body { font-size: 10.5pt } main { max-width: none; padding: 0 } section, footer { break-inside: avoid } @page { margin: 18mm } }
`
