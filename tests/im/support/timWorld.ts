/** The TIM adapter on the real SDK, with the cloud and our own server's answers in the hands of a test. */
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { Room } from '@/shared/protocol/rest'
import type { TimImOptions } from '@/src/live/adapters/tim/TimImClient'
import type { Clock } from '@/src/ports/Clock'
import { vi } from 'vitest'
import { NOT_LINKED } from '@/shared/domain/linkMic'
import { SERVER_ACCOUNT } from '@/shared/protocol/tencentIm'
import { loadTim } from '@/src/live/adapters/tim/loadTim'
import { createTimImClient } from '@/src/live/adapters/tim/TimImClient'
import { ApiFailure } from '@/src/ports/RoomApi'
import { aRoom, aSession, aView } from '@/src/testing/fixtures'
import { ROOM, SELF } from '../../conformance/imClient'
import { installMiniProgram } from './fakeWx'
import { TencentCloud } from './TencentCloud'

// The SDK tells of its start.
vi.spyOn(console, 'log').mockImplementation(() => {})
vi.spyOn(console, 'info').mockImplementation(() => {})

let cloud = new TencentCloud()
installMiniProgram(() => cloud) // the SDK is loaded once and keeps this
let applications = 1_400_000_000

export const server = (groupId = ROOM) => ({ from: SERVER_ACCOUNT, groupId })
export const bob = (groupId = ROOM) => ({ from: 'ubob00000001', groupId, nick: 'bob', face: '1' })

export function openTimWorld(clock: Clock, changes: Partial<TimImOptions> = {}) {
  cloud = new TencentCloud()
  const here = cloud
  here.groups.add(ROOM)
  const sdkAppId = ++applications // each application is an SDK of its own
  const credential = (userSig: string) => ({ kind: 'tencent' as const, sdkAppId, userId: SELF, userSig })
  let session = aSession({ im: credential('sig-1'), expiresAt: clock.now() + 86_400_000 })
  /** What our own server knows. */
  const rooms = new Map<string, Room>([[ROOM, aRoom({ id: ROOM, viewers: 1 })]])
  const asked: string[] = []
  /** Who tells our server that they are there, or not any more. */
  const beats: string[] = []
  let beatFailure: ErrorCode | undefined
  let failure: ErrorCode | undefined
  let linkMicRefusal: ErrorCode | undefined
  const api: TimImOptions['api'] = {
    async getRoom(roomId) {
      asked.push(`room ${roomId}`)
      const code = failure
      failure = undefined
      if (code)
        throw new ApiFailure(code, 'told to fail')
      const room = rooms.get(roomId)
      if (!room)
        throw new ApiFailure('ROOM_NOT_FOUND', 'no')
      return { room, play: null, mixed: null, guests: [] }
    },
    async getLinkMic(roomId) {
      asked.push(`link-mic ${roomId}`)
      if (linkMicRefusal)
        throw new ApiFailure(linkMicRefusal, 'told to refuse')
      return { view: aView(1, NOT_LINKED, { roomId }) }
    },
    async refreshSession() {
      asked.push('session')
      session = aSession({ im: credential('sig-2'), expiresAt: clock.now() + 86_400_000 })
      return session
    },
  }
  const client = createTimImClient({
    loadSdk: loadTim,
    clock,
    random: () => 0,
    api,
    presence: {
      async beat(roomId, visit, isFresh) {
        beats.push(`${isFresh ? 'fresh ' : ''}beat ${roomId} ${visit}`)
        if (beatFailure)
          throw new ApiFailure(beatFailure, 'told to fail')
        return undefined
      },
      leave: (roomId, visit) => void beats.push(`leave ${roomId} ${visit}`),
    },
    session: { get current() { return session } },
    ...changes,
  })
  return {
    client,
    cloud: here,
    rooms,
    asked,
    beats,
    /** What our own server answers to beats from now on. */
    failBeats: (code: ErrorCode | undefined) => void (beatFailure = code),
    credential,
    /** What our own server answers to the next question for the room. */
    failNext: (code: ErrorCode) => void (failure = code),
    refuseLinkMic: (code: ErrorCode) => void (linkMicRefusal = code),
    login: () => client.login(session.im, session.token),
    setSession: (expiresAt: number) => void (session = { ...session, expiresAt }),
  }
}
