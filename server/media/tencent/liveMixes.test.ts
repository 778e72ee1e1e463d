import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LiveWorld } from './testing/LiveWorld'

const ANCHOR = 'r23456-u23456'
const GUEST = 'r23456-u34567'
const OTHER = 'r23456-u45678'
const MIXED = 'r23456-umix'
const guest = (streamId: string, seat: 1 | 2 | 3, has = { hasPicture: true, hasSound: true }) => ({ streamId, seat, ...has })
let world: LiveWorld
const inputs = (call: Record<string, any>) => call.InputStreamList.map(({ InputStreamName }: { InputStreamName: string }) => InputStreamName)

beforeEach(async () => {
  world = await new LiveWorld({ canPublish: streamId => streamId !== MIXED }).open()
  await world.begin(ANCHOR, '1', { width: 360, height: 640 })
})
afterEach(() => world.close())

describe('stages mixed by Cloud Live', () => {
  it('[TC10] are asked for when everybody is there', async () => {
    await world.provider.mix(MIXED, { anchorStreamId: ANCHOR, guests: [guest(GUEST, 1)] })
    await world.pass(100)
    expect(world.asked('CreateCommonMixStream')).toEqual([])
    await world.begin(GUEST, '2')
    const [call, ...more] = world.asked('CreateCommonMixStream')
    expect(more).toEqual([])
    expect(call).toMatchObject({ MixStreamSessionId: 'r23456Xumix', OutputParams: { OutputStreamName: 'r23456Xumix', OutputStreamType: 1 } })
    expect(inputs(call)).toEqual(['r23456Xu23456', 'r23456Xu34567'])
  })

  it('[TC10] go over to others in the same session, and are not asked for twice', async () => {
    await world.begin(GUEST, '2')
    await world.begin(OTHER, '3')
    const one = { anchorStreamId: ANCHOR, guests: [guest(GUEST, 1)] }
    await world.provider.mix(MIXED, one)
    await world.pass(100)
    await world.provider.mix(MIXED, one)
    await world.pass(100)
    expect(world.asked('CreateCommonMixStream')).toHaveLength(1)
    await world.provider.mix(MIXED, { ...one, guests: [guest(GUEST, 1), guest(OTHER, 2)] })
    await world.pass(100)
    const [first, second] = world.asked('CreateCommonMixStream')
    expect(second.MixStreamSessionId).toBe(first.MixStreamSessionId)
    expect(inputs(second)).toEqual(['r23456Xu23456', 'r23456Xu34567', 'r23456Xu45678'])
  })

  it('[TC10] leave out who is gone for a moment, and take them back', async () => {
    await world.begin(GUEST, '2')
    await world.begin(OTHER, '3')
    await world.provider.mix(MIXED, { anchorStreamId: ANCHOR, guests: [guest(GUEST, 1), guest(OTHER, 2)] })
    await world.end(OTHER, '3')
    await world.pass(2000)
    await world.begin(OTHER, '4')
    await world.pass(100)
    expect(world.asked('CreateCommonMixStream').map(call => inputs(call).length)).toEqual([3, 2, 3])
  })

  it('[TC10] are asked for anew when the anchor or the only guest comes back', async () => {
    await world.begin(GUEST, '2')
    await world.provider.mix(MIXED, { anchorStreamId: ANCHOR, guests: [guest(GUEST, 1)] })
    await world.pass(100)
    await world.end(GUEST, '2')
    await world.pass(2000)
    await world.begin(GUEST, '3')
    await world.pass(100)
    expect(world.asked('CreateCommonMixStream')).toHaveLength(2)
  })

  it('[TC10] are told by the events of their own stream', async () => {
    await world.begin(GUEST, '2')
    await world.provider.mix(MIXED, { anchorStreamId: ANCHOR, guests: [guest(GUEST, 1)] })
    await world.begin(MIXED, '9')
    expect(world.told(MIXED)).toEqual(['publish 9'])
    await world.provider.stopMix(MIXED)
    await world.pass(100)
    expect(world.asked('CancelCommonMixStream')).toEqual([{ MixStreamSessionId: 'r23456Xumix' }])
    await world.end(MIXED, '9')
    await world.pass(2000)
    expect(world.told(MIXED)).toEqual(['publish 9', 'unpublish 9'])
  })

  it.each([
    ['refuses', { code: 'FailedOperation.StreamNotExist' }],
    ['is down', 'down'],
  ] as const)('[TC10] are asked for again while the cloud %s, less and less often', async (_name, fault) => {
    await world.begin(GUEST, '2')
    world.faults.set('CreateCommonMixStream', fault)
    await world.provider.mix(MIXED, { anchorStreamId: ANCHOR, guests: [guest(GUEST, 1)] })
    await world.pass(60_000)
    const tries = world.logLines.filter(line => line.includes('could not be mixed')).length
    expect(tries).toBeGreaterThan(3)
    expect(tries).toBeLessThan(8)
    world.faults.clear()
    const before = world.asked('CreateCommonMixStream').length
    await world.pass(61_000)
    expect(world.asked('CreateCommonMixStream').length).toBeGreaterThan(before)
  })

  it('[TC10] are not asked for again once they are stopped', async () => {
    await world.begin(GUEST, '2')
    world.faults.set('CreateCommonMixStream', { code: 'FailedOperation.StreamNotExist' })
    await world.provider.mix(MIXED, { anchorStreamId: ANCHOR, guests: [guest(GUEST, 1)] })
    await world.pass(100)
    await world.provider.stopMix(MIXED)
    const before = world.asked('CreateCommonMixStream').length
    await world.pass(120_000)
    expect(world.asked('CreateCommonMixStream').length).toBe(before)
  })

  it('[TC10] of which nothing is heard are looked for, and asked for again when they are not there', async () => {
    await world.begin(GUEST, '2')
    await world.provider.mix(MIXED, { anchorStreamId: ANCHOR, guests: [guest(GUEST, 1)] })
    await world.pass(15_000)
    expect(world.asked('CreateCommonMixStream')).toHaveLength(2)
    world.online.add(MIXED)
    await world.pass(15_000)
    expect(world.told(MIXED)).toEqual([expect.stringMatching(/^publish found-/)])
    await world.pass(60_000)
    expect(world.asked('CreateCommonMixStream')).toHaveLength(2)
  })

  it('[TC10] whose stream ends are asked for again', async () => {
    world.online.add(ANCHOR).add(GUEST)
    await world.begin(GUEST, '2')
    await world.provider.mix(MIXED, { anchorStreamId: ANCHOR, guests: [guest(GUEST, 1)] })
    await world.begin(MIXED, '9')
    await world.end(MIXED, '9')
    await world.pass(5000)
    expect(world.asked('CreateCommonMixStream')).toHaveLength(2)
  })

  it('[TC11] that nobody wants are cancelled, and rooms do not hear of them', async () => {
    await world.begin(MIXED, '9')
    expect(world.told(MIXED)).toEqual([])
    expect(world.asked('CancelCommonMixStream')).toEqual([{ MixStreamSessionId: 'r23456Xumix' }])
    expect(world.asked('DropLiveStream')).toEqual([])
  })

  it('[TC11] are not offered where mixing is off', () => {
    expect(world.provider.capabilities).toEqual({ whip: true, whep: false, forbid: true, mute: false, mix: true, programme: false })
    expect(new LiveWorld({ isMixing: false }).provider.capabilities.mix).toBe(false)
  })
})
