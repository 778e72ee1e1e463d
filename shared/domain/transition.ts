/** What a machine answers: the next state, and what the outside world should now do. */
export interface Step<State, Effect> {
  readonly state: State
  readonly effects: readonly Effect[]
}

export function step<State, Effect>(state: State, ...effects: Effect[]): Step<State, Effect> {
  return { state, effects }
}
