/** How many rejects a run bears: a count, or a share of its communications. */
import type { Allowance } from '../model/index.ts'
import { decimal } from '../schema/index.ts'

/** Reads `12`, `10%` or `0.5%`; undefined for anything else. Shares run from 0 to 100 %, with four decimals at most. */
export function readAllowance(text: string): Allowance | undefined {
  if (/^\d{1,9}$/.test(text)) return { count: Number(text) }
  const share = /^(\d{1,3}(?:\.\d{1,4})?)\s*%$/.exec(text)?.[1]
  if (share === undefined || decimal(share).cmp(100) > 0) return undefined
  return { share: Number(decimal(share).div(100).toString()) }
}

/** Whether so many rejects are more than the allowance, of so many communications made and rejected together. */
export function exceeds(allowance: Allowance, rejects: number, communications: number): boolean {
  if ('count' in allowance) return rejects > allowance.count
  // Not in binary: 0.29 * 100 is less than 29.
  return decimal(String(allowance.share)).times(communications).cmp(rejects) < 0
}
