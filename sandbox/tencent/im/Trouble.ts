/** What may be wrong with the cloud; a test switches it on and off. */
export interface Trouble {
  /** Connections are cut, both doors. */
  isDown: boolean
  /** Before every answer of the REST API. */
  delayMs: number
  /** Calls of one command a second, before code 60007; 200 in the real cloud. */
  callsPerSecond: number
  /** Commands (`create_group`) that are refused with this code. */
  readonly refusals: Map<string, number>
}

export const noTrouble = (): Trouble => ({ isDown: false, delayMs: 0, callsPerSecond: 200, refusals: new Map() })
