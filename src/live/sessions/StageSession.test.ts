import type { StageGuest } from '@/shared/protocol/linkMic'
import type { Room } from '@/shared/protocol/rest'
import { beforeEach, describe, expect, it } from 'vitest'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, aRoomDetail, aStageGuest, aUser, playUrls } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import { AUDIENCE_SPREAD_MS, MIX_DISTRUST_MS, MIX_FIRST_PATIENCE_MS, MIX_PATIENCE_MS, StageSession } from './StageSession'
import { compositionOf } from './stageState'

const roomId = 'rroom0000001'
const mei = aStageGuest()
const lan = aStageGuest({ user: aUser({ id: 'uguest000002' }), seat: 2, requestId: 'request-2' })
let session: StageSession
let room: Room
let isOnStage: boolean
let isShowing: boolean
let userId: string | undefined

const fetches = () => fakes().roomApi.countOf('getRoom')
const composition = () => compositionOf(session.state.value, { room, isOnStage, userId })
const see = () => session.see({ room, isOnStage, userId }, isShowing)

function show(guests: StageGuest[], isMixed = false, part: Partial<Room> = {}) {
  room = aRoom({ ...part, stage: { admission: 'ask', guests, isMixed } })
  fakes().roomApi.rooms = [room]
  see()
}

beforeEach(() => {
  session = new StageSession({ ...fakes(), api: fakes().roomApi }, roomId)
  isOnStage = false
  isShowing = true
  userId = 'ume000000001'
})

describe('how a stage is put together', () => {
  it.each<[string, boolean, StageGuest[], boolean, string]>([
    ['nobody', false, [], false, 'single'],
    ['a mix of nobody', false, [], true, 'single'],
    ['guests, for the audience', false, [mei, lan], false, 'composed'],
    ['guests whom the server mixes', false, [mei, lan], true, 'mixed'],
    ['the same, for who is on stage', true, [mei, lan], true, 'composed'],
  ])('[LM115] %s', async (_, onStage, guests, isMixed, expected) => {
    isOnStage = onStage
    show(guests, isMixed)
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    expect(composition()).toBe(expected)
  })

  it('[LM115] until the mixed address is there the audience composes; on stage and off it again changes at once', async () => {
    show([mei], true)
    expect(composition()).toBe('composed')
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    expect(composition()).toBe('mixed')
    isOnStage = true
    expect(composition()).toBe('composed')
  })

  it('[LM115] after the end nobody is on stage', () => {
    show([mei], true, { status: 'ended' })
    expect([composition(), fetches()]).toEqual(['single', 0])
  })
})

describe('the addresses', () => {
  it('[LM116] an audience asks at a random time, once for all who have come', async () => {
    show([mei])
    await fakes().clock.advance(AUDIENCE_SPREAD_MS / 2 - 1)
    show([mei, lan])
    expect(fetches()).toBe(0)
    await fakes().clock.advance(1)
    expect([fetches(), Object.keys(session.state.value.plays)]).toEqual([1, ['request-1', 'request-2']])
  })

  it('[LM116] on stage there is no time to lose', async () => {
    isOnStage = true
    show([mei])
    await fakes().clock.advance(0)
    expect(fetches()).toBe(1)
  })

  it('[LM116] whoever comes on stage meanwhile asks at once', async () => {
    show([mei])
    isOnStage = true
    see()
    await fakes().clock.advance(0)
    expect(fetches()).toBe(1)
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    expect(fetches()).toBe(1)
  })

  it('[LM116] one\'s own is of no use', async () => {
    userId = mei.user.id
    isOnStage = true
    show([mei])
    await fakes().clock.advance(1000)
    expect(fetches()).toBe(0)
  })

  it('[LM116] who stays keeps theirs; who comes back gets new ones', async () => {
    isOnStage = true
    show([mei])
    await fakes().clock.advance(0)
    const before = session.state.value.plays['request-1']
    show([mei, lan])
    await fakes().clock.advance(0)
    expect(session.state.value.plays['request-1']).toBe(before)
    show([{ ...mei, requestId: 'request-3' }, lan])
    await fakes().clock.advance(0)
    expect(Object.keys(session.state.value.plays)).toEqual(['request-3', 'request-2'])
  })

  it('[LM132] one that was refused is asked for anew, the others stay', async () => {
    isOnStage = true
    show([mei, lan])
    await fakes().clock.advance(0)
    const { plays } = session.state.value
    session.renew('request-1')
    expect(session.state.value.plays).toEqual({ 'request-2': plays['request-2'] })
    await fakes().clock.advance(0)
    expect(fetches()).toBe(2)
    expect(session.state.value.plays['request-1']).not.toBe(plays['request-1'])
    expect(session.state.value.plays['request-1']).toEqual(plays['request-1'])
    expect(session.state.value.plays['request-2']).toBe(plays['request-2'])
  })

  it('[LM116] asks again when that failed, and when somebody came while it was asking', async () => {
    isOnStage = true
    fakes().roomApi.fail('getRoom', 'NETWORK', 2)
    show([mei])
    await fakes().clock.advance(5000)
    expect([fetches(), Object.keys(session.state.value.plays)]).toEqual([3, ['request-1']])
    const release = fakes().roomApi.hold('getRoom')
    show([mei, lan])
    await fakes().clock.advance(0)
    const nia = aStageGuest({ user: aUser({ id: 'uguest000003' }), seat: 3, requestId: 'request-4' })
    room = aRoom({ stage: { admission: 'ask', guests: [mei, lan, nia], isMixed: false } })
    see()
    release()
    await settle()
    fakes().roomApi.rooms = [room]
    await fakes().clock.advance(1000)
    expect(Object.keys(session.state.value.plays)).toEqual(['request-1', 'request-2', 'request-4'])
  })

  it('[LM116] what came with the room is not asked for', async () => {
    const detail = { ...aRoomDetail({ stage: { admission: 'ask', guests: [mei], isMixed: true } }), mixed: playUrls(), guests: [{ userId: mei.user.id, play: playUrls() }] }
    session.know(detail)
    show([mei], true)
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    expect([composition(), fetches()]).toEqual(['mixed', 0])
  })

  it('[LM116] a mix made anew is the same stream: its address is kept', async () => {
    show([mei], true)
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    const { mixed } = session.state.value
    show([mei])
    expect(composition()).toBe('composed')
    show([mei, lan], true)
    expect(composition()).toBe('mixed')
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    expect(session.state.value.mixed).toBe(mixed)
  })
})

describe('the mixed picture', () => {
  beforeEach(async () => {
    show([mei], true)
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
  })

  it('[LM117] may stay away for a moment', async () => {
    isShowing = false
    see()
    await fakes().clock.advance(MIX_PATIENCE_MS - 1)
    isShowing = true
    see()
    await fakes().clock.advance(MIX_PATIENCE_MS)
    expect(composition()).toBe('mixed')
  })

  it('[LM117] that does not come gives way for a while, and is then asked for anew', async () => {
    isShowing = false
    see()
    await fakes().clock.advance(MIX_PATIENCE_MS)
    expect(composition()).toBe('composed')
    isShowing = true
    see()
    await fakes().clock.advance(MIX_DISTRUST_MS - 1)
    expect([composition(), fetches()]).toEqual(['composed', 1])
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    expect([composition(), fetches()]).toEqual(['mixed', 2])
  })

  it('[LM117] has more time on opening the room', async () => {
    session = new StageSession({ ...fakes(), api: fakes().roomApi }, roomId)
    isShowing = false
    session.know(await fakes().roomApi.getRoom(roomId))
    see()
    await fakes().clock.advance(MIX_FIRST_PATIENCE_MS - 1)
    expect(composition()).toBe('mixed')
    await fakes().clock.advance(1)
    expect(composition()).toBe('composed')
  })

  it('[LM117] made anew it is trusted again', async () => {
    isShowing = false
    see()
    await fakes().clock.advance(MIX_PATIENCE_MS)
    isShowing = true
    show([mei])
    show([mei, lan], true)
    await fakes().clock.advance(AUDIENCE_SPREAD_MS)
    expect(composition()).toBe('mixed')
  })

  it('[LM117] is not to blame while the anchor is away', async () => {
    isShowing = false
    show([mei], true, { status: 'interrupted' })
    await fakes().clock.advance(MIX_PATIENCE_MS)
    expect(composition()).toBe('mixed')
  })

  it('[LM114] stopped, it asks and judges no more', async () => {
    isShowing = false
    show([mei, lan], true)
    session.stop()
    session.stop()
    expect(fakes().clock.pending).toBe(0)
    const { value } = session.state
    see()
    session.know(aRoomDetail())
    session.renew(mei.requestId)
    await fakes().clock.advance(60_000)
    expect([session.state.value, fetches()]).toEqual([value, 1])
  })
})
