/**
 * What stands in for WeChat's live tags where they are missing: drawn pictures here, and a loop that the server plays as one's
 * own stream for everybody else. Rules: docs/SPEC.md, section SM.
 */
export interface Simulator {
  /** As far as is known in this run of the app. */
  areTagsMissing: () => boolean
  noteTags: (areMissing: boolean) => void
  /** The choice of this device. It holds for pages that open from now on: under one that runs no tag may come or go. */
  isOn: () => boolean
  turn: (isOn: boolean) => void
  /** Whether the server lends streams; a server in production does not. */
  isOffered: () => Promise<boolean>
  /** One's stream in this room is played until it is given back, or for SIMULATED_LEASE_MS after the last call. @throws ApiFailure */
  lend: (roomId: string) => Promise<void>
  /** @throws ApiFailure */
  giveBack: (roomId: string) => Promise<void>
}
