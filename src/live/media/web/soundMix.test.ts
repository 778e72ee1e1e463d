import type { BgmNews } from '@/src/live/components/media'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { settle } from '@/src/testing/virtualClock'
import { createFakeBrowser, FakeTrack } from '../testing/fakeMedia'
import { createFakeAudio, FakeAudioContext } from '../testing/fakeSoundGraph'
import { createSoundMix } from './soundMix'

const TUNE = { url: 'blob:http://a/tune' }
const addresses = new Set<string>()

function setup({ element = createFakeAudio(), respond = async (_url: string, _init: RequestInit) => new Response('music') } = {}) {
  const contexts: FakeAudioContext[] = []
  const fetch = vi.fn(respond)
  const fake = createFakeBrowser({
    fetch,
    createAudio: () => element,
    createAudioContext() {
      contexts.push(new FakeAudioContext())
      return contexts.at(-1) as never
    },
  })
  const sent: string[] = []
  const news: BgmNews[] = []
  const mix = createSoundMix({ browser: fake.browser, onSound: track => sent.push(track.label), onBgm: each => news.push(each) })
  const microphone = new FakeTrack('audio', 'microphone')
  mix.take(microphone as never)
  return { ...fake, mix, element, fetch, contexts, sent, news, microphone, last: () => news.at(-1)?.type }
}

beforeEach(() => {
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
    addresses.add('blob:own')
    return 'blob:own'
  })
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(url => void addresses.delete(url))
})

afterEach(() => {
  vi.restoreAllMocks()
  addresses.clear()
})

describe('music under the voice', () => {
  it('[PB53] both are sent as one track, and the person hears the music alone', async () => {
    const { mix, contexts, sent, news } = setup()
    expect(contexts).toEqual([])
    await mix.playMusic(TUNE)
    mix.setMusicVolume(0.5)
    expect(sent).toEqual(['microphone', 'mix'])
    expect(mix.sound?.label).toBe('mix')
    expect(contexts[0].heardAt('sent')).toEqual(['microphone 1', 'music 0.5'])
    expect(contexts[0].heardAt('ears')).toEqual(['music 0.5'])
    expect(news).toEqual([{ type: 'started' }])
  })

  it('[PB53] another song and another microphone go into the same mix; the end gives the microphone back', async () => {
    const { mix, contexts, element, sent } = setup()
    await mix.playMusic(TUNE)
    await mix.playMusic(TUNE)
    mix.take(new FakeTrack('audio', 'headset') as never)
    expect(contexts).toHaveLength(1)
    expect(contexts[0].heardAt('sent')).toContain('headset 1')
    expect(contexts[0].heardAt('sent')).not.toContain('microphone 1')
    expect(sent).toEqual(['microphone', 'mix'])
    element.dispatchEvent(new Event('ended'))
    expect(sent).toEqual(['microphone', 'mix', 'headset'])
    expect(contexts[0].state).toBe('closed')
  })

  it('[PB53] a softer microphone is mixed too, until it is at full volume again', () => {
    const { mix, contexts, sent } = setup()
    mix.setMicrophoneVolume(0.3)
    expect(contexts[0].heardAt('sent')).toEqual(['microphone 0.3'])
    mix.setMicrophoneVolume(1)
    expect(sent).toEqual(['microphone', 'mix', 'microphone'])
    expect(contexts[0].state).toBe('closed')
  })

  it('[PB54] tells how far it is once a second, and its end once, at the asked moment', async () => {
    const { mix, clock, element, news } = setup()
    await mix.playMusic({ ...TUNE, startTimeMs: 2000, endTimeMs: 10_000 })
    expect(element.state.currentTime).toBe(2)
    for (const ms of [2250, 2500, 2750, 3000, 3250]) {
      element.playTo(ms)
      await clock.advance(250)
    }
    expect(news.slice(1)).toEqual([{ type: 'progress', ms: 2250, durationMs: 10_000 }, { type: 'progress', ms: 3250, durationMs: 10_000 }])
    element.playTo(10_050)
    element.dispatchEvent(new Event('ended'))
    expect(news.filter(({ type }) => type === 'completed')).toHaveLength(1)
    expect(element.pause).toHaveBeenCalled()
  })

  it.each([
    ['file:///etc/passwd', {}],
    ['javascript:alert(1)', {}],
    ['//a/x.mp3', {}],
    [TUNE.url, { startTimeMs: -1 }],
    [TUNE.url, { startTimeMs: 5000, endTimeMs: 4000 }],
  ])('[PB54] %s with %o is not played', async (url, times) => {
    const { mix, contexts, news } = setup()
    await expect(mix.playMusic({ url, ...times })).rejects.toMatchObject({ code: 'INVALID' })
    expect([contexts, news]).toEqual([[], []])
  })

  it('[PB54] from the network it is fetched whole, and its address freed at the end', async () => {
    const { mix, element, fetch } = setup()
    await mix.playMusic({ url: 'https://a/tune.mp3' })
    expect(fetch).toHaveBeenCalledWith('https://a/tune.mp3', expect.anything())
    expect(element.getAttribute('src')).toBe('blob:own')
    mix.stopMusic()
    expect(addresses.size).toBe(0)
    expect(element.hasAttribute('src')).toBe(false)
  })

  it.each([
    ['a missing file', async () => new Response('', { status: 404 })],
    ['more than 20 MB', async () => new Response(new Uint8Array(20 * 1024 * 1024 + 1))],
  ])('[PB54] %s is a failure, told once', async (_, respond) => {
    const { mix, contexts, news, sent } = setup({ respond })
    await expect(mix.playMusic({ url: 'https://a/tune.mp3' })).rejects.toMatchObject({ code: 'FAILED' })
    expect(news).toEqual([{ type: 'failed' }])
    expect([contexts, sent]).toEqual([[], ['microphone']])
  })

  it('[PB54] nobody waits longer than 15 s for it', async () => {
    const { mix, clock, last } = setup({ respond: (_url, { signal }) => new Promise((_, reject) => signal!.addEventListener('abort', () => reject(new Error('aborted')))) })
    const asked = mix.playMusic({ url: 'https://a/tune.mp3' })
    const refused = expect(asked).rejects.toMatchObject({ code: 'FAILED' })
    await clock.advance(15_000)
    await refused
    expect(last()).toBe('failed')
    expect(clock.pending).toBe(0)
  })

  it('[PB54] a file that the browser cannot play is a failure, and the microphone is sent again', async () => {
    const { mix, contexts, news, sent } = setup({ element: createFakeAudio({ refuses: true }) })
    await expect(mix.playMusic(TUNE)).rejects.toMatchObject({ code: 'FAILED' })
    expect(news).toEqual([{ type: 'failed' }])
    expect(sent.at(-1)).toBe('microphone')
    expect(contexts[0].state).toBe('closed')
  })

  it('[PB54] stopped while it is fetched it never begins, and tells nothing', async () => {
    const { mix, contexts, news } = setup()
    const asked = mix.playMusic({ url: 'https://a/tune.mp3' })
    mix.stopMusic()
    await expect(asked).rejects.toMatchObject({ code: 'FAILED' })
    expect([contexts, news]).toEqual([[], []])
    expect(addresses.size).toBe(0)
  })

  it('[PB46] pausing where nothing plays, or playing where nothing is captured, is refused', async () => {
    const { mix, element } = setup()
    expect(() => mix.pauseMusic()).toThrow(expect.objectContaining({ code: 'FAILED' }))
    await mix.playMusic(TUNE)
    mix.pauseMusic()
    expect(element.pause).toHaveBeenCalledOnce()
    await mix.resumeMusic()
    expect(element.play).toHaveBeenCalledTimes(2)
    mix.stop()
    await expect(mix.playMusic(TUNE)).rejects.toMatchObject({ code: 'FAILED' })
  })
})

it('[PB55] muted, microphone and mix are both silent, whichever comes later', async () => {
  const { mix, microphone, contexts } = setup()
  mix.setMuted(true)
  expect(microphone.enabled).toBe(false)
  await mix.playMusic(TUNE)
  const [mixed] = contexts[0].output.stream.getTracks()
  expect([microphone.enabled, mixed.enabled]).toEqual([false, false])
  const headset = new FakeTrack('audio', 'headset')
  mix.take(headset as never)
  expect(headset.enabled).toBe(false)
  mix.setMuted(false)
  expect([headset.enabled, mixed.enabled]).toEqual([true, true])
})

it('[PB53] what a phone call has stopped, the next tap begins again', async () => {
  const { mix, contexts, fire } = setup()
  await mix.playMusic(TUNE)
  fire('gesture')
  expect(contexts[0].resume).toHaveBeenCalledTimes(2)
  mix.stop()
  fire('gesture')
  expect(contexts[0].resume).toHaveBeenCalledTimes(2)
})

it('[PB56] stopped, the graph is closed, the mix ended and the music silent', async () => {
  const { mix, contexts, element, news } = setup()
  await mix.playMusic({ url: 'https://a/tune.mp3' })
  mix.stop()
  mix.stop()
  await settle()
  expect(contexts[0].state).toBe('closed')
  expect(contexts[0].output.stream.getTracks()[0].readyState).toBe('ended')
  expect(element.pause).toHaveBeenCalledOnce()
  element.dispatchEvent(new Event('ended'))
  expect(news).toEqual([{ type: 'started' }])
  expect([mix.sound, addresses.size]).toEqual([undefined, 0])
})
