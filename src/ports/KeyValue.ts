/** A small store that survives a restart of the app. Values are JSON; a broken value reads as undefined. */
export interface KeyValue {
  read: (key: string) => unknown
  write: (key: string, value: unknown) => void
  remove: (key: string) => void
}
