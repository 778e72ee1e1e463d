import type { RawElement } from './elements'
import type { OldWorld } from './testing/openOldWorld'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UNMODERATED } from '../../../../shared/domain/moderation'
import { custom, newAnchor, newViewer, oldAnchor, oldViewer, openOldWorld, otherOld, text } from './testing/openOldWorld'

let world: OldWorld
let roomId: string
beforeEach(async () => {
  world = await openOldWorld()
  roomId = await world.goLive(oldAnchor, 'my room')
  await world.come(roomId, newViewer)
})
afterEach(() => world.close())

const linkMic = (data: object) => ({ cmd: 'linkmic', data: { roomID: 'my room', ...data } })
const request = linkMic({ type: 'request', userID: 'x', userName: 'x', userAvatar: '', timestamp: 1 })
const yes = linkMic({ type: 'response', result: 'accept', reason: '', timestamp: 1 })
const no = linkMic({ type: 'response', result: 'reject', message: 'no' })
const kickout = linkMic({ type: 'kickout', timestamp: 1 })
const applicants = async () => (await world.queueOf(roomId, oldAnchor)).map(({ userId }) => userId)
const apply = (requestId = 'q1') => world.obey(roomId, newViewer, { type: 'apply', requestId, medium: 'video' })

describe('a request', () => {
  it('[OI9] to the anchor is an application; sent again it is the same, and another while it waits is none', async () => {
    expect(await world.whisper('viewer_1', 'anchor_1', request, 7)).toBe('swallowed')
    const [application] = await world.queueOf(roomId, oldAnchor)
    expect(application).toEqual({ userId: oldViewer.id, requestId: 'weapp-1-7' })
    await world.whisper('viewer_1', 'anchor_1', request, 7)
    await world.whisper('viewer_1', 'anchor_1', request, 8)
    expect(await world.queueOf(roomId, oldAnchor)).toEqual([application])
  })

  it('[OI9] of who has a seat already is answered with it', async () => {
    await world.whisper('viewer_1', 'anchor_1', request)
    await world.whisper('anchor_1', 'viewer_1', yes)
    world.takeOldNews()
    await world.whisper('viewer_1', 'anchor_1', request)
    expect(world.takeOldNews()).toMatchObject([[`${oldAnchor.id} ${oldViewer.id}`, { data: { type: 'response', result: 'accept', roomID: 'my room' } }]])
  })

  it('[OI9] to somebody else than the anchor, or of our own people, is nothing', async () => {
    expect(await world.whisper('viewer_1', 'viewer_2', request)).toBe('swallowed')
    expect(await world.whisper('uviewer', 'anchor_1', request)).toBe('swallowed')
    expect(await world.whisper('nobody', 'anchor_1', request)).toBe('swallowed')
    expect(await applicants()).toEqual([])
  })
})

describe('the anchor\'s word', () => {
  it('[OI11] lets an applicant in, ours too, and rejects', async () => {
    await apply()
    await world.whisper('viewer_1', 'anchor_1', request)
    expect(await world.whisper('anchor_1', 'uviewer', yes)).toBe('swallowed')
    await world.whisper('anchor_1', 'viewer_1', no)
    expect(await applicants()).toEqual([])
    expect(await world.guestsOf(roomId)).toEqual(['uviewer connecting'])
    expect(world.api.whispers.filter(({ userId }) => userId === 'uviewer').at(-1)).toMatchObject({ type: 'linkMic', view: { link: { status: 'connecting', requestId: 'q1' } } })
    expect(world.takeOldNews().at(-1)).toMatchObject([`${oldAnchor.id} ${oldViewer.id}`, { data: { result: 'reject' } }])
  })

  it('[OI11] that finds no seat free is a rejection: nobody would ask the anchor again', async () => {
    await world.whisper('viewer_1', 'anchor_1', request)
    await apply()
    await world.rooms.weapp.seat(roomId, otherOld, { seatsMax: 3, needsConsent: false })
    for (const id of ['uone', 'utwo']) {
      const somebody = { id, nickname: id, avatar: 1 }
      await world.come(roomId, somebody)
      await world.obey(roomId, somebody, { type: 'apply', requestId: id, medium: 'voice' })
      await world.whisper('anchor_1', id, yes)
    }
    await world.whisper('anchor_1', 'uviewer', yes)
    expect(await applicants()).toEqual([oldViewer.id])
    expect((await world.rooms.linkMic.view(roomId, newViewer.id)).link).toMatchObject({ status: 'idle', ending: { reason: 'rejected' } })
  })

  it('[OI11] takes a guest off the stage', async () => {
    await apply()
    await world.whisper('anchor_1', 'uviewer', yes)
    expect(await world.whisper('anchor_1', 'uviewer', kickout)).toBe('swallowed')
    expect(await world.guestsOf(roomId)).toEqual([])
    expect((await world.rooms.linkMic.view(roomId, newViewer.id)).link).toMatchObject({ status: 'idle', ending: { reason: 'kicked' } })
  })

  it('[OI11] is nobody else\'s', async () => {
    await apply()
    await world.whisper('viewer_1', 'uviewer', yes)
    await world.whisper('uviewer', 'uviewer', yes)
    expect(await applicants()).toEqual(['uviewer'])
    await world.whisper('anchor_1', 'uviewer', yes)
    await world.whisper('viewer_1', 'uviewer', kickout)
    expect(await world.guestsOf(roomId)).toEqual(['uviewer connecting'])
  })

  it('[OI11] for nobody changes nothing', async () => {
    expect(await world.whisper('anchor_1', 'viewer_2', yes)).toBe('swallowed')
    expect(await world.whisper('anchor_1', 'viewer_2', kickout)).toBe('swallowed')
    expect([await applicants(), await world.guestsOf(roomId)]).toEqual([[], []])
  })
})

describe('a message to one person', () => {
  it.each([
    ['about a room that is none of ours', [custom(linkMic({ type: 'kickout', roomID: 'elsewhere' }))]],
    ['that says no kind', [custom({ cmd: 'linkmic', data: { roomID: 'my room' } })]],
    ['that names its room in no way we know', [custom({ cmd: 'linkmic', data: { type: 'kickout', roomID: 7 } })]],
    ['behind something else', [custom({ cmd: 'sketchpad' }), custom(kickout)]],
    ['before something else', [custom(kickout), custom({ cmd: 'sketchpad' })]],
  ])('[OI12] to an old client that is here, a signal %s is swallowed, whoever sends it', async (_, MsgBody) => {
    for (const From_Account of ['viewer_1', 'uviewer', 'nobody']) {
      const send = (To_Account: string) => world.tencent.callbacks({ CallbackCommand: 'C2C.CallbackBeforeSendMsg', From_Account, To_Account, MsgSeq: 1, MsgRandom: 1, MsgBody })
      expect(await send('viewer_2')).toEqual({ type: 'swallowed' })
      expect(await send('somebody_else')).toEqual({ type: 'fine' })
    }
  })

  it.each([
    ['of a battle', { cmd: 'pk', data: { type: 'request', action: 'start', roomID: 'my room' } }],
    ['of an application\'s own', { cmd: 'sketchpad', data: { userID: 'x', userName: '', userAvatar: '', msg: '{}' } }],
    ['that is no object', 'linkmic'],
  ])('[OI12] %s is let through', async (_, message) => {
    expect(await world.whisper('viewer_1', 'anchor_1', message)).toBe('fine')
    expect(await applicants()).toEqual([])
  })

  it('[OI12] of text is nobody\'s business here', async () => {
    const said = (MsgBody: { MsgType: string, MsgContent: Record<string, unknown> }[]) => world.tencent.callbacks({ CallbackCommand: 'C2C.CallbackBeforeSendMsg', From_Account: 'viewer_1', To_Account: 'anchor_1', MsgSeq: 1, MsgRandom: 1, MsgBody })
    expect(await said([text('a blocked word')])).toEqual({ type: 'fine' })
    expect(await said([{ MsgType: 'TIMCustomElem', MsgContent: { Data: '{' } }])).toEqual({ type: 'fine' })
    expect(await said([])).toEqual({ type: 'fine' })
  })
})

describe('what an old client says in a group', () => {
  const say = (...elements: readonly RawElement[]) => world.say('my room', 'viewer_1', ...elements)
  const who = custom({ cmd: 'CustomTextMsg', data: { nickName: 'Me', headPic: '' } })
  const like = (data: object) => custom({ cmd: 'CustomCmdMsg', data: { userName: 'Me', userAvatar: '', cmd: 'like', ...data } })
  const sender = { id: oldViewer.id, nickname: 'Old viewer', avatar: 1 }
  const refused = (code: string) => ({ type: 'refused', code })

  it('[OI14] [OI15] is let through when it is a text, with who our people are to see in it', async () => {
    expect(await say(text('hello'))).toEqual({ type: 'fine', cloudCustomData: JSON.stringify({ sender }) })
    expect(await say(who, text(' hello'))).toEqual({ type: 'fine', cloudCustomData: JSON.stringify({ sender, text: 'hello' }) })
  })

  it('[OI14] [OI15] is let through when it is of its application, or that anchors have come or gone, with nothing that its sender may have put beside it', async () => {
    for (const message of [[like({ msg: '' })], [like({ msg: '1' }), text('x')], [custom({ cmd: 'notifyPusherChange', data: {} })]])
      expect(await say(...message)).toEqual({ type: 'fine', cloudCustomData: '{}' })
  })

  it.each([
    ['an empty text', [text(' ')]],
    ['nothing', []],
    ['who they are, and nothing else', [who]],
    ['two custom elements', [who, who, text('x')]],
    ['news of the room', [custom({ type: 'roomEnded' })]],
    ['a signal', [custom({ cmd: 'linkmic', data: { type: 'kickout', roomID: 'my room' } })]],
    ['a picture', [{ MsgType: 'TIMImageElem', MsgContent: {} }]],
    ['a text that is too long', [text('字'.repeat(201))]],
    ['a long one in an element of its application', [like({ msg: '字'.repeat(201) })]],
    ['that anchors have changed, and a text', [custom({ cmd: 'notifyPusherChange' }), text('x')]],
  ])('[OI14] is refused when it is %s', async (_, elements) => {
    expect(await say(...elements)).toEqual(refused('FORBIDDEN'))
  })

  it.each([
    ['in a text', [text('a blocked word')]],
    ['in a name', [custom({ cmd: 'CustomTextMsg', data: { nickName: 'blocked', headPic: '' } }), text('x')]],
    ['in something of its application', [like({ msg: 'a blocked word' })]],
    ['in the name beside it', [like({ userName: 'blocked' })]],
  ])('[OI14] is refused for a blocked word %s', async (_, elements) => {
    expect(await say(...elements)).toEqual(refused('TEXT_BLOCKED'))
  })

  it('[OI14] is refused to who may not speak, or is nobody', async () => {
    await world.tencent.im.moderate(roomId, oldAnchor.id, { ...UNMODERATED, silenced: [oldViewer.id], removed: [otherOld.id] })
    expect(await say(text('hello'))).toEqual(refused('SILENCED'))
    expect(await say(like({ msg: '1' }))).toEqual(refused('SILENCED'))
    expect(await world.say('my room', 'viewer_2', text('hello'))).toEqual(refused('REMOVED'))
    expect(await world.say('my room', 'some one', text('hello'))).toEqual(refused('FORBIDDEN'))
    expect(await world.say('my room', 'anchor_1', text('hello'))).toMatchObject({ type: 'fine' })
  })

  it('[OI14] is nobody\'s business in a group that is none of ours', async () => {
    expect(await world.say('elsewhere', 'viewer_1', custom({ type: 'roomEnded' }))).toEqual({ type: 'fine' })
  })

  it('[OI14] our own people may still say nothing but text', async () => {
    expect(await world.say('my room', newViewer.id, who, text('hello'))).toEqual(refused('FORBIDDEN'))
    expect(await world.say('my room', newViewer.id, text('hello'))).toEqual({ type: 'fine' })
    expect(await world.say('my room', newAnchor.id, custom({ cmd: 'notifyPusherChange' }))).toEqual(refused('FORBIDDEN'))
  })

  it('[OI14] is counted when it is a text', async () => {
    for (const MsgBody of [[text('hello')], [like({ msg: '1' })]])
      await world.tencent.callbacks({ CallbackCommand: 'Group.CallbackAfterSendMsg', GroupId: 'my room', From_Account: 'viewer_1', MsgBody })
    expect(world.tencent.figures().said).toBe(1)
  })
})

it('[OI19] a beat tells where the room\'s chat is, if its group has a name of its own', async () => {
  expect(await world.tencent.presence.beat(roomId, newViewer, { visitId: 'v1', isFresh: false })).toBe('my room')
  const plain = await world.goLive(newAnchor)
  expect(await world.tencent.presence.beat(plain, newViewer, { visitId: 'v1', isFresh: false })).toBeUndefined()
})
