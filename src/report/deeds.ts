/** What people did to a run, in words. */
import type { Deed } from '../model/index.ts'

/** `2026-11-22 04:05 UTC, by maria (as billing): sent to the wrong month` */
export function deedWords({ at, user, by, why }: Deed): string {
  const who = by === undefined || by === user ? user : `${by} (as ${user})`
  return `${minute(at)}, by ${who}${why === undefined ? '' : `: ${why}`}`
}

/** `2026-11-22 04:05 UTC` */
export function minute(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}
