/** What a person lets happen to the simulated network and phone, to see how the room bears it. */
export const INCIDENTS = ['none', 'weak', 'lost', 'call'] as const
export type Incident = typeof INCIDENTS[number]
