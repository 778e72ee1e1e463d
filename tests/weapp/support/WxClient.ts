/** The mini-program's library of 2020: learns of joins and leaves from the answers to its heartbeats alone. */
import type { Answer, OldRoom } from './answers'
import type { Body } from './OldClient'
import { mergeParams } from './mergeParams'
import { OldClient } from './OldClient'
import { streamOf } from './streamOf'

const FIRST_BEAT_MS = 3000
const BEAT_MS = 7000
const MERGE_AGAIN_MS = 2000

export class WxClient extends OldClient {
  private isBeating = false

  async login(): Promise<void> {
    const { sdkAppID, userSig } = this.me
    const params = Object.entries({ accountType: '0', sdkAppID, userSig, platform: 'WeChat' }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    this.adopt(this.checked('login', await this.post('login', `${params.join('&')}&${this.who()}`, {})))
  }

  async logout(): Promise<void> {
    await this.post('logout', this.who(), {})
    this.token = ''
  }

  async fetchPushURL(): Promise<string> {
    return this.pushURL = (await this.ask('get_anchor_url', { userID: this.userID })).pushURL!
  }

  async reserveRoom(roomInfo: string, roomID = ''): Promise<string> {
    this.isCreator = true
    const answer = await this.ask('create_room', { userID: this.userID, roomInfo, ...(roomID !== '' && { roomID }) })
    this.roomID = answer.roomID!
    this.roomCreator = this.userID
    return this.roomID
  }

  async startRoom(): Promise<void> {
    await this.phone.tim.createGroup(this.roomID)
    await this.phone.tim.joinGroup(this.roomID)
    await this.addAnchor()
  }

  async joinAnchor(): Promise<void> {
    if (this.pushURL === '')
      await this.fetchPushURL()
    await this.addAnchor()
  }

  async quitJoinAnchor(): Promise<void> {
    this.isBeating = false
    await this.ask('delete_anchor', { roomID: this.roomID, userID: this.userID })
    this.pushers = []
  }

  async exitRoom(): Promise<void> {
    const { roomID, userID } = this
    this.isBeating = false
    this.roomID = ''
    this.pushers = []
    this.pushURL = ''
    if (this.isCreator) {
      await this.phone.tim.dismissGroup(roomID)
      await this.ask('destroy_room', { roomID, userID })
      return
    }
    await this.phone.tim.quitGroup(roomID)
    await Promise.allSettled(['delete_anchor', 'delete_audience'].map(action => this.ask(action, { roomID, userID })))
  }

  async getAnchors(roomID = this.roomID): Promise<OldRoom> {
    return await this.ask('get_anchors', { roomID }) as Answer & OldRoom
  }

  async mergeStreams(guests: readonly string[]): Promise<void> {
    const { roomID, userID } = this
    const main = streamOf(this.pushers.find(pusher => pusher.userID === this.roomCreator)?.accelerateURL ?? '')
    await this.ask('merge_stream', { userID, roomID, mergeParams: JSON.stringify(mergeParams(main, guests, String(this.me.sdkAppID), this.phone.clock.now())) })
  }

  async customInfo(): Promise<Readonly<Record<string, string | number>>> {
    return (await this.ask('get_custom_info', { roomID: this.roomID })).custom as Record<string, string | number>
  }

  async ask(action: string, body: Body): Promise<Answer> {
    const answer = await this.post(action, this.who(), body)
    return this.checked(action, answer.merge_code ? { ...answer, code: answer.merge_code } : answer)
  }

  /** In 2020 nobody was told any more. */
  protected anchorsChanged(): void {}

  private async addAnchor(): Promise<void> {
    const { userName, userAvatar } = this.me
    await this.ask('add_anchor', { roomID: this.roomID, userID: this.userID, userName, userAvatar, pushURL: this.pushURL })
    this.run(async () => this.anchorsAre(await this.getAnchors()))
    this.isBeating = true
    this.phone.clock.after(FIRST_BEAT_MS, () => this.beat())
    this.beatOn()
  }

  /** One beat more is on its way when it stops, with the room's id of then. */
  private beatOn(): void {
    if (!this.isBeating)
      return
    this.phone.clock.after(BEAT_MS, () => {
      this.beat()
      this.beatOn()
    })
  }

  private beat(): void {
    this.run(async () => {
      const answer = await this.ask('anchor_heartbeat', { roomID: this.roomID, userID: this.userID, roomStatusCode: this.statusCode })
      if (answer.pushers)
        this.anchorsAre(answer as Answer & OldRoom)
    })
  }

  private anchorsAre({ pushers, roomStatusCode }: OldRoom): void {
    this.statusCode = roomStatusCode || this.statusCode
    if (this.compare(pushers) && this.userID === this.roomCreator)
      this.run(() => this.merge(1))
  }

  /** Only the creator merges; what fails is tried once more. */
  private async merge(again: number): Promise<void> {
    const guests = this.pushers.filter(({ userID }) => userID !== this.roomCreator).map(({ accelerateURL }) => streamOf(accelerateURL))
    try {
      await this.mergeStreams(guests)
      this.events.push(`merged ${guests.length}`)
    }
    catch (error) {
      if (again === 0)
        throw error
      this.phone.clock.after(MERGE_AGAIN_MS, () => this.run(() => this.merge(again - 1)))
    }
  }
}
