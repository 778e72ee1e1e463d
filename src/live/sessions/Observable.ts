/** A value that says when it has changed. */
export class Observable<Value> {
  private readonly watchers = new Set<(value: Value) => void>()

  constructor(private current: Value) {}

  get value(): Value {
    return this.current
  }

  set(value: Value): void {
    if (value === this.current)
      return
    this.current = value
    for (const watch of [...this.watchers])
      watch(value)
  }

  /** Returns what stops watching. */
  watch(watcher: (value: Value) => void): () => void {
    this.watchers.add(watcher)
    return () => void this.watchers.delete(watcher)
  }
}
