import type { AnchorEffect, AnchorEvent, AnchorState } from './anchorState'
import type { Feed } from './feedMachine'
import type { Preview } from './previewMachine'
import { describe, expect, it } from 'vitest'
import { aCreatedRoom, aRoom, aRoomDetail, playUrls, publishUrls } from '@/src/testing/fixtures'
import { resumeAnchor, transitionAnchor } from './anchorMachine'
import { openAnchor } from './anchorPreparing'

const roomId = 'rroom0000001'
const created = aCreatedRoom({ id: roomId })
const room = created.room
const publish = created.publish
const fresh = { ...publishUrls(), rtmpKey: 'fresh' }
const live = aRoom({ id: roomId })
const interrupted = aRoom({ id: roomId, status: 'interrupted' })
const ended = aRoom({ id: roomId, status: 'ended' })
const play = playUrls()
const requestId = 'create-1'

const showing: Preview = { status: 'showing', source: 'camera' }
const preparing: AnchorState = { status: 'preparing', preview: showing, problem: null }
const countdown = (secondsLeft: number, isCreated = false): AnchorState => ({ status: 'countdown', requestId, preview: showing, secondsLeft, created: isCreated ? created : null })
const creating: AnchorState = { status: 'creating', requestId, preview: showing }
const onAir = { room, publish, play: null, by: 'device', feed: { status: 'connecting', isRenewed: false } } as const
const starting: AnchorState = { status: 'starting', ...onAir }
const liveWith = (feed: Feed, part: Partial<Extract<AnchorState, { status: 'live' }>> = {}): AnchorState => ({ ...onAir, status: 'live', room: live, ...part, feed })
const steady: Feed = { status: 'steady' }
const ending = (problem: 'NETWORK' | null = null): AnchorState => ({ status: 'ending', room: live, problem })

const createRoom: AnchorEffect = { type: 'createRoom', requestId, title: 'T' }
const countSecond: AnchorEffect = { type: 'countSecond', requestId }
const enterRoom: AnchorEffect = { type: 'enterRoom', roomId }
const leaveRoom: AnchorEffect = { type: 'leaveRoom' }
const startPush: AnchorEffect = { type: 'startPush' }
const stopPush: AnchorEffect = { type: 'stopPush' }
const pollLater: AnchorEffect = { type: 'pollLater', roomId }
const fetchRoom: AnchorEffect = { type: 'fetchRoom', roomId }
const endRoom: AnchorEffect = { type: 'endRoom', roomId }
const abandonRoom: AnchorEffect = { type: 'abandonRoom', roomId }
const second: AnchorEvent = { type: 'second', requestId }
const gotRoom: AnchorEvent = { type: 'created', requestId, created }
const cancel: AnchorEvent = { type: 'cancel', source: 'camera' }
const fetched = (of: typeof room, part = {}): AnchorEvent => ({ type: 'fetched', detail: { ...aRoomDetail(of), play, publish: fresh, ...part } })

describe('the anchor', () => {
  it.each<[string, AnchorState, AnchorEvent, AnchorState, AnchorEffect[]]>([
    ['[UI51] going live counts down and creates the room meanwhile', preparing, { type: 'goLive', requestId, title: 'T' }, countdown(3), [createRoom, countSecond]],
    ['[UI50] nothing goes live without a picture or sound to send', { ...preparing, preview: { status: 'explaining', source: 'camera' } }, { type: 'goLive', requestId, title: 'T' }, { ...preparing, preview: { status: 'explaining', source: 'camera' } }, []],
    ['[UI51] three', countdown(3), second, countdown(2), [countSecond]],
    ['[UI51] the room is there before the countdown ends', countdown(2), gotRoom, countdown(2, true), []],
    ['[UI51] zero with a room', countdown(1, true), second, starting, [enterRoom, startPush, pollLater]],
    ['[UI51] zero without a room waits for it', countdown(1), second, countdown(0), []],
    ['[UI51] the room comes after zero', countdown(0), gotRoom, starting, [enterRoom, startPush, pollLater]],
    ['[UI51] a second of an abandoned countdown', countdown(2), { type: 'second', requestId: 'create-0' }, countdown(2), []],
    ['[UI51] no room to be had', countdown(2), { type: 'createFailed', requestId, code: 'TOO_MANY_ROOMS' }, { ...preparing, problem: 'TOO_MANY_ROOMS' }, []],
    ['[UI52] cancelled with a room', countdown(1, true), cancel, preparing, [abandonRoom]],
    ['[UI52] cancelled before the room is there', countdown(1), cancel, preparing, []],
    ['[UI52] the room of a cancelled countdown', preparing, gotRoom, preparing, [abandonRoom]],
    ['[UI52] the room of an earlier countdown', { ...countdown(2), requestId: 'create-2' } as AnchorState, gotRoom, { ...countdown(2), requestId: 'create-2' } as AnchorState, [abandonRoom]],
    ['[UI52] the camera is unplugged while counting', countdown(2, true), { type: 'problem', problem: 'NO_CAMERA' }, { ...preparing, preview: { status: 'blocked', source: 'camera', problem: 'NO_CAMERA' } }, [abandonRoom]],
    ['[UI52] giving up before anybody saw anything', starting, cancel, { status: 'preparing', preview: { status: 'checking', source: 'camera' }, problem: null }, [stopPush, leaveRoom, abandonRoom, { type: 'checkPermission', source: 'camera' }]],

    ['[UI57] an encoder needs no preview', preparing, { type: 'useEncoder', requestId, title: 'T' }, creating, [createRoom]],
    ['[UI57] its room waits, and the camera is let go', creating, gotRoom, { ...starting, by: 'encoder', feed: steady } as AnchorState, [stopPush, enterRoom, pollLater, fetchRoom]],
    ['[UI57] its room cannot be had', creating, { type: 'createFailed', requestId, code: 'NETWORK' }, { ...preparing, problem: 'NETWORK' }, []],
    ['[UI57] its stream is live by the server\'s word', { ...starting, by: 'encoder', feed: steady } as AnchorState, { type: 'room', room: live }, liveWith(steady, { by: 'encoder' }), []],

    ['[UI53] the pusher\'s "live" is a hint only', starting, { type: 'pusher', status: 'live' }, { ...starting, feed: steady } as AnchorState, []],
    ['[UI53] live when the server says so; the cover is taken then', starting, { type: 'room', room: live }, liveWith(onAir.feed), [{ type: 'takeCover', roomId }]],
    ['[UI53] the cover is taken once', liveWith(steady, { room: interrupted }), { type: 'room', room: live }, liveWith(steady), []],
    ['[UI53] while starting the server is asked again and again', starting, { type: 'poll', roomId }, starting, [fetchRoom, pollLater]],
    ['[UI53] and no longer when live', liveWith(steady), { type: 'poll', roomId }, liveWith(steady), []],
    ['[UI53] interrupted by the server\'s word', liveWith(steady), { type: 'room', room: interrupted }, liveWith(steady, { room: interrupted }), []],
    ['[UI53] news of another room', starting, { type: 'room', room: aRoom({ id: 'rother', status: 'ended' }) }, starting, []],
    ['[UI53] ended by somebody else', liveWith(steady), { type: 'room', room: ended }, { status: 'ended', room: ended }, [stopPush, leaveRoom]],
    ['[UI53] ended, found out by asking', liveWith({ status: 'renewing', isTrying: false }), fetched(ended), { status: 'ended', room: ended }, [stopPush, leaveRoom]],
    ['[UI53] the room is gone', liveWith(steady), { type: 'fetchFailed', roomId, code: 'ROOM_NOT_FOUND' }, { status: 'failed', roomId, by: 'device', code: 'ROOM_NOT_FOUND' }, [stopPush, leaveRoom]],
    ['[UI53] back in the foreground the server is asked', liveWith(steady), { type: 'check' }, liveWith(steady), [fetchRoom]],
    ['[UI53] addresses in use are kept', liveWith(steady, { play }), fetched(live), liveWith(steady, { play }), []],

    ['[UI54] the pusher reconnects by itself', liveWith(steady), { type: 'pusher', status: 'interrupted' }, liveWith({ status: 'reconnecting', isRenewed: false }), []],
    ['[UI54] it gave up: fresh addresses first', liveWith({ status: 'reconnecting', isRenewed: false }), { type: 'pusherFailed', problem: 'REFUSED' }, liveWith({ status: 'renewing', isTrying: false }), [fetchRoom]],
    ['[UI54] then it starts again with them', liveWith({ status: 'renewing', isTrying: false }, { play }), fetched(live), liveWith({ status: 'connecting', isRenewed: true }, { play, publish: fresh }), [startPush]],
    ['[UI54] with fresh addresses it gave up too', liveWith({ status: 'connecting', isRenewed: true }), { type: 'pusherFailed', problem: 'NETWORK' }, liveWith({ status: 'down', problem: 'NETWORK' }), []],
    ['[UI54] the server cannot be asked', liveWith({ status: 'renewing', isTrying: false }), { type: 'fetchFailed', roomId, code: 'NETWORK' }, liveWith({ status: 'down', problem: 'NETWORK' }), []],
    ['[UI54] a lost camera is not the network\'s fault', liveWith(steady), { type: 'pusherFailed', problem: 'DEVICE_BUSY' }, liveWith({ status: 'down', problem: 'DEVICE_BUSY' }), []],
    ['[UI84] live elsewhere: nothing starts by itself', liveWith({ status: 'reconnecting', isRenewed: false }), { type: 'pusherFailed', problem: 'REPLACED' }, liveWith({ status: 'down', problem: 'REPLACED' }), []],
    ['[UI84] nor when the page comes back to the foreground', liveWith({ status: 'down', problem: 'REPLACED' }, { play }), fetched(live), liveWith({ status: 'down', problem: 'REPLACED' }, { play }), []],
    ['[UI84] the person continues here', liveWith({ status: 'down', problem: 'REPLACED' }), { type: 'retry' }, liveWith({ status: 'renewing', isTrying: false }), [fetchRoom]],
    ['[UI54] the reason came after the failure', liveWith({ status: 'down', problem: 'NETWORK' }), { type: 'problem', problem: 'NO_CAMERA' }, liveWith({ status: 'down', problem: 'NO_CAMERA' }), []],
    ['[UI54] the person tries again', liveWith({ status: 'down', problem: 'NETWORK' }), { type: 'retry' }, liveWith({ status: 'renewing', isTrying: false }), [fetchRoom]],
    ['[RC36] stuck: fresh addresses, while the pusher goes on with the old ones', liveWith({ status: 'reconnecting', isRenewed: false }), { type: 'stuck' }, liveWith({ status: 'renewing', isTrying: true }), [fetchRoom]],
    ['[RC37] the server has lost the stream, and waits for it', liveWith({ status: 'reconnecting', isRenewed: false }), { type: 'room', room: interrupted }, liveWith({ status: 'reconnecting', isRenewed: false }, { room: interrupted }), [startPush]],
    ['[RC37] a tap while the pusher waits', liveWith({ status: 'reconnecting', isRenewed: false }), { type: 'retry' }, liveWith({ status: 'reconnecting', isRenewed: false }), [startPush]],
    ['[UI54] a tap too many', liveWith(steady), { type: 'retry' }, liveWith(steady), []],

    ['[UI55] ending stops the picture first', liveWith(steady), { type: 'end' }, ending(), [stopPush, endRoom]],
    ['[UI55] the server has ended it', ending(), { type: 'room', room: ended }, { status: 'ended', room: ended }, [leaveRoom]],
    ['[UI55] news that came too late to matter', ending(), { type: 'room', room: interrupted }, ending(), []],
    ['[UI55] it could not be ended', ending(), { type: 'endFailed', roomId, code: 'NETWORK' }, ending('NETWORK'), []],
    ['[UI55] once more', ending('NETWORK'), { type: 'retry' }, ending(), [endRoom]],
    ['[UI55] it was over already: only the figures are missing', ending(), { type: 'endFailed', roomId, code: 'ROOM_ENDED' }, ending(), [fetchRoom]],
    ['[UI55] the figures', ending(), fetched(ended), { status: 'ended', room: ended }, [leaveRoom]],
    ['[UI55] another broadcast', { status: 'ended', room: ended }, { type: 'again', source: 'pattern' }, { status: 'preparing', preview: { status: 'asking', source: 'pattern' }, problem: null }, [{ type: 'startPreview' }]],
    ['[UI55] a stop that WeChat refused in the background is repeated', { status: 'ended', room: ended }, { type: 'check' }, { status: 'ended', room: ended }, [stopPush]],

    ['[UI56] a reload goes on publishing', { status: 'loading', roomId, by: 'device' }, fetched(interrupted), { ...onAir, status: 'live', room: interrupted, play, publish: fresh }, [enterRoom, startPush]],
    ['[UI56] a reload of an encoder\'s room publishes nothing', { status: 'loading', roomId, by: 'encoder' }, fetched(live), { ...onAir, status: 'live', room: live, play, publish: fresh, by: 'encoder', feed: steady }, [enterRoom]],
    ['[UI56] somebody else\'s room', { status: 'loading', roomId, by: 'device' }, fetched(live, { publish: undefined }), { status: 'failed', roomId, by: 'device', code: 'NOT_ROOM_ANCHOR' }, []],
    ['[UI56] a room that is over', { status: 'loading', roomId, by: 'device' }, fetched(ended), { status: 'ended', room: ended }, []],
    ['[UI56] the server does not answer', { status: 'loading', roomId, by: 'device' }, { type: 'fetchFailed', roomId, code: 'NETWORK' }, { status: 'failed', roomId, by: 'device', code: 'NETWORK' }, []],
    ['[UI56] trying again', { status: 'failed', roomId, by: 'device', code: 'NETWORK' }, { type: 'retry' }, { status: 'loading', roomId, by: 'device' }, [fetchRoom]],
  ])('%s', (_, state, event, expected, effects) => {
    expect(transitionAnchor(state, event)).toEqual({ state: expected, effects })
  })

  it('[UI53] in no order of events does anything publish for a room that is over', () => {
    const events: AnchorEvent[] = [
      { type: 'goLive', requestId, title: 'T' },
      second,
      gotRoom,
      { type: 'room', room: live },
      { type: 'room', room: ended },
      { type: 'pusherFailed', problem: 'NETWORK' },
      fetched(live),
      { type: 'end' },
      cancel,
    ]
    const explore = (state: AnchorState, isPushing: boolean, depth: number) => {
      if (isPushing)
        expect(state.status).toMatch(/starting|live/)
      for (const event of depth > 0 ? events : []) {
        const { effects, state: after } = transitionAnchor(state, event)
        explore(after, effects.reduce((on, { type }) => type === 'startPush' || (on && type !== 'stopPush'), isPushing), depth - 1)
      }
    }
    explore(countdown(1), false, 5)
  })

  it('[UI50] opens with the preview, or with the running room', () => {
    expect(openAnchor('camera').effects).toEqual([{ type: 'checkPermission', source: 'camera' }])
    expect(resumeAnchor(roomId, 'encoder')).toEqual({ state: { status: 'loading', roomId, by: 'encoder' }, effects: [fetchRoom] })
  })
})
