/** wx.onNetworkStatusChange, wx.onAppShow and all others of that kind. */
export interface Events {
  /** The function behind `wx.on…` or `wx.off…`; undefined for other names. */
  readonly functionFor: (name: string) => ((listener?: (event: any) => void) => void) | undefined
  /** Calls who listens; `name` without `on`: 'NetworkStatusChange'. */
  readonly emit: (name: string, event?: object) => void
}

export function createEvents(): Events {
  const listeners = new Map<string, Set<(event: any) => void>>()
  const of = (name: string) => listeners.get(name) ?? listeners.set(name, new Set()).get(name)!
  return {
    functionFor(name) {
      const [, direction, event] = /^(on|off)([A-Z]\w*)$/.exec(name) ?? []
      if (direction === 'on')
        return listener => void of(event).add(listener!)
      if (direction === 'off') // without a listener: all of them
        return listener => void (listener ? of(event).delete(listener) : of(event).clear())
    },
    emit: (name, event = {}) => [...of(name)].forEach(listener => listener(event)),
  }
}
