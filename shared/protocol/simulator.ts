/** The door through which somebody without a camera that works borrows a stream. The server has it outside production only. */
import * as v from 'valibot'

/** A stream is lent for this long; who wants to keep it asks again in time. */
export const SIMULATED_LEASE_MS = 20_000

export const SimulateStream = v.object({ isOn: v.boolean() })
/** Whether the asker's stream is played by the server now. */
export const SimulatedStream = v.object({ isOn: v.boolean() })
export type SimulatedStream = v.InferOutput<typeof SimulatedStream>

/** What `/healthz` says that matters to the app. */
export const SimulatorOffer = v.object({ simulator: v.boolean() })
