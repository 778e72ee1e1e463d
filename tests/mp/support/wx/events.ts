/** wx.onNetworkStatusChange and its like, each with its `off`. */
const NAMES = ['AppShow', 'AppHide', 'AudioInterruptionBegin', 'AudioInterruptionEnd', 'Error', 'KeyboardHeightChange', 'MemoryWarning', 'NetworkStatusChange', 'PageNotFound', 'ThemeChange', 'UnhandledRejection', 'WindowResize'] as const

type Name = typeof NAMES[number]
type Listener = (event: any) => void

export interface Events {
  /** By their names on wx. */
  readonly functions: Record<string, (listener?: Listener) => void>
  /** Calls who listens. */
  readonly emit: (name: Name, event?: object) => void
  /** How many listen, to all of them. */
  readonly listeners: () => number
}

export function createEvents(): Events {
  const listeners = new Map<Name, Set<Listener>>(NAMES.map(name => [name, new Set()]))
  return {
    functions: Object.fromEntries([...listeners].flatMap(([name, set]) => [
      [`on${name}`, (listener?: Listener) => void set.add(listener!)],
      [`off${name}`, (listener?: Listener) => void (listener ? set.delete(listener) : set.clear())], // without one: all of them
    ])),
    emit: (name, event = {}) => [...listeners.get(name)!].forEach(listener => listener(event)),
    listeners: () => [...listeners.values()].reduce((sum, { size }) => sum + size, 0),
  }
}
