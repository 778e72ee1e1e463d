import type { AudienceEffect, AudienceEvent, AudienceState, Picture } from './audienceMachine'
import { describe, expect, it } from 'vitest'
import { aRoom, aRoomDetail, playUrls } from '@/src/testing/fixtures'
import { openAudience, transitionAudience } from './audienceMachine'

const roomId = 'rroom0000001'
const live = aRoom({ id: roomId })
const preparing = aRoom({ id: roomId, status: 'preparing' })
const interrupted = aRoom({ id: roomId, status: 'interrupted' })
const ended = aRoom({ id: roomId, status: 'ended' })
const play = playUrls()
const fresh = { ...playUrls(), flv: 'fresh' }

const loading: AudienceState = { status: 'loading', roomId, patience: 'fresh' }
const waiting: Picture = { status: 'waiting', patience: 'fresh', isRenewed: false }
const renewed: Picture = { ...waiting, isRenewed: true }
const renewing: Picture = { status: 'renewing', patience: 'fresh' }
const showing: Picture = { status: 'showing' }
const away: Picture = { status: 'away' }
const watching = (picture: Picture, room = live): AudienceState => ({ status: 'watching', room, play, picture })
const endedState: AudienceState = { status: 'ended', room: ended }
const failed: AudienceState = { status: 'failed', roomId, code: 'NETWORK' }

const fetchRoom: AudienceEffect = { type: 'fetchRoom', roomId }
const enterRoom: AudienceEffect = { type: 'enterRoom', roomId }
const leaveRoom: AudienceEffect = { type: 'leaveRoom' }
const startPlayer: AudienceEffect = { type: 'startPlayer' }
const stopPlayer: AudienceEffect = { type: 'stopPlayer' }
const beginWaiting: AudienceEffect = { type: 'beginWaiting' }
const fetched = (room = live): AudienceEvent => ({ type: 'fetched', detail: { ...aRoomDetail(room), ...(room.status === 'ended' ? {} : { play }) } })

describe('the audience', () => {
  it.each<[string, AudienceState, AudienceEvent, AudienceState, AudienceEffect[]]>([
    ['[UI60] the wait gets a word', loading, { type: 'waited', patience: 'slow' }, { ...loading, patience: 'slow' } as AudienceState, []],
    ['[UI60] the wait goes on from the tap, not from the answer', { ...loading, patience: 'slow' } as AudienceState, fetched(), watching({ ...waiting, patience: 'slow' }), [enterRoom, startPlayer]],
    ['[UI60] and in the end offers another try', watching(waiting), { type: 'waited', patience: 'spent' }, watching({ ...waiting, patience: 'spent' }), []],
    ['[UI60] a picture that is there waits for nothing', watching(showing), { type: 'waited', patience: 'spent' }, watching(showing), []],
    ['[UI60] trying again asks the server first', watching({ ...waiting, patience: 'spent' }), { type: 'retry' }, watching(renewing), [beginWaiting, fetchRoom]],
    ['[MO43] who is sent away is out', watching(showing), { type: 'fetchFailed', roomId, code: 'REMOVED' }, { ...failed, code: 'REMOVED' } as AudienceState, [stopPlayer, leaveRoom]],
    ['[MO43] and not let in', loading, { type: 'fetchFailed', roomId, code: 'REMOVED' }, { ...failed, code: 'REMOVED' } as AudienceState, []],
    ['[UI60] the picture', watching(waiting), { type: 'player', status: 'live' }, watching(showing), []],
    ['[UI60] trying again while the room loads', loading, { type: 'retry' }, loading, [beginWaiting, fetchRoom]],

    ['[UI61] a room that is over', loading, fetched(ended), endedState, []],
    ['[UI61] a room that does not exist', loading, { type: 'fetchFailed', roomId, code: 'ROOM_NOT_FOUND' }, { status: 'failed', roomId, code: 'ROOM_NOT_FOUND' }, []],
    ['[UI61] an answer about another room', loading, { type: 'fetchFailed', roomId: 'rother', code: 'NETWORK' }, loading, []],
    ['[UI61] from the beginning', failed, { type: 'retry' }, loading, [beginWaiting, fetchRoom]],
    ['[UI61] the server ends the room', watching(showing), { type: 'room', room: ended }, endedState, [stopPlayer, leaveRoom]],
    ['[UI61] also when only asked', watching(renewing), fetched(ended), endedState, [stopPlayer, leaveRoom]],
    ['[UI61] news of another room', watching(showing), { type: 'room', room: aRoom({ id: 'rother', status: 'ended' }) }, watching(showing), []],
    ['[UI61] after the end nothing begins', endedState, { type: 'room', room: live }, endedState, []],
    ['[UI61] the room is gone', watching(showing), { type: 'fetchFailed', roomId, code: 'ROOM_NOT_FOUND' }, { status: 'failed', roomId, code: 'ROOM_NOT_FOUND' }, [stopPlayer, leaveRoom]],
    ['[UI61] back in the foreground the server is asked', watching(showing), { type: 'check' }, watching(showing), [fetchRoom]],
    ['[UI61] addresses in use are kept', watching(showing), { type: 'fetched', detail: { ...aRoomDetail(live), play: fresh } }, watching(showing), []],

    ['[UI62] a room that has not begun', loading, fetched(preparing), watching(away, preparing), [enterRoom]],
    ['[UI62] it begins', watching(away, preparing), { type: 'room', room: live }, watching(waiting), [beginWaiting, startPlayer]],
    ['[UI62] the last picture stays through an interruption', watching(showing), { type: 'room', room: interrupted }, watching(showing, interrupted), []],
    ['[UI62] until the player loses it', watching(showing, interrupted), { type: 'player', status: 'interrupted' }, watching(away, interrupted), []],
    ['[UI62] the anchor is back', watching(away, interrupted), { type: 'room', room: live }, watching(waiting), [beginWaiting, startPlayer]],
    ['[UI62] the anchor is back before the picture was lost', watching(showing, interrupted), { type: 'room', room: live }, watching(showing), [startPlayer]],
    ['[UI62] nobody waited longer for the first picture than for the anchor', watching(waiting), { type: 'room', room: interrupted }, watching(away, interrupted), []],

    ['[UI63] a stutter', watching(showing), { type: 'player', status: 'interrupted' }, watching(waiting), [beginWaiting]],
    ['[UI63] the player gave up: the server is asked, for the addresses and the room', watching(waiting), { type: 'playerFailed', problem: 'REFUSED' }, watching(renewing), [beginWaiting, fetchRoom]],
    ['[UI63] it starts again with fresh addresses', watching(renewing), { type: 'fetched', detail: { ...aRoomDetail(live), play: fresh } }, { status: 'watching', room: live, play: fresh, picture: renewed }, [startPlayer]],
    ['[UI63] it gave up again', watching(renewed), { type: 'playerFailed', problem: 'NETWORK' }, watching({ status: 'failed', problem: 'NETWORK' }), []],
    ['[UI63] the server cannot be asked', watching(renewing), { type: 'fetchFailed', roomId, code: 'TIMEOUT' }, watching({ status: 'failed', problem: 'NETWORK' }), []],
    ['[UI63] it gave up since the anchor is away', watching(showing, interrupted), { type: 'playerFailed', problem: 'STREAM_GONE' }, watching(away, interrupted), []],
    ['[UI63] the anchor went away while the server was asked', watching(renewing), fetched(interrupted), watching(away, interrupted), []],
    ['[UI63] a browser that cannot play it is not asked twice', watching(waiting), { type: 'playerFailed', problem: 'UNSUPPORTED' }, watching({ status: 'failed', problem: 'UNSUPPORTED' }), []],
    ['[UI63] the person tries again', watching({ status: 'failed', problem: 'NETWORK' }), { type: 'retry' }, watching(renewing), [beginWaiting, fetchRoom]],
  ])('%s', (_, state, event, expected, effects) => {
    expect(transitionAudience(state, event)).toEqual({ state: expected, effects })
  })

  it('[UI60] opening waits and asks', () => {
    expect(openAudience(roomId)).toEqual({ state: loading, effects: [beginWaiting, fetchRoom] })
  })
})
