/** What a run came to, as OpenMetrics text: for Prometheus' textfile collector and the like. Counts only, nothing of customers. */
import type { Report } from '../model/index.ts'

/** What is told of every start, and of a run that has a report. */
export interface Measured {
  readonly job: string
  /** Absent where no run was found. */
  readonly run?: string
  readonly exit: number
  readonly report?: Report
}

interface Family {
  readonly name: string
  readonly help: string
  readonly unit?: string
  readonly samples: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[]
}

/** OpenMetrics 1.0: gauges, each with type and help, and the line that says that nothing is missing. */
export function metricsText({ job, run, exit, report }: Measured): string {
  const common = { job, ...(run === undefined ? {} : { run }) }
  const lines = familiesOf(exit, report).flatMap(({ name, help, unit, samples }) => [
    `# TYPE ${name} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${help}`,
    ...samples.map(({ labels, value }) => `${name}{${labelled({ ...common, ...labels })}} ${value}`),
  ])
  return `${[...lines, '# EOF'].join('\n')}\n`
}

function familiesOf(exit: number, report: Report | undefined): readonly Family[] {
  const ended: Family = { name: 'platen_run_exit', help: 'Exit code of the last start.', samples: [{ value: exit }] }
  if (report === undefined) return [ended]
  const { rows, communications, pieces, timing } = report
  const { made, rejected, alreadyIssued } = communications
  return [
    ended,
    {
      name: 'platen_run_finished_timestamp_seconds',
      help: 'When the run was finished.',
      unit: 'seconds',
      samples: [{ value: Date.parse(timing.finishedAt) / 1000 }],
    },
    {
      name: 'platen_run_duration_seconds',
      help: 'How long the process took that finished the run.',
      unit: 'seconds',
      samples: [{ value: timing.seconds }],
    },
    {
      name: 'platen_run_rows',
      help: 'Rows that were read, by where they ended.',
      samples: counted('state', {
        communications: rows.communications,
        rejected: rows.rejected,
        filtered: rows.filtered,
      }),
    },
    {
      name: 'platen_run_communications',
      help: 'Communications made, and rejected; already_issued are among the rejected.',
      samples: counted('state', { made, rejected, already_issued: alreadyIssued }),
    },
    {
      name: 'platen_run_pieces',
      help: 'Pieces that should exist, by channel and outcome.',
      samples: Object.entries(pieces).flatMap(([channel, outcomes]) =>
        counted('outcome', outcomes).map(({ labels, value }) => ({ labels: { channel, ...labels }, value })),
      ),
    },
  ]
}

function counted(label: string, counts: Readonly<Record<string, number>>) {
  return Object.entries(counts).map(([name, value]) => ({ labels: { [label]: name }, value }))
}

function labelled(labels: Readonly<Record<string, string>>): string {
  const escaped = (text: string): string => text.replace(/[\\"]/g, sign => `\\${sign}`).replaceAll('\n', '\\n')
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')
}
