/** Fakes of every port. Setup provides a fresh set before each test; `fakes()` is the set in use. */
import type { VirtualClock } from './virtualClock'
import type { Session } from '@/shared/protocol/rest'
import type { LiveServices } from '@/src/app/liveServices'
import type { Services } from '@/src/app/services'
import type { Album } from '@/src/ports/Album'
import type { DeviceAccess, Permission } from '@/src/ports/DeviceAccess'
import type { KeyValue } from '@/src/ports/KeyValue'
import type { LiveReminder, ReminderAnswer } from '@/src/ports/LiveReminder'
import type { Platform } from '@/src/ports/Platform'
import type { PrivacyGuide } from '@/src/ports/PrivacyGuide'
import type { Picture } from '@/src/ports/RoomApi'
import type { SessionKeeper } from '@/src/ports/SessionKeeper'
import type { Simulator } from '@/src/ports/Simulator'
import { useServices } from '@/src/app/services'
import { FakeImClient } from './fakeImClient'
import { FakeRoomApi } from './fakeRoomApi'
import { FakeToolsApi } from './fakeToolsApi'
import { createVirtualClock } from './virtualClock'

export interface FakeServices extends Services, LiveServices {
  readonly roomApi: FakeRoomApi
  readonly imClient: FakeImClient
  readonly clock: VirtualClock
  readonly keyValue: MemoryKeyValue
  readonly deviceAccess: FakeDeviceAccess
  readonly privacyGuide: FakePrivacyGuide
  readonly album: FakeAlbum
  readonly liveReminder: FakeLiveReminder
  readonly simulator: FakeSimulator
  readonly toolsApi: FakeToolsApi
  readonly windowStore: MemoryKeyValue
  readonly platform: FakePlatform
  readonly sessionKeeper: MemorySessionKeeper
}

export function createFakeServices(part: Partial<FakeServices> = {}): FakeServices {
  const clock = part.clock ?? createVirtualClock()
  return {
    roomApi: new FakeRoomApi(clock.now),
    imClient: new FakeImClient(),
    clock,
    keyValue: new MemoryKeyValue(),
    deviceAccess: new FakeDeviceAccess(),
    describeDevice: async () => ['a phone, a system', 'network wifi'],
    privacyGuide: new FakePrivacyGuide(),
    album: new FakeAlbum(),
    liveReminder: new FakeLiveReminder(),
    pickMusic: async () => undefined,
    roomCode: async () => ({ fields: [[true, false], [false, true]] }),
    simulator: new FakeSimulator(),
    toolsApi: new FakeToolsApi(),
    windowStore: new MemoryKeyValue(),
    platform: new FakePlatform(),
    sessionKeeper: new MemorySessionKeeper(),
    random: () => 0.5,
    ...part,
  }
}

/** The fakes that stores use in this test. */
export const fakes = () => useServices() as FakeServices

export class MemoryKeyValue implements KeyValue {
  readonly values = new Map<string, unknown>()
  read = (key: string) => this.values.get(key)
  write = (key: string, value: unknown) => void this.values.set(key, value)
  remove = (key: string) => void this.values.delete(key)
}

export class FakeDeviceAccess implements DeviceAccess {
  permissions: Record<'camera' | 'microphone', Permission> = { camera: 'granted', microphone: 'granted' }
  settingsOpened = 0
  query = async (device: 'camera' | 'microphone') => this.permissions[device]
  request = async (device: 'camera' | 'microphone') => this.permissions[device]
  openSettings = async () => void this.settingsOpened++
}

/** A server that lends streams, and a phone that does not ask for them. */
export class FakeSimulator implements Simulator {
  isSimulating = false
  areMissing = false
  offers = true
  /** Answers instead, once. */
  refusal: Error | undefined
  readonly asked: [isOn: boolean, roomId: string][] = []

  isOn = () => this.isSimulating
  turn = (isOn: boolean) => void (this.isSimulating = isOn)
  areTagsMissing = () => this.areMissing
  noteTags = (areMissing: boolean) => void (this.areMissing = areMissing)
  isOffered = async () => this.offers
  lend = async (roomId: string) => this.answer(true, roomId)
  giveBack = async (roomId: string) => this.answer(false, roomId)

  private answer(isOn: boolean, roomId: string): void {
    this.asked.push([isOn, roomId])
    const { refusal } = this
    this.refusal = undefined
    if (refusal)
      throw refusal
  }
}

/** Agreed to, until a test names a guide. */
export class FakePrivacyGuide implements PrivacyGuide {
  name: string | undefined
  opened = 0
  pending = async () => this.name
  open = () => void this.opened++
  require = async () => this.name === undefined
}

export class FakeAlbum implements Album {
  readonly saved: Picture[] = []
  readonly shared: Picture[] = []
  answer: Awaited<ReturnType<Album['save']>> = 'saved'
  settingsOpened = 0
  openSettings = async () => void this.settingsOpened++
  share = async (picture: Picture) => void this.shared.push(picture)

  async save(picture: Picture) {
    this.saved.push(picture)
    return this.answer
  }
}

/** A server that cannot send, until a test says so; a WeChat whose person says yes. */
export class FakeLiveReminder implements LiveReminder {
  offers = false
  answer: ReminderAnswer = 'accepted'
  asked = 0
  /** Answers instead, once. */
  refusal: Error | undefined
  readonly added: string[] = []
  isOffered = async () => this.offers

  async ask() {
    this.asked++
    return this.answer
  }

  async add(roomId: string) {
    const { refusal } = this
    this.refusal = undefined
    if (refusal)
      throw refusal
    this.added.push(roomId)
  }
}

export class FakePlatform implements Platform {
  language = 'zh-CN'
  serverUrl = 'http://127.0.0.1:8080'
  appVersion = '0.1.0'
  isDevTools = false
  online = true
  docsOpened = 0
  usualQuality: Platform['usualQuality'] = 'HD'
  openDocs: Platform['openDocs'] = () => void this.docsOpened++
  readonly copied: string[] = []
  private readonly listeners = new Set<(isOnline: boolean) => void>()

  isOnline = () => this.online
  copy = async (text: string) => this.copied.push(text) > 0

  onNetwork(listener: (isOnline: boolean) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  setOnline(isOnline: boolean): void {
    this.online = isOnline
    this.listeners.forEach(listener => listener(isOnline))
  }
}

export class MemorySessionKeeper implements SessionKeeper {
  current: Session | undefined
  private readonly listeners = new Set<(session: Session | undefined) => void>()

  keep(session: Session): void {
    this.current = session
    this.listeners.forEach(listener => listener(session))
  }

  turnAway(): void {
    this.current = undefined
    this.listeners.forEach(listener => listener(undefined))
  }

  listen(listener: (session: Session | undefined) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
