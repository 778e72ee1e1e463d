import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CENSUS_MS } from './census'
import { END_HOLD_MS } from './publications'
import { FORBIDDEN_MS } from './refusals'
import { LiveWorld } from './testing/LiveWorld'

const STREAM = 'r23456-u23456'
const NAME = 'r23456Xu23456'
let world: LiveWorld

beforeEach(async () => {
  world = await new LiveWorld().open()
})
afterEach(() => world.close())

describe('publications on Cloud Live', () => {
  it('[TC6] begin and end as they are told', async () => {
    await world.begin(STREAM, '7')
    await world.end(STREAM, '7')
    await world.pass(END_HOLD_MS)
    expect(world.told(STREAM)).toEqual(['publish 7', 'unpublish 7'])
  })

  it('[TC6] told again, are told to nobody', async () => {
    for (let i = 0; i < 3; i++)
      await world.begin(STREAM, '7')
    for (let i = 0; i < 3; i++)
      await world.end(STREAM, '7')
    await world.pass(END_HOLD_MS)
    await world.begin(STREAM, '7')
    await world.end(STREAM, '7')
    await world.pass(END_HOLD_MS)
    expect(world.told(STREAM)).toEqual(['publish 7', 'unpublish 7'])
  })

  it('[TC6] that end before they begin, never were', async () => {
    await world.end(STREAM, '7')
    await world.begin(STREAM, '7')
    await world.pass(END_HOLD_MS)
    expect(world.told(STREAM)).toEqual([])
  })

  it.each([
    ['the beginning first', ['begin 8', 'end 7']],
    ['the end first', ['end 7', 'begin 8']],
  ])('[TC6] taken over, begin anew before the old one ends: %s', async (_name, order) => {
    await world.begin(STREAM, '7', { ago: 60_000 })
    for (const step of order)
      await (step.startsWith('begin') ? world.begin(STREAM, '8') : world.end(STREAM, '7'))
    await world.pass(2 * END_HOLD_MS)
    expect(world.told(STREAM)).toEqual(['publish 7', 'publish 8', 'unpublish 7'])
    await world.end(STREAM, '8')
    await world.pass(END_HOLD_MS)
    expect(world.told(STREAM).at(-1)).toBe('unpublish 8')
  })

  it('[TC6] the end of an old one changes nothing about the new one, and its beginning told again neither', async () => {
    await world.begin(STREAM, '7', { ago: 60_000 })
    await world.begin(STREAM, '8')
    await world.end(STREAM, '7')
    await world.begin(STREAM, '7', { ago: 60_000 })
    await world.pass(2 * END_HOLD_MS)
    expect(world.told(STREAM)).toEqual(['publish 7', 'publish 8', 'unpublish 7'])
    expect(await world.provider.isLive(STREAM)).toBe(true)
  })

  it('[TC6] that began before the present one are not heard of when they are told late', async () => {
    await world.begin(STREAM, '8')
    await world.begin(STREAM, '7', { ago: 60_000 })
    await world.pass(END_HOLD_MS)
    expect(world.told(STREAM)).toEqual(['publish 8'])
  })

  it('[TC7] that no room takes are dropped, and rooms do not hear of them', async () => {
    world.refused.add(STREAM)
    await world.begin(STREAM, '7')
    await world.begin(STREAM, '7') // the cloud tells it again
    expect(world.events).toEqual([])
    expect(world.asked('DropLiveStream')).toEqual([{ DomainName: 'push.example.com', AppName: 'live', StreamName: NAME }])
    expect(world.asked('ForbidLiveStream')).toEqual([])
  })

  it('[TC7] of who insists are forbidden for an hour, until there is a new address', async () => {
    world.refused.add(STREAM)
    await world.begin(STREAM, '7')
    await world.begin(STREAM, '8')
    const until = new Date(world.clock.now() + FORBIDDEN_MS).toISOString().replace(/\.\d+/, '')
    expect(world.asked('ForbidLiveStream')).toMatchObject([{ StreamName: NAME, ResumeTime: until }])
    world.refused.clear()
    world.provider.issuePushUrls(STREAM, 60_000, { http: '', rtmp: '' })
    await world.pass(100)
    expect(world.asked('ResumeLiveStream')).toEqual([{ DomainName: 'push.example.com', AppName: 'live', StreamName: NAME }])
    world.provider.issuePushUrls(STREAM, 60_000, { http: '', rtmp: '' })
    await world.pass(100)
    expect(world.asked('ResumeLiveStream')).toHaveLength(1)
  })

  it('[TC8] that were there before rooms listened are found', async () => {
    const later = await new LiveWorld({ online: [STREAM] }).open()
    expect(later.told(STREAM)).toEqual([expect.stringMatching(/^publish found-/)])
    expect(await later.provider.isLive(STREAM)).toBe(true)
    await later.close()
  })

  it('[TC8] are looked for again soon while the cloud does not answer', async () => {
    const later = await new LiveWorld({ online: [STREAM] }).open({ isListening: false })
    later.faults.set('*', 'down')
    await later.listen()
    await later.pass(3000)
    later.faults.clear()
    await later.pass(10_000)
    expect(later.told(STREAM)).toHaveLength(1)
    await later.close()
  })

  it('[TC8] are not asked for again and again where the cloud refuses', async () => {
    const later = await new LiveWorld({ online: [STREAM] }).open({ isListening: false })
    later.faults.set('*', { code: 'AuthFailure.SignatureFailure' })
    await later.listen()
    await later.pass(CENSUS_MS - 1000)
    expect(later.asked('DescribeLiveStreamOnlineList')).toHaveLength(1)
    expect(later.logLines.join()).toContain('AuthFailure.SignatureFailure')
    later.faults.clear()
    await later.pass(2000)
    expect(later.told(STREAM)).toHaveLength(1)
    await later.close()
  })

  it('[TC8] of which no beginning was told are found by the census', async () => {
    world.online.add(STREAM)
    await world.pass(CENSUS_MS)
    expect(world.told(STREAM)).toEqual([expect.stringMatching(/^publish found-/)])
  })

  it('[TC8] that were found and are told of afterwards go on as they are', async () => {
    world.online.add(STREAM)
    await world.pass(CENSUS_MS)
    await world.begin(STREAM, '7', { ago: 60_000 })
    await world.end(STREAM, '7')
    await world.pass(END_HOLD_MS)
    const [found] = world.events
    expect(world.told(STREAM)).toEqual([`publish ${found.sessionId}`, `unpublish ${found.sessionId}`])
  })

  it('[TC8] that were found are taken over by what begins later', async () => {
    world.online.add(STREAM)
    await world.pass(CENSUS_MS)
    await world.pass(10_000)
    await world.begin(STREAM, '8')
    const [found] = world.events
    expect(world.told(STREAM)).toEqual([`publish ${found.sessionId}`, 'publish 8', `unpublish ${found.sessionId}`])
  })

  it('[TC8] that no room takes and nobody told of are dropped by the census', async () => {
    world.refused.add(STREAM)
    world.online.add(STREAM)
    await world.pass(CENSUS_MS)
    expect(world.events).toEqual([])
    expect(world.asked('DropLiveStream')).toHaveLength(1)
  })

  it('[TC8] of which no end was told end with a census, once the cloud says clearly that they are gone', async () => {
    world.online.add(STREAM)
    await world.begin(STREAM, '7')
    await world.pass(CENSUS_MS)
    world.online.clear()
    world.faults.set('DescribeLiveStreamState', { code: 'FailedOperation' })
    await world.pass(CENSUS_MS)
    expect(world.told(STREAM)).toEqual(['publish 7'])
    world.faults.clear()
    await world.pass(CENSUS_MS)
    expect(world.told(STREAM)).toEqual(['publish 7', 'unpublish 7'])
  })

  it('[TC8] that have just begun are not missed by a list that is behind', async () => {
    await world.pass(CENSUS_MS - 1000)
    await world.begin(STREAM, '7')
    await world.pass(2000)
    expect(world.asked('DescribeLiveStreamOnlineList')).toHaveLength(2)
    expect(world.told(STREAM)).toEqual(['publish 7'])
    expect(world.asked('DescribeLiveStreamState')).toEqual([])
  })

  it('[TC8] that have just ended are not brought back by a list that is behind', async () => {
    world.online.add(STREAM)
    await world.begin(STREAM, '7')
    await world.pass(CENSUS_MS - 5000)
    await world.end(STREAM, '7')
    await world.pass(10_000)
    expect(world.told(STREAM)).toEqual(['publish 7', 'unpublish 7'])
  })

  it('[TC8] that were found end when an end is told and the cloud says so', async () => {
    world.online.add(STREAM)
    await world.pass(CENSUS_MS)
    await world.end(STREAM, '6') // of an older one
    expect(world.told(STREAM)).toHaveLength(1)
    world.online.clear()
    await world.end(STREAM, '7')
    await world.pass(100)
    expect(world.told(STREAM)[1]).toMatch(/^unpublish found-/)
  })

  it('[TC9] kicked, are dropped without anybody waiting, again until the cloud can', async () => {
    await world.begin(STREAM, '7')
    world.faults.set('DropLiveStream', 'down')
    await world.provider.kick(STREAM)
    await world.pass(3000)
    expect(world.asked('DropLiveStream')).toEqual([])
    world.faults.clear()
    await world.pass(5000)
    expect(world.asked('DropLiveStream')).toHaveLength(1)
  })

  it('[TC9] kicked, end as soon as the cloud says so', async () => {
    await world.begin(STREAM, '7')
    await world.provider.kick(STREAM)
    await world.end(STREAM, '7')
    expect(world.told(STREAM)).toEqual(['publish 7', 'unpublish 7'])
  })

  it('[TC9] kicked, end even when their end is not told', async () => {
    world.online.add(STREAM)
    await world.begin(STREAM, '7')
    await world.provider.kick(STREAM)
    world.online.clear()
    await world.pass(10_000)
    expect(world.told(STREAM)).toEqual(['publish 7', 'unpublish 7'])
  })

  it('[TC8] kicked in vain while the cloud was down, are dropped by the census, unless a room takes them again', async () => {
    world.online.add(STREAM)
    await world.begin(STREAM, '7')
    world.faults.set('*', 'down')
    await world.provider.kick(STREAM)
    world.refused.add(STREAM)
    await world.pass(60_000)
    world.faults.clear()
    await world.pass(2 * CENSUS_MS)
    expect(world.asked('DropLiveStream')).not.toEqual([])
    world.refused.clear()
    const before = world.asked('DropLiveStream').length
    await world.pass(2 * CENSUS_MS)
    expect(world.asked('DropLiveStream')).toHaveLength(before)
  })

  it('[TC9] are asked for when nothing is known of them', async () => {
    expect(await world.provider.isLive(STREAM)).toBe(false)
    world.online.add(STREAM)
    await world.pass(100)
    expect(await world.provider.isLive(STREAM)).toBe(true)
    world.faults.set('*', 'down')
    const answer = world.provider.isLive(STREAM).catch((error: unknown) => error)
    await world.pass(3000)
    expect(await answer).toMatchObject({ code: 'CLOUD_UNAVAILABLE' })
  })

  it('[TC9] after the end nothing is asked of the cloud', async () => {
    await world.begin(STREAM, '7')
    await world.media.close()
    const before = world.calls.length
    await world.pass(3 * CENSUS_MS)
    expect(world.calls.length).toBe(before)
    expect(world.clock.pending).toBe(0)
  })
})
