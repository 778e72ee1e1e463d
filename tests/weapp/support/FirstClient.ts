/** The library of 2018: other names for the same, a group that the server makes, and a notice in it for every join and leave. */
import type { Answer, OldRoom } from './answers'
import type { Body } from './OldClient'
import { mergeParams } from './mergeParams'
import { OldClient } from './OldClient'
import { streamOf } from './streamOf'

const FIRST_BEAT_MS = 3000
const BEAT_MS = 7000

export class FirstClient extends OldClient {
  private stopBeats = () => {}
  private roomInfo = ''

  async login(): Promise<void> {
    const { sdkAppID, userID, userSig } = this.me
    this.adopt(this.checked('login', await this.post('login', `sdkAppID=${sdkAppID}&accountType=36862&userID=${userID}&userSig=${encodeURIComponent(userSig)}`, {})))
  }

  async logout(): Promise<void> {
    await this.post('logout', this.who(), {})
  }

  async fetchPushURL(): Promise<string> {
    return this.pushURL = (await this.ask('get_push_url', { userID: this.userID, ...(this.roomID !== '' && { roomID: this.roomID }) })).pushURL!
  }

  async reserveRoom(roomInfo: string, roomID = ''): Promise<string> {
    this.isCreator = true
    this.roomInfo = roomInfo
    this.roomID = (await this.ask('create_room', { userID: this.userID, roomInfo, ...(roomID !== '' && { roomID }) })).roomID!
    this.roomCreator = this.userID
    return this.roomID
  }

  async startRoom(): Promise<void> {
    await this.phone.tim.joinGroup(this.roomID)
    await this.addPusher(this.roomInfo)
  }

  async joinAnchor(): Promise<void> {
    if (this.pushURL === '')
      await this.fetchPushURL()
    await this.addPusher()
  }

  async quitJoinAnchor(): Promise<void> {
    this.stopBeats()
    await this.ask('delete_pusher', { roomID: this.roomID, userID: this.userID })
    this.pushers = []
  }

  async exitRoom(): Promise<void> {
    const { roomID, userID } = this
    this.stopBeats()
    this.roomID = ''
    this.pushers = []
    this.pushURL = ''
    await this.phone.tim.quitGroup(roomID)
    await this.ask(this.isCreator ? 'destroy_room' : 'delete_pusher', { roomID, userID })
  }

  async getAnchors(roomID = this.roomID): Promise<OldRoom> {
    return await this.ask('get_pushers', { roomID }) as Answer & OldRoom
  }

  /** Its failure is in `result`. */
  async mergeStreams(guests: readonly string[]): Promise<void> {
    const params = JSON.stringify(mergeParams(streamOf(this.pushURL), guests, String(this.me.sdkAppID), this.phone.clock.now()))
    const { result } = await this.ask('merge_stream', { userID: this.userID, roomID: this.roomID, mergeParams: params })
    this.checked('merge_stream', result!)
  }

  async customInfo(): Promise<Readonly<Record<string, string | number>>> {
    return JSON.parse((await this.ask('get_custom_info', { roomID: this.roomID })).customInfo!)
  }

  async ask(action: string, body: Body): Promise<Answer> {
    return this.checked(action, await this.post(action, this.who(), body))
  }

  protected anchorsChanged(): void {
    if (this.pushURL !== '')
      this.run(() => this.look())
  }

  private async addPusher(roomInfo?: string): Promise<void> {
    const { userName, userAvatar } = this.me
    await this.ask('add_pusher', { roomID: this.roomID, userID: this.userID, userName, userAvatar, pushURL: this.pushURL, ...(roomInfo !== undefined && { roomInfo }) })
    this.run(() => this.look())
    this.stopBeats = this.keepBeating(FIRST_BEAT_MS, BEAT_MS, () => this.beat())
  }

  private beat(): void {
    this.run(() => this.ask('pusher_heartbeat', { roomID: this.roomID, userID: this.userID }))
  }

  private async look(): Promise<void> {
    const { pushers } = await this.getAnchors()
    if (!this.compare(pushers) || !this.isCreator)
      return
    const guests = pushers.filter(({ userID }) => userID !== this.userID).map(({ accelerateURL }) => streamOf(accelerateURL))
    await this.mergeStreams(guests)
    this.events.push(`merged ${guests.length}`)
  }
}
