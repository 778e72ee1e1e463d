import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Bytes that are really in use: heap and buffers, after a collection. */
export function usedMemory(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  collect()
  collect() // what the first one finalised
  const { heapUsed, arrayBuffers } = process.memoryUsage() // trap: `external` falls only with the next collection
  return heapUsed + arrayBuffers
}
