/** What a run tells while it goes: one line that moves on a terminal, one JSON line per event, or nothing. */
import { describe, type RunEvent } from '../model/index.ts'
import { duration, group, plural } from './words.ts'

export interface Progress {
  readonly tell: (event: RunEvent) => void
  /** Clears what moves. */
  readonly end: () => void
}

/** One JSON object per event. */
export function jsonProgress(write: (text: string) => void): Progress {
  return { tell: event => write(`${JSON.stringify(event)}\n`), end: () => {} }
}

/** Warnings only. */
export function quietProgress(write: (text: string) => void): Progress {
  return {
    tell: event => {
      if (event.kind === 'warned') write(warning(event.fault))
    },
    end: () => {},
  }
}

/** A line that moves: rows read, then communications pressed, their rate, and the time left. */
export function movingProgress(write: (text: string) => void, now: () => number): Progress {
  const clear = '\r\u001b[K'
  let pressingSince: number | undefined
  let shown = false
  const show = (text: string): void => {
    shown = true
    write(`${clear}${text}`)
  }
  const end = (): void => {
    if (shown) write(clear)
    shown = false
  }
  const say = (text: string): void => {
    end()
    write(`${text}\n`)
  }
  const tell = (event: RunEvent): void => {
    switch (event.kind) {
      case 'started':
        return say(`${event.run}: ${event.resumed ? 'goes on' : 'begins'}, dated ${event.date}`)
      case 'warned':
        return say(warning(event.fault).trimEnd())
      case 'reading':
        return show(`  reading: ${plural(event.rows, 'row')}`)
      case 'read':
        return say(
          `  read: ${plural(event.rows, 'row')}, ${plural(event.communications, 'communication')}, ${plural(event.rejects, 'reject')}`,
        )
      case 'allocated':
        return say(`  allocated: ${plural(event.pieces, 'piece')} in ${plural(event.lots, 'lot')}`)
      case 'pressing': {
        pressingSince ??= now()
        const seconds = (now() - pressingSince) / 1000
        const rate = seconds > 0.5 ? event.communications / seconds : 0
        const left =
          rate > 0 ? `, ${Math.round(rate)}/s, ${duration((event.of - event.communications) / rate)} left` : ''
        return show(`  pressing: ${group(event.communications)} of ${group(event.of)}${left}`)
      }
      case 'worker-lost':
        return say(
          event.lot === undefined
            ? `  a worker was lost (${event.reason}); what it was at is done by others`
            : `  a worker was lost on lot ${event.lot} (${event.reason}); it is pressed again`,
        )
      case 'published':
      case 'finished':
        return
    }
  }
  return { tell, end }
}

function warning(fault: Parameters<typeof describe>[0]): string {
  return `warning: ${describe(fault)}\n${fault.hint === undefined ? '' : `  hint: ${fault.hint}\n`}`
}
