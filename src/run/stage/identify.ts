/** Identify: what identifies the communications of a run, in every way in which the channels of its plan write it. */

import type { PressPlan } from '../plan/plan.ts'
import { channelNamed, loadTable } from '../plan/table.ts'
import { gatherIdentities, type Identities, type IdentitySource, type Respell } from '../prove/identities.ts'

/** Undefined where no fact identifies anybody. Throws for a plan whose channels are not there: planning has loaded them. */
export async function identify(
  ledger: IdentitySource,
  plan: PressPlan,
  signal?: AbortSignal,
): Promise<Identities | undefined> {
  const { template, brand, channels, modules } = plan
  if (!template.facts.some(({ identity }) => identity)) return undefined
  const table = await loadTable(modules)
  if (!table.ok) throw new Error(table.faults.map(({ message }) => message).join('\n'))
  const spellings: Respell[] = []
  const closing: (() => Promise<void>)[] = []
  try {
    for (const { name, settings, prepared } of channels) {
      const purpose = template.purpose ?? 'service'
      const open = await channelNamed(table.value, name).open(prepared, { brand, settings, purpose })
      closing.push(() => open.close())
      if (open.respell !== undefined) spellings.push(open.respell)
    }
    return await gatherIdentities(ledger, template, { spellings, signal })
  } finally {
    for (const close of closing) await close()
  }
}
