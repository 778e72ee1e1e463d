/** What the old clients use of Tencent IM: groups named after rooms, messages from one to another, and a group's notices. */
export interface Tim {
  /** @throws TimRefusal */
  readonly createGroup: (groupID: string) => Promise<void>
  /** @throws TimRefusal */
  readonly joinGroup: (groupID: string) => Promise<void>
  readonly quitGroup: (groupID: string) => Promise<void>
  /** By its owner. */
  readonly dismissGroup: (groupID: string) => Promise<void>
  readonly sendToPerson: (account: string, data: string) => Promise<void>
  readonly sendToGroup: (groupID: string, data: string) => Promise<void>
  readonly listen: (listener: TimListener) => void
}

export interface TimListener {
  /** `from` is whom Tencent knows it is from. */
  readonly fromPerson: (from: string, data: string) => void
  readonly fromGroup: (groupID: string, from: string, data: string) => void
  readonly dismissed: (groupID: string) => void
  /** What a group's administrator says by REST (notice 255). */
  readonly noticed: (groupID: string, data: string) => void
}

class TimRefusal extends Error {
  override readonly name = 'TimRefusal'
  constructor(readonly code: number) {
    super(`TIM refused with ${code}`)
  }
}

interface Group {
  readonly owner: string
  readonly members: Set<string>
}

/**
 * An application of Tencent IM of which our server knows nothing; everything arrives at once. `isServed`: somebody makes a
 * group for every room, as the first generation's servers did.
 */
export class TimApplication {
  private readonly groups = new Map<string, Group>()
  private readonly listeners = new Map<string, TimListener>()

  constructor(private readonly isServed = false) {}

  open(account: string): Tim {
    const groupOf = (groupID: string) => {
      if (this.isServed && !this.groups.has(groupID))
        this.groups.set(groupID, { owner: 'administrator', members: new Set() })
      const group = this.groups.get(groupID)
      if (!group)
        throw new TimRefusal(10_010)
      return group
    }
    return {
      createGroup: async (groupID) => {
        if (this.groups.has(groupID))
          throw new TimRefusal(10_021)
        this.groups.set(groupID, { owner: account, members: new Set([account]) })
      },
      joinGroup: async groupID => void groupOf(groupID).members.add(account),
      quitGroup: async groupID => void this.groups.get(groupID)?.members.delete(account),
      dismissGroup: async (groupID) => {
        if (groupOf(groupID).owner !== account)
          throw new TimRefusal(10_007)
        this.end(groupID)
      },
      sendToPerson: async (to, data) => this.listeners.get(to)?.fromPerson(account, data),
      sendToGroup: async (groupID, data) => {
        for (const member of groupOf(groupID).members) {
          if (member !== account)
            this.listeners.get(member)?.fromGroup(groupID, account, data)
        }
      },
      listen: listener => void this.listeners.set(account, listener),
    }
  }

  /** As such a server tells of anchors who have joined or left. */
  notifyPusherChange(groupID: string): void {
    for (const member of this.groups.get(groupID)?.members ?? [])
      this.listeners.get(member)?.noticed(groupID, JSON.stringify({ cmd: 'notifyPusherChange', data: '' }))
  }

  private end(groupID: string): void {
    const members = this.groups.get(groupID)?.members ?? []
    this.groups.delete(groupID)
    for (const member of members)
      this.listeners.get(member)?.dismissed(groupID)
  }
}
