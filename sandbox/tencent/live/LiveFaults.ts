/** What a test lets go wrong; changed at any time. */
export interface LiveFaults {
  readonly api: {
    /** Connections break. */
    isDown: boolean
    /** Before every answer. */
    delayMs: number | undefined
    /** Every call is refused with this code. */
    code: string | undefined
  }
  /** Callbacks are not sent, and not sent again. */
  losesCallbacks: boolean
}

export const noFaults = (): LiveFaults => ({ api: { isDown: false, delayMs: undefined, code: undefined }, losesCallbacks: false })
