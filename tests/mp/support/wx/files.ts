/** The phone's temporary files: just the picture that a live-pusher takes. */
import type { Callbacks } from './answer'
import { Buffer } from 'node:buffer'
import { fail, succeed } from './answer'

export const SNAPSHOT_PATH = 'wxfile://tmp/snapshot.jpg'

/** One grey pixel. */
export const SNAPSHOT = Buffer.from('/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==', 'base64')

export function createFileSystemManager() {
  return {
    readFile({ filePath, ...callbacks }: { filePath: string } & Callbacks) {
      if (filePath !== SNAPSHOT_PATH)
        return fail('readFile', callbacks, `no such file ${filePath}`)
      return succeed('readFile', callbacks, { data: new Uint8Array(SNAPSHOT).buffer })
    },
  }
}
