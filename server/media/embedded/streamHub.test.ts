import type { MediaEvent } from '../MediaProvider'
import type { CloseReason, Publisher } from './publisher'
import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../testing/VirtualClock'
import { readMediaLimits } from './limits'
import { LiveStream } from './liveStream'
import { StreamHub } from './streamHub'
import { STREAM } from './testing/mediaServer'
import { readPackets } from './testing/packets'

function publisher(id: string) {
  const closedFor: CloseReason[] = []
  return { id, kind: 'rtmp', close: reason => void closedFor.push(reason), closedFor } satisfies Publisher & { closedFor: CloseReason[] }
}

function createHub(limits = {}) {
  const clock = new VirtualClock()
  const hub = new StreamHub({ clock, limits: { ...readMediaLimits(), ...limits } })
  const events: MediaEvent[] = []
  hub.onEvent(event => events.push(event))
  return { hub, clock, events }
}

describe('stream hub', () => {
  it.each(['', 'room', 'r23456', 'r23456-u23456/..', 'R23456-u23456', 'r23456_u23456', '__proto__'])('[MD1] refuses the name "%s"', (name) => {
    const { hub } = createHub()
    expect(hub.publish(name, {}, publisher('a'))).toBe('badName')
    expect(hub.playable(name, {})).toBe('badName')
  })

  it('[MD4] a newcomer takes the stream over, and no moment is without a publication', () => {
    const { hub, clock, events } = createHub()
    const [old, young] = [publisher('old'), publisher('young')]
    const first = hub.publish(STREAM, {}, old) as LiveStream
    const { reader } = readPackets(first)
    const second = hub.publish(STREAM, {}, young)
    hub.unpublish(first) // the old session notices later
    const at = clock.now()
    expect(events).toEqual([
      { type: 'publish', streamId: STREAM, sessionId: 'old', at },
      { type: 'publish', streamId: STREAM, sessionId: 'young', at },
      { type: 'unpublish', streamId: STREAM, sessionId: 'old', at },
    ])
    expect([old.closedFor, young.closedFor, reader.hasEnded]).toEqual([['takenOver'], [], true])
    expect(hub.find(STREAM)).toBe(second)
  })

  it('[MD4] a refused newcomer takes nothing over', () => {
    const clock = new VirtualClock()
    const hub = new StreamHub({ clock, authorize: (_action, _streamId, { key }) => key === 'valid' ? undefined : 'unsigned' })
    const old = publisher('old')
    hub.publish(STREAM, { key: 'valid' }, old)
    expect(hub.publish(STREAM, { key: 'no' }, publisher('thief'))).toBe('unsigned')
    expect([old.closedFor, hub.find(STREAM)?.publisher.id]).toEqual([[], 'old'])
  })

  it('[MD5] a kick ends the publication at once', () => {
    const { hub, events } = createHub()
    const kicked = publisher('a')
    hub.publish(STREAM, {}, kicked)
    hub.kick(STREAM)
    hub.kick(STREAM)
    expect([kicked.closedFor, events.map(({ type }) => type), hub.find(STREAM)]).toEqual([['kicked'], ['publish', 'unpublish'], undefined])
  })

  it('[MD16] takes so many streams and no more, but a takeover is none more', () => {
    const { hub } = createHub({ streams: 1 })
    hub.publish(STREAM, {}, publisher('a'))
    expect(hub.publish('r99999-u99999', {}, publisher('b'))).toBe('full')
    expect(hub.publish(STREAM, {}, publisher('c'))).toBeInstanceOf(LiveStream)
  })

  it('[MD16] takes so many readers and no more', () => {
    const { hub } = createHub({ readers: 2 })
    const stream = hub.publish(STREAM, {}, publisher('a')) as LiveStream
    const { detach } = readPackets(stream)
    readPackets(stream)
    expect(hub.playable(STREAM, {})).toBe('full')
    detach()
    detach()
    expect(hub.readerCount).toBe(1)
    expect(hub.playable(STREAM, {})).toBe(stream)
  })

  it('tells of no stream before the signature is right', () => {
    const hub = new StreamHub({ clock: new VirtualClock(), authorize: () => 'unsigned' })
    expect(hub.playable(STREAM, {})).toBe('unsigned')
    expect(hub.playable(STREAM, 'trusted')).toBe('notFound')
  })

  it('ends every publication when it closes', () => {
    const { hub, events } = createHub()
    const closed = publisher('a')
    hub.publish(STREAM, {}, closed)
    hub.close()
    expect([closed.closedFor, events.at(-1)?.type, hub.streams]).toEqual([['shutdown'], 'unpublish', []])
  })

  it('[MD21] a listener that left hears nothing more', () => {
    const { hub } = createHub()
    let heard = 0
    const stop = hub.onEvent(() => heard++)
    stop()
    hub.publish(STREAM, {}, publisher('a'))
    expect(heard).toBe(0)
  })
})
