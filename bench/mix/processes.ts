import { readFileSync } from 'node:fs'

/** `USER_HZ`: the same on every Linux that Node.js runs on. */
const TICK_MS = 10
const UTIME = 13
const STIME = 14

interface Process { readonly pid: number }

/** CPU time so far, user and system, of all together. */
export function cpuMsOf(processes: readonly Process[]): number {
  return sum(processes, ({ pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')
    return (Number(fields[UTIME]) + Number(fields[STIME])) * TICK_MS
  })
}

export function rssBytesOf(processes: readonly Process[]): number {
  return sum(processes, ({ pid }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024)
}

const sum = (processes: readonly Process[], figure: (process: Process) => number) => processes.reduce((total, process) => total + figure(process), 0)
