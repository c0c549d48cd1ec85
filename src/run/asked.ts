/** What is asked of a run that is there: which one, and why. */

/** What is asked for. */
export interface DeedRequest {
  /** The out folder. */
  readonly out: string
  /** Name of the run. */
  readonly run: string
  /** In words for whoever reads the ledger; it stays for ever, so no customer should be named in it. */
  readonly why: string
  /** Who decided, where that is not the user of the system: cron runs as `billing`. */
  readonly by?: string
}
