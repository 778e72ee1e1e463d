import { execFileSync } from 'node:child_process'
import process from 'node:process'

export interface MixerProcess {
  readonly pid: number
  readonly command: string
  readonly isEncoder: boolean
}

/** The mixer's ffmpegs below a process: those that read from pipes and write to pipes. */
export function mixerProcesses(parent = process.pid): MixerProcess[] {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args=']).toString().split('\n')
  return lines.flatMap((line) => {
    const [pid, ppid, ...words] = line.split(' ').filter(Boolean)
    const command = words.join(' ')
    const isOurs = Number(ppid) === parent && command.includes(' -i pipe:0 ') && command.includes('-flush_packets')
    return isOurs ? [{ pid: Number(pid), command, isEncoder: command.includes('libx264') }] : []
  })
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  }
  catch {
    return false
  }
}
