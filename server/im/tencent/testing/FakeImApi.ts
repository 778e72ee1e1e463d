import type { User } from '../../../../shared/protocol/rest'
import type { GroupNews, PersonalNews } from '../../../../shared/protocol/tencentIm'
import type { ImApi, OldNews, OldNotice } from '../imApi'
import type { Priority } from '../priority'
import { TencentImError } from '../TencentImError'

/** A cloud that writes down what it is asked. A test makes it refuse, hang or answer. */
export class FakeImApi implements ImApi {
  /** In order: the command, and what it was about. */
  readonly asked: string[] = []
  readonly news: (GroupNews & { readonly roomId: string, readonly priority: Priority | 'notification', readonly random?: number })[] = []
  readonly whispers: (PersonalNews & { readonly userId: string })[] = []
  /** What old clients were told: `<from> <to>` and the message; in a room, `<roomId>`. */
  readonly oldNews: (readonly [string, object])[] = []
  /** Codes that commands are refused with; undefined: nobody answers. */
  readonly refusals = new Map<keyof ImApi, number | undefined>()
  /** While it is not settled, nothing is answered. */
  gate: Promise<void> = Promise.resolve()
  online = 0
  /** Whose the groups are that are to be made. */
  owned: 'ours' | 'foreign' = 'ours'

  createGroup: ImApi['createGroup'] = async (roomId, ownerId) => {
    await this.ask('createGroup', ownerId === undefined ? roomId : `${roomId} ${ownerId}`)
    return this.owned
  }

  destroyGroup = (roomId: string) => this.ask('destroyGroup', roomId)

  tellGroup: ImApi['tellGroup'] = async (roomId, news, priority, random) => {
    await this.ask('tellGroup', `${roomId} ${nameOf(news)}`)
    if ('cmd' in news)
      this.oldNews.push([roomId, news])
    else
      this.news.push({ roomId, priority, random, ...news })
  }

  notifyGroup: ImApi['notifyGroup'] = async (roomId, news) => {
    await this.ask('notifyGroup', `${roomId} ${nameOf(news)}`)
    if ('cmd' in news)
      this.oldNews.push([roomId, news])
    else
      this.news.push({ roomId, priority: 'notification', ...news })
  }

  tellPerson: ImApi['tellPerson'] = async (userId, news) => {
    await this.ask('tellPerson', `${userId} ${news.type}`)
    this.whispers.push({ userId, ...news } as (typeof this.whispers)[number])
  }

  whisper: ImApi['whisper'] = async (fromId = 'administrator', toId, message) => {
    await this.ask('whisper', `${fromId} ${toId}`)
    this.oldNews.push([`${fromId} ${toId}`, message])
  }

  silence: ImApi['silence'] = (roomId, userIds, isSilenced) => this.ask('silence', `${roomId} ${isSilenced} ${userIds.join()}`)
  ban: ImApi['ban'] = (roomId, userIds, isBanned) => this.ask('ban', `${roomId} ${isBanned} ${userIds.join()}`)

  countOnline: ImApi['countOnline'] = async (roomId) => {
    await this.ask('countOnline', roomId)
    return this.online
  }

  importAccount = ({ id, nickname, avatar }: User) => this.ask('importAccount', `${id} ${nickname} ${avatar}`)

  /** What was asked of one command. */
  of(command: keyof ImApi): string[] {
    return this.asked.flatMap(line => line.startsWith(`${command} `) ? [line.slice(command.length + 1)] : [])
  }

  private async ask(command: keyof ImApi, what: string): Promise<void> {
    this.asked.push(`${command} ${what}`)
    await this.gate
    if (this.refusals.has(command))
      throw new TencentImError(command, this.refusals.get(command), 'told to')
  }
}

const nameOf = (news: GroupNews | OldNews | OldNotice) => 'cmd' in news ? news.cmd : news.type
