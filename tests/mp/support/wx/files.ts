/** The phone's temporary files: just the picture that a live-pusher takes. */
import type { Callbacks } from './answer'
import { fail, succeed } from './answer'

export const SNAPSHOT_PATH = 'wxfile://tmp/snapshot.jpg'

/** One grey pixel. */
const SNAPSHOT = Uint8Array.from(atob('/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q=='), character => character.charCodeAt(0))

export function createFileSystemManager() {
  return {
    readFile({ filePath, ...callbacks }: { filePath: string } & Callbacks) {
      if (filePath !== SNAPSHOT_PATH)
        return fail('readFile', callbacks, `no such file ${filePath}`)
      return succeed('readFile', callbacks, { data: SNAPSHOT.slice().buffer })
    },
  }
}
