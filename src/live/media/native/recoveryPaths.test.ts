/** Every number that matters, through all its paths: what is told, and what is called. */
import type { OutsideNews } from '../recovery/createRecovery'
import type { MediaTrouble } from '@/src/live/components/media'
import { describe, expect, it, vi } from 'vitest'
import { createVirtualClock, settle } from '@/src/testing/virtualClock'
import { createFakeOutside } from '../testing/fakeOutside'
import { createNativePlayer } from './nativePlayer'
import { createNativePusher } from './nativePusher'

/** A code of `statechange`, news from outside, a tap, so many seconds, figures that are good or poor, or an `error`. */
type Doing = number | OutsideNews['type'] | 'offline' | 'online' | 'start' | 'pause' | 'resume' | 'stop' | `${number} s` | 'bytes' | 'poor' | `error ${number}`

const SHOWN_AS: Readonly<Record<MediaTrouble['kind'], (trouble: any) => string>> = {
  weak: () => 'weak',
  reconnecting: ({ attempt }) => `reconnecting ${attempt}`,
  waiting: ({ attempt }) => `waiting ${attempt}`,
  offline: () => 'offline',
  paused: ({ by }) => `paused by ${by}`,
  stuck: ({ attempt }) => `stuck ${attempt}`,
}

function createPhone(kind: 'pusher' | 'player') {
  const clock = createVirtualClock()
  const { outside, hear } = createFakeOutside()
  const told: string[] = []
  const problems: string[] = []
  const calls: string[] = []
  let isRefusing = false
  const context = new Proxy({}, { get: (_context, name: string) => (options: { success?: () => void, fail?: () => void } = {}) => {
    calls.push(name)
    if (isRefusing && name === 'stop')
      options.fail?.()
    else if (name !== 'play')
      options.success?.()
  } })
  const options = {
    context: () => context as never,
    clock,
    random: () => 0.999999,
    outside,
    onStatus: vi.fn(),
    onProblem: ({ code, nativeCode }: { code: string, nativeCode?: number }) => void problems.push(nativeCode === undefined ? code : `${code} ${nativeCode}`),
    onTrouble: (trouble: MediaTrouble | null) => void told.push(trouble ? SHOWN_AS[trouble.kind](trouble) : 'well'),
    onStatistics: vi.fn(),
    onPreview: vi.fn(),
    onSize: vi.fn(),
    setSource: async () => {},
  }
  const pusher = createNativePusher(options)
  const player = createNativePlayer(options)
  player.select({ urls: { flv: 'http://a/x.flv', expiresAt: 0 }, mode: 'live' })
  const tag = kind === 'pusher' ? pusher : player

  async function act(doing: Doing) {
    if (typeof doing === 'number')
      return tag.handleState(doing)
    const [what, amount] = doing.split(' ')
    if (amount === 's')
      return clock.advance(Number(what) * 1000)
    if (what === 'error')
      return pusher.handleError(Number(amount))
    switch (doing) {
      case 'bytes': return tag.handleNetStatus({ videoBitrate: 600, videoFPS: 15, videoWidth: 360, videoHeight: 640 })
      case 'poor': return tag.handleNetStatus({ videoBitrate: 60, videoFPS: 5, videoWidth: 360, videoHeight: 640 })
      case 'offline':
      case 'online': return hear({ type: 'network', isOnline: doing === 'online' })
      case 'start':
      case 'stop':
      case 'pause':
      case 'resume': return tag[doing]()
      case 'hidden':
        isRefusing = true
        return hear({ type: 'hidden' })
      case 'shown':
        isRefusing = false
        return hear({ type: 'shown' })
      case 'released': return hear({ type: 'released' })
    }
  }

  return {
    clock,
    problems,
    async go(...doings: Doing[]) {
      for (const doing of doings) {
        await act(doing)
        await settle()
      }
      return { told, calls: calls.filter(name => name !== 'stopPreview') }
    },
  }
}

const PUSHING: Doing[] = ['start', 1001, 1002]

describe('<live-pusher>', () => {
  it.each<[string, Doing[], string[], string[]]>([
    ['1101 once is chance', [1101, '20 s', 1101], [], ['start']],
    ['1101 twice is weak, and passes', [1101, 1101, '10 s'], ['weak', 'well'], ['start']],
    ['1102: the platform reconnects by itself', [1102, 1102, 1002], ['reconnecting 1', 'reconnecting 2', 'well'], ['start']],
    ['1102 and nothing more', [1102, '20 s', 1002], ['reconnecting 1', 'well'], ['start', 'stop', 'start']],
    ['3001 name not found', [3001, 1102, 1002], ['reconnecting 1', 'well'], ['start']],
    ['3002 not connected', [3002, 1102, 1005], ['reconnecting 1', 'well'], ['start']],
    ['3003 no handshake', [3003, 1006], ['reconnecting 1', 'well'], ['start']],
    ['3004 closed by the server', [3004, -1307, '1 s', 1002], ['reconnecting 1', 'waiting 1', 'reconnecting 1', 'well'], ['start', 'stop', 'start']],
    ['3005 not read or written', [3005, 1002], ['reconnecting 1', 'well'], ['start']],
    ['−1307: our own waits', [-1307, '1 s', -1307, '2 s', -1307, '4 s', -1307], ['waiting 1', 'reconnecting 1', 'waiting 2', 'reconnecting 2', 'waiting 3', 'reconnecting 3', 'waiting 4'], ['start', 'stop', 'start', 'stop', 'start', 'stop', 'start', 'stop']],
    ['−1307 and a tap', [-1307, 'start', 1002], ['waiting 1', 'reconnecting 1', 'well'], ['start', 'stop', 'start']],
    ['−1307, then no code but bytes', [-1307, '2 s', '1 s', 'bytes'], ['waiting 1', 'reconnecting 1', 'well'], ['start', 'stop', 'start']],
    ['−1307 without a network', ['offline', -1307, '90 s', 'online', 1002], ['offline', 'reconnecting 1', 'well'], ['start', 'stop', 'start']],
    ['5001, and the call ends', [5001, '30 s', 'released'], ['paused by call', 'reconnecting 1', 'well'], ['start', 'pause', 'resume']],
    ['5001, and the person comes back', [5001, 'hidden', 'shown'], ['paused by call', 'reconnecting 1', 'well'], ['start', 'pause', 'resume']],
    ['5001, and a tap', [5001, 'resume'], ['paused by call', 'reconnecting 1', 'well'], ['start', 'pause', 'resume']],
    ['5001 while it is lost', [5001, -1307, '90 s', 'released', 1002], ['paused by call', 'reconnecting 1', 'well'], ['start', 'pause', 'stop', 'start']],
    ['5000 suspended', [5000, 'shown'], ['paused by system', 'reconnecting 1', 'well'], ['start', 'pause', 'resume']],
    ['background and foreground', ['hidden', '90 s', 'shown', 'bytes'], ['paused by background', 'well'], ['start']],
    ['silent after the background', ['hidden', '90 s', 'shown', '8 s', 1002], ['paused by background', 'well', 'reconnecting 1', 'well'], ['start', 'stop', 'start']],
    ['lost in the background', ['hidden', -1307, '90 s', 'shown', 1002], ['paused by background', 'reconnecting 1', 'well'], ['start', 'stop', 'stop', 'start']],
    ['wifi → 4G, and it goes on', ['online', '3 s', 'bytes', '20 s'], [], ['start']],
    ['wifi → 4G, and it is silent', ['online', '8 s', 1002], ['reconnecting 1', 'well'], ['start', 'stop', 'start']],
    ['the person\'s pause', ['pause', 'hidden', 'shown', 'resume'], ['paused by person', 'well'], ['start', 'pause', 'resume']],
    ['−1301 camera taken, back from the other app', [-1301, 'hidden', 'shown', 1002], ['paused by background', 'reconnecting 1', 'well'], ['start', 'stop', 'start']],
    ['stop refused in the background', ['hidden', 'stop', 'shown'], ['paused by background', 'well'], ['start', 'stop', 'stop']],
    ['codes that nobody knows', [10005, 2027, 4998, 4999, -99], [], ['start']],
  ])('[RC22] %s', async (_name, doings, told, calls) => {
    expect(await createPhone('pusher').go(...PUSHING, ...doings)).toEqual({ told, calls })
  })

  it('[RC2] [RC3] −1307 without end: 1, 2, 4, 8, 15 and 30 s, then stuck and once a minute; a tap gives all patience again', async () => {
    const { clock, go } = createPhone('pusher')
    await go(...PUSHING, '20 s', -1307)
    const tries: number[] = []
    for (let lost = 0; lost < 8; lost++) {
      const before = clock.now()
      const starts = async () => (await go()).calls.filter(name => name === 'start').length
      const known = await starts()
      while (await starts() === known)
        await clock.advance(500)
      tries.push((clock.now() - before) / 1000)
      await go(-1307)
    }
    expect(tries).toEqual([1, 2, 4, 8, 15, 30, 60, 60])
    const { told } = await go('start', -1307)
    expect(told.slice(-7)).toEqual(['stuck 7', 'reconnecting 7', 'stuck 8', 'reconnecting 8', 'stuck 9', 'reconnecting 1', 'waiting 1'])
  })

  it('[RC17] 10001 denied: told at once, and after an opening in vain the tries end', async () => {
    const { go, problems } = createPhone('pusher')
    const { calls } = await go('start', 'error 10001', 'error 10002', '20 s', '300 s')
    expect(problems).toEqual(['CAMERA_DENIED 10001', 'MICROPHONE_DENIED 10002'])
    expect(calls).toEqual(['start', 'stop'])
    expect((await go('start')).calls).toEqual(['start', 'stop', 'start'])
  })

  it('[RC24] figures below good are complaints', async () => {
    const { go } = createPhone('pusher')
    await go(...PUSHING)
    for (let second = 0; second < 8; second++)
      await go('bytes', '1 s')
    expect((await go()).told).toEqual([])
    for (let second = 0; second < 8; second++)
      await go('poor', '1 s')
    expect((await go()).told).toEqual(['weak'])
  })
})

const PLAYING: Doing[] = ['start', 2001, 2003]

describe('<live-player>', () => {
  it.each<[string, Doing[], string[], string[]]>([
    ['2104 and 2105 are a weak network', [2104, 2105, '10 s'], ['weak', 'well'], ['play']],
    ['2103: the platform reconnects by itself', [2103, 2103, 2004], ['reconnecting 1', 'reconnecting 2', 'well'], ['play']],
    ['2103 and nothing more', [2103, '8 s', 2003], ['reconnecting 1', 'well'], ['play', 'stop', 'play']],
    ...([3001, 3002, 3003, 3005] as const).map((code): [string, Doing[], string[], string[]] => [`${code} is a hint`, [code, 2004], ['reconnecting 1', 'well'], ['play']]),
    ['−2301: our own waits', [-2301, '1 s', 2003], ['waiting 1', 'reconnecting 1', 'well'], ['play', 'stop', 'play']],
    ['−2302 no accelerated address', [-2302, '1 s', 2003], ['waiting 1', 'reconnecting 1', 'well'], ['play', 'stop', 'play']],
    ['2006 the stream ended, and comes again', [2006, '1 s', 2003], ['waiting 1', 'reconnecting 1', 'well'], ['play', 'stop', 'play']],
    ['background and foreground', ['hidden', 'shown', 'bytes', '20 s'], ['paused by background', 'well'], ['play']],
    ['silent after the background', ['hidden', 'shown', '8 s', 2003], ['paused by background', 'well', 'reconnecting 1', 'well'], ['play', 'stop', 'play']],
    ['lost without a network', ['offline', -2301, '90 s', 'online', 2003], ['offline', 'reconnecting 1', 'well'], ['play', 'stop', 'play']],
    ['the person\'s pause', ['pause', '90 s', 'resume'], ['paused by person', 'well'], ['play', 'pause', 'resume']],
  ])('[RC22] %s', async (_name, doings, told, calls) => {
    expect(await createPhone('player').go(...PLAYING, ...doings)).toEqual({ told, calls })
  })

  it('[RC3] after a minute in vain it is stuck, and still tries every five seconds', async () => {
    const { go } = createPhone('player')
    await go(...PLAYING, '20 s', -2301)
    for (let lost = 0; lost < 20; lost++)
      await go('5 s', -2301)
    const { told, calls } = await go()
    expect(told.findIndex(words => words.startsWith('stuck'))).toBeGreaterThan(20)
    expect(told.at(-1)).toBe('stuck 21')
    expect(calls.filter(name => name === 'play')).toHaveLength(21)
  })
})
