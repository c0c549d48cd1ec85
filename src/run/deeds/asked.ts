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

/** Communications of a run whose held or failed pieces are settled. */
export interface SettleRequest extends DeedRequest {
  readonly ids: readonly string[]
}

export interface ReleaseRequest extends SettleRequest {
  /** Whether pieces go out that their own proof holds, too: then someone has read them, and answers for what they show. */
  readonly unproved?: boolean
  /** URLs of modules of channels from outside. */
  readonly channelModules?: readonly string[]
}
