/** How fast the cloud may be asked: so many calls of a command, and so many messages of a group, a second. */
import type { Rate } from '../../chat/limits'
import { TokenBucket } from '../../chat/TokenBucket'
import { COMMAND_RATE, GROUP_RATE, GROUPS_REMEMBERED } from './limits'

export interface Turn {
  readonly command: string
  /** A group's id, where it counts among the group's messages. */
  readonly group?: string
}

export class Pace {
  private readonly commands = new Map<string, TokenBucket>()
  private readonly groups = new Map<string, TokenBucket>()

  /** Takes a turn of the command and of the group, if both have one. @returns milliseconds until they have; 0: taken */
  take({ command, group }: Turn, now: number): number {
    const buckets = [bucketOf(this.commands, command, COMMAND_RATE, now)]
    if (group !== undefined)
      buckets.push(bucketOf(this.groups, group, GROUP_RATE, now))
    const waitMs = Math.max(...buckets.map(bucket => bucket.waitMs(now)))
    if (waitMs === 0)
      buckets.forEach(bucket => bucket.take(now))
    this.sweep(now)
    return waitMs
  }

  /** Groups come and go: a full bucket is as good as a new one. */
  private sweep(now: number): void {
    if (this.groups.size <= GROUPS_REMEMBERED)
      return
    for (const [group, bucket] of this.groups) {
      if (bucket.isFull(now))
        this.groups.delete(group)
    }
  }
}

function bucketOf(buckets: Map<string, TokenBucket>, name: string, rate: Rate, now: number): TokenBucket {
  const bucket = buckets.get(name) ?? new TokenBucket(rate, now)
  buckets.set(name, bucket)
  return bucket
}
