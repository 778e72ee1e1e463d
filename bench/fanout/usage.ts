import process from 'node:process'

export interface Usage {
  /** CPU time of the process so far, user and system, in ms. */
  readonly cpuMs: number
  readonly atMs: number
  readonly rssBytes: number
}

export function usage(): Usage {
  const { user, system } = process.cpuUsage()
  const atMs = performance.now()
  globalThis.gc?.()
  return { cpuMs: (user + system) / 1000, atMs, rssBytes: process.memoryUsage.rss() }
}

export const percentOfCore = (from: Usage, to: Usage) => (to.cpuMs - from.cpuMs) / (to.atMs - from.atMs) * 100
