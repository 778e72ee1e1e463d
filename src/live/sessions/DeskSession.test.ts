import type { StageEvent } from '@/shared/domain/stage'
import type { User } from '@/shared/protocol/rest'
import { beforeEach, describe, expect, it } from 'vitest'
import { fakes } from '@/src/testing/fakeServices'
import { aRoom, aUser, NOW } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import { ANSWER_PATIENCE_MS, DECISION_PATIENCE_MS, DeskSession } from './DeskSession'
import { admissionOf, applicationsOf, guestsOnStage, invitationsOf, isDeciding } from './deskState'
import { RoomChannel } from './RoomChannel'

const roomId = 'rroom0000001'
const mei = aUser({ id: 'uguest000001', nickname: '阿梅' })
const lan = aUser({ id: 'uguest000002', nickname: '阿兰' })
let desk: DeskSession
let channel: RoomChannel
let stop: () => void

const stage = () => fakes().roomApi.stageOf(roomId)
const me = () => fakes().roomApi.session.user
const state = () => desk.state.value
const waiting = () => applicationsOf(state()).map(({ requestId }) => requestId)
const onStage = () => guestsOnStage(state()).map(({ requestId }) => requestId)
const tellView = () => fakes().imClient.tellLinkMic(stage().viewFor(me().id, true))
const tellRoom = () => desk.see(aRoom({ anchor: me(), stage: stage().public }))

function happen(...events: StageEvent<User>[]) {
  for (const event of events)
    expect(stage().take(event).refusal).toBeUndefined()
  tellView()
  tellRoom()
}
const application = (user: User, requestId: string): StageEvent<User> => ({ type: 'apply', user, requestId, medium: 'video', isHere: true, at: NOW })
const yes = (user: User, requestId: string) => desk.decide({ type: 'accept', userId: user.id, requestId })
const no = (user: User, requestId: string) => desk.decide({ type: 'reject', userId: user.id, requestId })

beforeEach(async () => {
  const { clock, imClient, random, roomApi } = fakes()
  roomApi.rooms = [aRoom({ anchor: me() })]
  roomApi.audience = [mei, lan]
  const time = { observe: () => {} }
  channel = new RoomChannel({ im: imClient, clock, random, signIn: async () => imClient.login({ kind: 'embedded' }, 't'), time })
  desk = new DeskSession({ api: roomApi, channel, clock, random, time }, roomId)
  stop = desk.start()
  channel.enter(roomId)
  await settle()
  happen(application(mei, 'q1'), application(lan, 'q2'))
})

describe('the anchor\'s desk', () => {
  it('[LM119] an answered application is gone at once, and its guest comes with the server\'s news', async () => {
    yes(mei, 'q1')
    no(lan, 'q2')
    expect([waiting(), onStage()]).toEqual([[], []])
    await settle()
    tellView()
    tellRoom()
    expect([waiting(), onStage(), state().decisions]).toEqual([[], ['q1'], []])
    expect(stage().viewFor(lan.id).link).toMatchObject({ ending: { reason: 'rejected' } })
  })

  it('[LM119] what the server refuses comes back, with the reason', async () => {
    fakes().roomApi.fail('linkMic', 'LINK_MIC_STAGE_FULL')
    yes(mei, 'q1')
    expect(waiting()).toEqual(['q2'])
    await settle()
    expect([waiting(), state().problem]).toEqual([['q1', 'q2'], 'LINK_MIC_STAGE_FULL'])
    no(lan, 'q2')
    expect(state().problem).toBeNull()
  })

  it('[LM119] what does not get through is tried for a while', async () => {
    fakes().roomApi.fail('linkMic', 'NETWORK', 3)
    yes(mei, 'q1')
    await fakes().clock.advance(DECISION_PATIENCE_MS)
    expect([state().problem, stage().public.guests.length]).toEqual([null, 1])
    fakes().roomApi.fail('linkMic', 'NETWORK', 1000)
    no(lan, 'q2')
    await fakes().clock.advance(2 * DECISION_PATIENCE_MS)
    expect([state().problem, waiting()]).toEqual(['NETWORK', ['q2']])
  })

  it('[LM119] a removed guest does not come back with late news', async () => {
    happen({ type: 'accept', userId: mei.id, requestId: 'q1', at: NOW })
    const before = aRoom({ stage: stage().public })
    desk.decide({ type: 'kick', userId: mei.id, requestId: 'q1' })
    expect(onStage()).toEqual([])
    await settle()
    desk.see(before)
    expect(onStage()).toEqual([])
    tellRoom()
    expect([onStage(), state().decisions]).toEqual([[], []])
  })

  it('[LM119] a refused removal brings the guest back', async () => {
    happen({ type: 'accept', userId: mei.id, requestId: 'q1', at: NOW })
    fakes().roomApi.fail('linkMic', 'FORBIDDEN')
    desk.decide({ type: 'kick', userId: mei.id, requestId: 'q1' })
    await settle()
    expect(onStage()).toEqual(['q1'])
  })

  it('[LM119] a mute stands from the tap until the room shows it', async () => {
    happen({ type: 'accept', userId: mei.id, requestId: 'q1', at: NOW })
    const mutes = { isMicMuted: true, isCameraMuted: false }
    const isMuted = () => guestsOnStage(state())[0].sound.isMuted
    desk.decide({ type: 'mute', userId: mei.id, requestId: 'q1', ...mutes })
    expect(isMuted()).toBe(true)
    await settle()
    expect([isMuted(), state().decisions.length]).toEqual([true, 1])
    tellRoom()
    expect([isMuted(), state().decisions]).toEqual([true, []])
    desk.decide({ type: 'mute', userId: mei.id, requestId: 'q1', ...mutes })
    await settle()
    expect(state().decisions).toEqual([]) // it changed nothing, so no news will come
  })

  it('[LM119] a mute that another window has overtaken does not stand for ever', async () => {
    happen({ type: 'accept', userId: mei.id, requestId: 'q1', at: NOW })
    const mute = { type: 'mute', userId: mei.id, requestId: 'q1', isCameraMuted: false } as const
    desk.decide({ ...mute, isMicMuted: true })
    await settle()
    happen({ ...mute, isMicMuted: false })
    await fakes().clock.advance(DECISION_PATIENCE_MS)
    expect([guestsOnStage(state())[0].sound.isMuted, state().decisions]).toEqual([false, []])
  })

  it('[LM119] invitations: sent under a new name, taken back at once', async () => {
    happen({ type: 'leave', userId: mei.id, requestId: 'q1', at: NOW })
    desk.invite(mei.id)
    await settle()
    expect(invitationsOf(state()).map(({ user }) => user)).toEqual([mei])
    const [{ requestId }] = invitationsOf(state())
    desk.decide({ type: 'withdraw', userId: mei.id, requestId })
    expect(invitationsOf(state())).toEqual([])
    await settle()
    expect([invitationsOf(state()), stage().viewFor(mei.id).link]).toMatchObject([[], { ending: { requestId, reason: 'withdrawn' } }])
  })

  describe('who was invited', () => {
    beforeEach(async () => {
      happen({ type: 'leave', userId: mei.id, requestId: 'q1', at: NOW }, { type: 'invite', user: mei, requestId: 'i1', at: NOW })
    })
    async function told() {
      await fakes().clock.advance(ANSWER_PATIENCE_MS)
      return state().untaken?.requestId
    }

    it('[LM125] and has declined is told', async () => {
      happen({ type: 'leave', userId: mei.id, requestId: 'i1', at: NOW })
      expect(state().untaken).toBeNull()
      expect(await told()).toBe('i1')
    })

    it('[LM125] and comes on stage is not, though the room says it after the desk', async () => {
      stage().take({ type: 'acceptInvitation', userId: mei.id, requestId: 'i1', medium: 'voice', at: NOW })
      tellView()
      await fakes().clock.advance(ANSWER_PATIENCE_MS - 1)
      tellRoom()
      expect(await told()).toBeUndefined()
    })

    it.each([
      ['withdrawn', () => desk.decide({ type: 'withdraw', userId: mei.id, requestId: 'i1' })],
      ['overtaken by the end', () => {
        stage().take({ type: 'roomEnded', at: NOW })
        tellView()
        desk.see(aRoom({ status: 'ended', stage: stage().public }))
      }],
    ])('[LM125] and then %s is not', async (_, act) => {
      act()
      await settle()
      tellView()
      expect([stage().stage.guests.some(({ user }) => user.id === mei.id), await told()]).toEqual([false, undefined])
    })
  })

  it('[LM120] of several modes the last chosen holds, and an earlier one is not sent again', async () => {
    fakes().roomApi.fail('linkMic', 'NETWORK', 1)
    desk.decide({ type: 'setAdmission', admission: 'open' })
    desk.decide({ type: 'setAdmission', admission: 'closed' })
    expect(admissionOf(state())).toBe('closed')
    await fakes().clock.advance(DECISION_PATIENCE_MS)
    expect([admissionOf(state()), stage().stage.admission, state().problem]).toEqual(['closed', 'closed', null])
    expect(fakes().roomApi.countOf('linkMic')).toBe(2)
  })

  it('[LM119] who is admitted shows as chosen, and as before when that was refused', async () => {
    desk.decide({ type: 'setAdmission', admission: 'closed' })
    expect(admissionOf(state())).toBe('closed')
    await settle()
    expect([admissionOf(state()), waiting()]).toEqual(['closed', []])
    fakes().roomApi.fail('linkMic', 'FORBIDDEN')
    desk.decide({ type: 'setAdmission', admission: 'open' })
    await settle()
    expect(admissionOf(state())).toBe('closed')
  })

  it('[LM120] one decision about a person at a time', async () => {
    yes(mei, 'q1')
    no(mei, 'q1')
    yes(mei, 'q1')
    expect([isDeciding(state(), mei.id), isDeciding(state(), lan.id)]).toEqual([true, false])
    await settle()
    expect([fakes().roomApi.countOf('linkMic'), isDeciding(state(), mei.id)]).toEqual([1, false])
  })

  it('[LM100] late views change nothing, and after a gap the newest is asked for', async () => {
    const late = stage().viewFor(me().id, true)
    happen({ type: 'leave', userId: mei.id, requestId: 'q1', at: NOW })
    fakes().imClient.tellLinkMic(late)
    expect(waiting()).toEqual(['q2'])
    stage().take({ type: 'leave', userId: lan.id, requestId: 'q2', at: NOW })
    fakes().imClient.rejoin(fakes().imClient.joined)
    await settle()
    expect(waiting()).toEqual([])
  })

  it('[LM114] stopped, it hears and says nothing', async () => {
    fakes().roomApi.fail('linkMic', 'NETWORK', 1000)
    yes(mei, 'q1')
    stop()
    stop()
    channel.leave()
    const { value } = desk.state
    await fakes().clock.advance(60_000)
    expect([desk.state.value, fakes().clock.pending, fakes().roomApi.countOf('linkMic')]).toEqual([value, 0, 1])
  })

  it('[LM115] after the end nobody is on stage', () => {
    happen({ type: 'accept', userId: mei.id, requestId: 'q1', at: NOW })
    desk.see(aRoom({ status: 'ended', stage: stage().public }))
    expect(onStage()).toEqual([])
  })
})
