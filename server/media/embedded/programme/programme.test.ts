import type { LiveStream } from '../liveStream'
import type { Programmes } from './createProgrammes'
import { beforeEach, describe, expect, it } from 'vitest'
import { seededRandom } from '../../../testing/seededRandom'
import { VirtualClock } from '../../../testing/VirtualClock'
import { FlvTagType } from '../flv'
import { readMediaLimits } from '../limits'
import { isRefusal, StreamHub } from '../streamHub'
import { createProgrammes } from './createProgrammes'
import { ANCHOR, MIX, OTHER_VIDEO_HEADER, PROGRAMME, publishSource, watch } from './testing/sources'

describe('a programme', () => {
  let clock: VirtualClock
  let hub: StreamHub
  let programmes: Programmes
  let told: string[]
  beforeEach(() => {
    clock = new VirtualClock()
    hub = new StreamHub({ clock, limits: { ...readMediaLimits(), streams: 2 } })
    programmes = createProgrammes(hub)
    programmes.follow(PROGRAMME, [MIX, ANCHOR])
    told = []
    hub.onEvent(({ type, streamId }) => streamId === PROGRAMME && told.push(type))
  })

  function play(): LiveStream {
    const stream = hub.playable(PROGRAMME, 'trusted')
    if (isRefusal(stream))
      throw new Error(stream)
    return stream
  }

  /** On air since a second, with pictures and sound. */
  function onAir(streamId: string, name: string) {
    const source = publishSource(hub, streamId, name)
    source.header('video')
    source.header('audio')
    return source
  }

  /** A player of the anchor's stream, who has seen everything so far. */
  async function watchingAnchor() {
    const anchor = onAir(ANCHOR, 'anchor')
    anchor.film(0, 1000)
    const player = watch(play())
    player.news()
    return { anchor, player }
  }

  it('[PG1] shows its source from the last key frame on', () => {
    const anchor = onAir(ANCHOR, 'anchor')
    anchor.film(0, 80)
    anchor.film(120, 160)
    const player = watch(play())
    expect(player.news()).toEqual(['V 0', 'A 0', 'anchor k120', 'anchor a120', 'anchor i160', 'anchor a160'])
    anchor.inter(200)
    expect(player.news()).toEqual(['anchor i200'])
  })

  it('[PG1] goes over to a better source and back again, for the same players', async () => {
    const { anchor, player } = await watchingAnchor()
    await clock.advance(40)
    const mix = onAir(MIX, 'mix')
    await clock.advance(20) // its tracks are known
    mix.key(0)
    expect(player.news()).toEqual(['mix k1040'])
    anchor.inter(1040)
    expect(player.news()).toEqual([])
    await clock.advance(40)
    mix.inter(40)
    mix.sound(40)
    expect(player.news()).toEqual(['mix i1080', 'mix a1080'])
    mix.end()
    await clock.advance(60)
    anchor.sound(1140)
    anchor.key(1140)
    expect(player.news().at(-1)).toBe('anchor k1140')
    expect([player.hasEnded(), told]).toEqual([false, ['publish']])
  })

  it('[PG3] a source is shown from its first key frame; until then the other goes on', async () => {
    const { anchor, player } = await watchingAnchor()
    const mix = onAir(MIX, 'mix')
    await clock.advance(20)
    mix.inter(500)
    mix.sound(500)
    await clock.advance(20)
    anchor.inter(1040)
    expect(player.news()).toEqual(['anchor i1040'])
    await clock.advance(30)
    mix.key(540)
    expect(player.news()).toEqual(['mix k1070'])
  })

  it('[PG3] a source that has been on air for long is there at once: pictures that were kept of it are hurried through, without their sound', async () => {
    const { anchor, player } = await watchingAnchor()
    const mix = onAir(MIX, 'mix')
    await clock.advance(30)
    mix.film(0, 0)
    await clock.advance(70)
    anchor.film(1020, 1100)
    player.news()
    await clock.advance(20)
    mix.end()
    expect(player.news()).toEqual(['anchor k1031', 'anchor i1032', 'anchor a1030', 'anchor i1070', 'anchor a1070'])
    await clock.advance(20)
    anchor.inter(1140)
    expect(player.news()).toEqual(['anchor i1110'])
  })

  it('[PG3] hurries so that no two pictures have one time', async () => {
    const { anchor, player } = await watchingAnchor()
    const mix = onAir(MIX, 'mix')
    await clock.advance(20)
    mix.film(0, 0)
    anchor.film(1040, 1200)
    player.news()
    mix.end()
    expect(player.news()).toEqual(['anchor k1021', 'anchor i1022', 'anchor i1023', 'anchor i1024', 'anchor i1025', 'anchor a1020'])
  })

  it('[PG2] its time has no hole where another source begins, however long that took', async () => {
    const { anchor, player } = await watchingAnchor()
    anchor.end()
    expect(player.hasEnded()).toBe(true) // nobody is on air
    const again = onAir(ANCHOR, 'again')
    again.film(70_000, 70_000)
    const second = watch(play())
    expect(second.news()).toEqual(['V 0', 'A 0', 'again k70000', 'again a70000'])
    const mix = onAir(MIX, 'mix')
    await clock.advance(3000)
    mix.film(5, 5)
    expect(second.news()).toEqual(['mix k70040', 'mix a70040'])
  })

  it('[PG2] a picture and its sound stay together', async () => {
    const { player } = await watchingAnchor()
    const mix = onAir(MIX, 'mix')
    await clock.advance(20)
    mix.key(300)
    mix.sound(310)
    mix.inter(340)
    mix.sound(333)
    expect(player.news()).toEqual(['mix k1020', 'mix a1030', 'mix i1060', 'mix a1053'])
  })

  it('[PG2] sound from before what was last heard has no place', async () => {
    const { player } = await watchingAnchor()
    const mix = onAir(MIX, 'mix')
    await clock.advance(20)
    mix.key(300)
    mix.sound(200)
    mix.sound(281)
    expect(player.news()).toEqual(['mix k1020', 'mix a1001'])
  })

  it('[PG4] new headers come where they differ, and no others', async () => {
    const { anchor, player } = await watchingAnchor()
    anchor.metadata('made by anchor')
    expect(player.news()).toEqual(['made by anchor 0'])
    const mix = publishSource(hub, MIX, 'mix')
    mix.header('video', OTHER_VIDEO_HEADER)
    mix.header('audio')
    await clock.advance(20)
    mix.film(0, 0)
    expect(player.news()).toEqual(['V 1020', 'mix k1020', 'mix a1020'])
    mix.header('audio')
    mix.header('video', OTHER_VIDEO_HEADER)
    expect(player.news()).toEqual([])
    mix.end()
    expect(player.news().slice(0, 2)).toEqual(['V 1020', 'anchor k1021'])
  })

  it('[PG5] a takeover of its source is one more source', async () => {
    const { player } = await watchingAnchor()
    const newcomer = onAir(ANCHOR, 'newcomer')
    await clock.advance(500)
    newcomer.film(0, 0)
    expect(player.news()).toEqual(['newcomer k1040', 'newcomer a1040'])
    expect([player.hasEnded(), told]).toEqual([false, ['publish']])
  })

  it('[PG5] a better source that goes before it was shown has never been there', async () => {
    const { anchor, player } = await watchingAnchor()
    const mix = onAir(MIX, 'mix')
    await clock.advance(20)
    mix.end()
    anchor.inter(1040)
    expect(player.news()).toEqual(['anchor i1040'])
  })

  it('[PG6] is there while somebody plays it, and is looked after', async () => {
    const anchor = onAir(ANCHOR, 'anchor')
    anchor.film(0, 0)
    expect([hub.find(PROGRAMME), told]).toEqual([undefined, []])
    const { stream, leave } = attach(play())
    await clock.advance(60_000)
    expect(hub.find(PROGRAMME)).toBe(stream)
    leave()
    await clock.advance(14_000)
    expect(hub.find(PROGRAMME)).toBe(stream)
    await clock.advance(16_000)
    expect([hub.find(PROGRAMME), told, anchor.stream.isRead, clock.pending]).toEqual([undefined, ['publish', 'unpublish'], false, 0])
    expect(isRefusal(play())).toBe(false)
  })

  it('[PG6] ends with its last source, and begins again for who plays it when there is one', async () => {
    const { anchor, player } = await watchingAnchor()
    anchor.end()
    expect([player.hasEnded(), told, clock.pending]).toEqual([true, ['publish', 'unpublish'], 0])
    expect(hub.playable(PROGRAMME, 'trusted')).toBe('notFound')
    onAir(ANCHOR, 'again').film(0, 0)
    expect(watch(play()).news()).toEqual(['V 0', 'A 0', 'again k0', 'again a0'])
  })

  it('[PG6] is asked for with signatures like every stream', () => {
    const closed = new StreamHub({ clock, authorize: () => 'unsigned' })
    createProgrammes(closed).follow(PROGRAMME, [ANCHOR])
    publishSource(closed, ANCHOR, 'anchor')
    expect([closed.playable(PROGRAMME, {}), closed.find(PROGRAMME)]).toEqual(['unsigned', undefined])
  })

  it.each(['video', 'audio'] as const)('[PG7] begins anew, for players too, with a source that has no %s', async (missing) => {
    const { player } = await watchingAnchor()
    const newcomer = publishSource(hub, ANCHOR, 'newcomer')
    newcomer.header(missing === 'video' ? 'audio' : 'video')
    await clock.advance(1000)
    missing === 'video' ? newcomer.sound(40) : newcomer.key(40)
    expect([player.hasEnded(), told]).toEqual([true, ['publish', 'publish', 'unpublish']])
    expect(watch(play()).news()).toEqual(missing === 'video' ? ['A 0', 'newcomer a40'] : ['V 0', 'newcomer k40'])
  })

  it('[PG8] a source that begins to count anew goes on where it was', async () => {
    const anchor = onAir(ANCHOR, 'anchor')
    anchor.film(9000, 9000)
    const player = watch(play())
    player.news()
    await clock.advance(40)
    anchor.inter(0)
    await clock.advance(40)
    anchor.inter(40)
    anchor.sound(40)
    await clock.advance(40)
    anchor.inter(3_600_000)
    expect(player.news()).toEqual(['anchor i9040', 'anchor i9080', 'anchor a9080', 'anchor i9120'])
  })

  it('[PG8] a source that stood still and makes up for it keeps its own time', async () => {
    const { anchor, player } = await watchingAnchor()
    await clock.advance(5000)
    anchor.inter(1040)
    anchor.inter(1080)
    anchor.metadata('again') // RTMP gives it no time
    anchor.inter(6000)
    expect(player.news()).toEqual(['anchor i1040', 'anchor i1080', 'again 0', 'anchor i6000'])
  })

  it('[PG8] time goes on where 32 bits end', async () => {
    const anchor = onAir(ANCHOR, 'anchor')
    anchor.key(2 ** 32 - 40)
    const player = watch(play())
    player.news()
    await clock.advance(40)
    anchor.inter(0)
    const mix = onAir(MIX, 'mix')
    await clock.advance(20)
    mix.key(0)
    expect(player.news()).toEqual(['anchor i0', 'mix k20'])
  })

  it('[PG9] shares the packets of its first source, takes none of the places for streams, and is nobody\'s audience', async () => {
    const { anchor, player } = await watchingAnchor()
    const heard = watch(anchor.stream)
    anchor.key(1040)
    expect(player.packets[0]).toBe(heard.packets.at(-1))
    publishSource(hub, 'r34567-u34567', 'another')
    expect(hub.streams).toHaveLength(3)
    expect(hub.mayPublish(MIX, 'trusted')).toBe('full')
    expect([anchor.stream.readerCount, hub.find(PROGRAMME)!.readerCount]).toEqual([1, 1])
    expect(hub.find(PROGRAMME)!.publisher.kind).toBe('programme')
  })

  it('[PG11] follows other sources when it is told, and is over without any', async () => {
    const { anchor, player } = await watchingAnchor()
    programmes.follow(PROGRAMME, [MIX])
    expect(player.hasEnded()).toBe(true)
    expect(hub.playable(PROGRAMME, 'trusted')).toBe('notFound')
    programmes.follow(PROGRAMME, [MIX, ANCHOR])
    const second = watch(play())
    programmes.follow(PROGRAMME, [])
    programmes.follow(PROGRAMME, [])
    expect([second.hasEnded(), hub.playable(PROGRAMME, 'trusted'), anchor.stream.isRead, clock.pending]).toEqual([true, 'notFound', false, 0])
  })

  it('[PG11] one that is kicked begins again for who plays it next; a close is for good', async () => {
    const { player } = await watchingAnchor()
    hub.kick(PROGRAMME)
    expect([player.hasEnded(), clock.pending]).toEqual([true, 0])
    const second = watch(play())
    programmes.close()
    programmes.close()
    expect([second.hasEnded(), hub.playable(PROGRAMME, 'trusted'), clock.pending]).toEqual([true, 'notFound', 0])
  })

  it('[PG12] the sound is AAC, whatever else the source has', async () => {
    const anchor = onAir(ANCHOR, 'anchor')
    anchor.header('opus')
    anchor.film(0, 0)
    const player = watch(play())
    anchor.opus(20)
    anchor.sound(23)
    expect(player.news()).toEqual(['V 0', 'A 0', 'anchor k0', 'anchor a0', 'anchor a23'])
  })

  it('[PG12] hands the wish for a key frame on', async () => {
    const { anchor } = await watchingAnchor()
    hub.find(PROGRAMME)!.publisher.requestKeyFrame!()
    expect(anchor.keyFramesAsked()).toBe(1)
  })

  it('[PG2] at random: never runs back, has no hole, and keeps to the time that passes', async () => {
    for (let seed = 1; seed <= 20; seed++)
      await walk(seed)
  })

  function attach(stream: LiveStream) {
    const leave = stream.attach({ start() {}, receive() {}, end() {} })
    return { stream, leave }
  }

  async function walk(seed: number) {
    clock = new VirtualClock()
    hub = new StreamHub({ clock })
    programmes = createProgrammes(hub)
    programmes.follow(PROGRAMME, [MIX, ANCHOR])
    const random = seededRandom(seed)
    const anchor = onAir(ANCHOR, 'anchor')
    let mix: ReturnType<typeof onAir> | undefined
    let mixFrom = 0
    anchor.key(0)
    const player = watch(play())
    const startedAt = clock.now()
    for (let at = 40; at < 20_000; at += 40) {
      await clock.advance(40)
      at % 2000 === 0 ? anchor.key(at) : anchor.inter(at)
      anchor.sound(at + 3)
      if (random() < 0.02) {
        mix?.end()
        mix = mix ? undefined : onAir(MIX, 'mix')
        mixFrom = at
      }
      else if (mix) {
        (at - mixFrom) % 1000 === 40 ? mix.key(at - mixFrom) : mix.inter(at - mixFrom)
        mix.sound(at - mixFrom)
      }
      const now = clock.now() - startedAt
      expect(Math.max(...player.packets.map(({ timestamp }) => timestamp)), `seed ${seed}`).toBeLessThanOrEqual(now + 100)
    }
    expect(player.hasEnded()).toBe(false)
    for (const type of [FlvTagType.Video, FlvTagType.Audio]) {
      const times = player.packets.filter(packet => packet.type === type && !packet.isSequenceHeader).map(({ timestamp }) => timestamp)
      expect(times.length).toBeGreaterThan(400)
      const steps = times.slice(1).map((time, index) => time - times[index]!)
      expect(Math.min(...steps), `seed ${seed}`).toBeGreaterThan(type === FlvTagType.Video ? 0 : -1)
      expect(Math.max(...steps), `seed ${seed}`).toBeLessThanOrEqual(type === FlvTagType.Video ? 80 : 130)
    }
  }
})
