/** The libraries for Android and iOS of the same service: five seconds of patience, bodies where wx has none and none where it has. */
import type { Answer, OldRoom } from './answers'
import type { Body, Login, Phone } from './OldClient'
import { mergeParams } from './mergeParams'
import { OldClient } from './OldClient'
import { streamOf } from './streamOf'

export const NATIVE_TIMEOUT_MS = 5000
const MERGE_AGAIN_MS = 2000
/** iOS names one of them in its own way. */
const PLATFORMS = {
  Android: { firstBeatMs: 1000, beatMs: 5000, getCustomInfo: 'get_custom_info' },
  iOS: { firstBeatMs: 0, beatMs: 7000, getCustomInfo: 'get_custom_Info' },
} as const

export class NativeClient extends OldClient {
  private stopBeats = () => {}

  constructor(me: Login, phone: Phone, private readonly platform: keyof typeof PLATFORMS = 'Android') {
    super(me, phone)
  }

  async login(): Promise<void> {
    const { sdkAppID, userID, userSig } = this.me
    this.adopt(this.checked('login', await this.post('login', `sdkAppID=${sdkAppID}&userID=${userID}&userSig=${userSig}&accountType=0&platform=${this.platform}`, undefined)))
  }

  async logout(): Promise<void> {
    await this.post('logout', `userID=${this.userID}&token=${this.token}`, undefined)
  }

  async fetchPushURL(): Promise<string> {
    return this.pushURL = (await this.ask('get_anchor_url', { userID: this.userID })).pushURL!
  }

  async reserveRoom(roomInfo: string, roomID = ''): Promise<string> {
    this.isCreator = true
    this.roomID = (await this.ask('create_room', { userID: this.userID, roomID, roomInfo })).roomID!
    return this.roomID
  }

  /** Joins before it makes the group, unlike wx. */
  async startRoom(): Promise<void> {
    await this.addAnchor()
    await this.phone.tim.createGroup(this.roomID)
    this.roomCreator = this.userID
    this.startBeats()
  }

  /** What it shows it took from the list. */
  override async enterRoom(roomID: string): Promise<void> {
    this.isCreator = false
    await this.phone.tim.joinGroup(roomID)
    const room = (await this.listRooms()).find(one => one.roomID === roomID)!
    this.roomID = roomID
    this.roomCreator = room.roomCreator
    this.mixedPlayURL = room.mixedPlayURL
    const { userName, userAvatar } = this.me
    await this.ask('add_audience', { roomID, userID: this.userID, userInfo: JSON.stringify({ userName, userAvatar }, undefined, 2) })
  }

  async joinAnchor(): Promise<void> {
    if (this.pushURL === '')
      await this.fetchPushURL()
    await this.addAnchor()
    await this.notify()
    this.startBeats()
  }

  async quitJoinAnchor(): Promise<void> {
    this.stopBeats()
    await this.ask('delete_anchor', { roomID: this.roomID, userID: this.userID })
    await this.notify()
    this.pushers = []
  }

  async exitRoom(): Promise<void> {
    const { roomID, userID } = this
    this.stopBeats()
    this.roomID = ''
    this.pushers = []
    this.pushURL = ''
    if (this.isCreator)
      await this.phone.tim.dismissGroup(roomID)
    else
      await this.phone.tim.quitGroup(roomID)
    await Promise.allSettled(['delete_anchor', ...this.isCreator ? [] : ['delete_audience']].map(action => this.ask(action, { roomID, userID })))
  }

  async getAnchors(roomID = this.roomID): Promise<OldRoom> {
    return await this.ask('get_anchors', { roomID }) as Answer & OldRoom
  }

  /** The parameters as an object, without an application. */
  async mergeStreams(guests: readonly string[]): Promise<void> {
    const main = streamOf(this.pushURL)
    await this.ask('merge_stream', { userID: this.userID, roomID: this.roomID, mergeParams: mergeParams(main, guests, '', this.phone.clock.now()) })
  }

  async customInfo(): Promise<Readonly<Record<string, string | number>>> {
    return (await this.ask(PLATFORMS[this.platform].getCustomInfo, { roomID: this.roomID })).custom as Record<string, string | number>
  }

  async ask(action: string, body: Body): Promise<Answer> {
    const answer = await this.post(action, `userID=${this.userID}&token=${this.token}`, body)
    return this.checked(action, answer.merge_code ? { ...answer, code: answer.merge_code } : answer)
  }

  /** A guest who has joined or left says so in the group. */
  protected anchorsChanged(): void {
    if (this.pushURL !== '')
      this.run(async () => this.anchorsAre(await this.getAnchors()))
  }

  private notify(): Promise<void> {
    return this.phone.tim.sendToGroup(this.roomID, JSON.stringify({ cmd: 'notifyPusherChange', data: {} }))
  }

  private async addAnchor(): Promise<void> {
    const { userName, userAvatar } = this.me
    await this.ask('add_anchor', { roomID: this.roomID, userID: this.userID, userName, userAvatar, pushURL: this.pushURL })
  }

  private startBeats(): void {
    const { firstBeatMs, beatMs } = PLATFORMS[this.platform]
    this.stopBeats = this.keepBeating(firstBeatMs, beatMs, () => this.beat())
  }

  /** An answer without a status code is not looked at. */
  private beat(): void {
    this.run(async () => {
      const answer = await this.ask('anchor_heartbeat', { roomID: this.roomID, userID: this.userID, roomStatusCode: this.statusCode })
      if (answer.roomStatusCode !== undefined)
        this.anchorsAre(answer as Answer & OldRoom)
    })
  }

  private anchorsAre({ pushers, roomStatusCode }: OldRoom): void {
    this.statusCode = roomStatusCode ?? this.statusCode
    const before = this.pushers.length
    if (this.compare(pushers) && this.isCreator)
      this.run(() => this.merge(pushers.length > before ? 5 : 1))
  }

  private async merge(tries: number): Promise<void> {
    const guests = this.pushers.filter(({ userID }) => userID !== this.userID).map(({ accelerateURL }) => streamOf(accelerateURL))
    try {
      await this.mergeStreams(guests)
      this.events.push(`merged ${guests.length}`)
    }
    catch (error) {
      if (tries === 1)
        throw error
      this.phone.clock.after(MERGE_AGAIN_MS, () => this.run(() => this.merge(tries - 1)))
    }
  }
}
