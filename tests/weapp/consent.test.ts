/** Who comes on stage among old clients, where this server hears what they say to each other: the real SDK over the double of Tencent IM. */
import type { OldAndNew } from '../im/support/oldAndNew'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { publishRtmp } from '@/server/media/embedded/testing/rtmpPublisher'
import { openOldAndNew } from '../im/support/oldAndNew'
import { codeOf } from './support/answers'

let world: OldAndNew

beforeEach(async () => {
  world = await openOldAndNew()
})
afterEach(() => world.close())

const soon = (check: () => void) => vi.waitFor(check, { timeout: 8000, interval: 30 })
const idsOf = (people: readonly { readonly userID: string }[]) => people.map(({ userID }) => userID)

describe.each(['wx', 'native', 'first'] as const)('%s', (generation) => {
  async function stage() {
    const { client: anna } = await world.old('anna', generation)
    await publishRtmp(await anna.fetchPushURL())
    await anna.createRoom('晚上好', 'evening')
    const { client: ben } = await world.old('ben', generation)
    await ben.enterRoom('evening')
    await publishRtmp(await ben.fetchPushURL())
    return { anna, ben }
  }

  it('[RS46] [OI9] [OI11] nobody is on stage without the anchor\'s yes, and whoever has it is', async () => {
    const { anna, ben } = await stage()
    expect(await codeOf(ben.joinAnchor())).toBe(203_006)
    expect(idsOf((await anna.getAnchors()).pushers)).toEqual(['anna'])

    const asking = ben.requestJoinAnchor()
    await soon(() => expect(anna.events).toContain('asked by ben'))
    expect(await codeOf(ben.joinAnchor())).toBe(203_006)
    await anna.acceptJoinAnchor('ben')
    expect(await asking).toBe('accept')
    await ben.joinAnchor()
    expect(idsOf((await anna.getAnchors()).pushers)).toEqual(['anna', 'ben'])

    await anna.kickoutJoinAnchor('ben')
    await soon(() => expect(ben.events).toContain('kicked'))
    await vi.waitFor(async () => expect(idsOf((await anna.getAnchors()).pushers)).toEqual(['anna']), { timeout: 8000 })
    expect(await codeOf(ben.joinAnchor())).toBe(203_006)
  }, 30_000)

  it('[RS46] [OI11] a no is a no, and nobody else\'s yes counts', async () => {
    const { anna, ben } = await stage()
    const { client: mallory } = await world.old('mallory', generation)
    await mallory.enterRoom('evening')
    const asking = ben.requestJoinAnchor()
    await soon(() => expect(anna.events).toContain('asked by ben'))
    await mallory.acceptJoinAnchor('ben')
    expect(await codeOf(ben.joinAnchor())).toBe(203_006)
    await anna.rejectJoinAnchor('ben')
    expect(await asking).toBe('reject')
    expect(await codeOf(ben.joinAnchor())).toBe(203_006)
    expect(idsOf((await anna.getAnchors()).pushers)).toEqual(['anna'])
  }, 30_000)
})
