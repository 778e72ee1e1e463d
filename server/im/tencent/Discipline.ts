/** Has the cloud keep a room's order: whom it is to silence and to keep out, told when it changes, and anew after a restart. */
import type { Moderation } from '../../../shared/domain/moderation'
import type { ErrandQueue } from './ErrandQueue'
import type { ImApi } from './imApi'
import { PEOPLE_MAX } from './imApi'
import { VITAL_MS } from './limits'

type People = ReadonlySet<string>
const NOBODY: People = new Set()

export class Discipline {
  private silenced = NOBODY
  private banned = NOBODY

  constructor(private readonly roomId: string, private readonly queue: Pick<ErrandQueue, 'add'>, private readonly api: Pick<ImApi, 'silence' | 'ban'>) {}

  /**
   * Who was sent away is silenced, too: bans in live groups come with a paid edition, and elsewhere that much is left. That
   * everybody is silenced cannot be told: a group would silence its anchor with them.
   *
   * @returns whom the anchor has sent away since
   */
  tell({ silenced, removed }: Moderation<string>): string[] {
    const { roomId, api, banned } = this
    this.silenced = this.change('forbid_send_msg', this.silenced, new Set([...silenced, ...removed]), (people, isOn) => api.silence(roomId, people, isOn))
    this.banned = this.change('ban_group_member', banned, new Set(removed), (people, isOn) => api.ban(roomId, people, isOn))
    return without(removed, banned)
  }

  private change(command: string, before: People, after: People, ask: (people: readonly string[], isOn: boolean) => Promise<void>): People {
    const send = (people: readonly string[], isOn: boolean): void => {
      for (let first = 0; first < people.length; first += PEOPLE_MAX) {
        const some = people.slice(first, first + PEOPLE_MAX)
        this.queue.add({ key: this.roomId, command, priority: 'High', isVital: true, ttlMs: VITAL_MS, run: () => ask(some, isOn) })
      }
    }
    send(without([...before], after), false)
    send(without([...after], before), true)
    return after
  }
}

const without = (people: readonly string[], others: People): string[] => people.filter(id => !others.has(id))
