import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { EMPTY_STAGE, transitionStage } from '../domain/stage'
import { LinkMic, LinkMicCommand } from './linkMic'

const isCommand = (value: unknown) => v.safeParse(LinkMicCommand, value).success

describe('commands', () => {
  it.each([
    { type: 'apply', requestId: 'q1', medium: 'voice' },
    { type: 'leave', requestId: 'q1' },
    { type: 'mute', requestId: 'q1', userId: 'uanna', isMicMuted: true, isCameraMuted: false },
    { type: 'setAdmission', admission: 'open' },
  ])('takes %o', command => expect(isCommand(command)).toBe(true))

  it.each([
    ['no id', { type: 'apply', medium: 'voice' }],
    ['an empty id', { type: 'apply', requestId: '', medium: 'voice' }],
    ['an id of 37 letters', { type: 'leave', requestId: 'x'.repeat(37) }],
    ['another medium', { type: 'apply', requestId: 'q1', medium: 'smell' }],
    ['somebody who cannot be', { type: 'kick', requestId: 'q1', userId: '../etc' }],
    ['half a mute', { type: 'mute', requestId: 'q1', userId: 'uanna', isMicMuted: true }],
    ['an unknown type', { type: 'dance', requestId: 'q1' }],
    ['nothing', null],
  ])('refuses %s', (_, command) => expect(isCommand(command)).toBe(false))
})

describe('what the machine keeps', () => {
  it('travels as it is', () => {
    const applied = transitionStage(EMPTY_STAGE, { type: 'apply', user: { id: 'uanna' }, requestId: 'q1', medium: 'video', isHere: true, at: 1000 })
    const accepted = transitionStage({ ...applied.state, isOnAir: true }, { type: 'accept', userId: 'uanna', requestId: 'q1', at: 2000 })
    for (const { link } of [...applied.state.guests, ...accepted.state.guests])
      expect(v.parse(LinkMic, JSON.parse(JSON.stringify(link)))).toEqual(link)
  })
})
