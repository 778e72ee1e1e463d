/** What pages and components hand from logic to view; in WeChat each call crosses threads and costs by its bytes. */
import type { Page } from './MiniProgram'
import { Buffer } from 'node:buffer'

export interface SetDataCount {
  /** Bytes of each call, as JSON. */
  readonly calls: readonly number[]
  readonly stop: () => void
}

/** Counts from now on, for every page and component, or for one component by its path in the build. */
export function countSetData({ instance }: Page, component?: string): SetDataCount {
  let owner = instance
  while (!Object.hasOwn(owner, 'setData') || owner === instance)
    owner = Object.getPrototypeOf(owner)
  const original = owner.setData
  const calls: number[] = []
  owner.setData = function (data: object, done?: () => void) {
    if (component === undefined || this.is === component)
      calls.push(Buffer.byteLength(JSON.stringify(data)))
    return original.call(this, data, done)
  }
  return {
    calls,
    stop: () => {
      owner.setData = original
    },
  }
}
