import type { Permission } from '@/src/ports/DeviceAccess'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { settle } from '@/src/testing/virtualClock'
import { PreflightSession } from './preflight'

type Answers = Record<'camera' | 'microphone', Permission>
let known: Answers
let answers: Answers
const goOn = vi.fn()
const devices = {
  query: vi.fn(async (device: keyof Answers) => known[device]),
  request: vi.fn(async (device: keyof Answers) => known[device] = answers[device]),
  openSettings: vi.fn(async () => void (known = { ...answers })),
}
let guide: string | undefined
let areTagsMissing: boolean
let isSimulating: boolean
let preflight: PreflightSession

beforeEach(() => {
  vi.clearAllMocks()
  known = { camera: 'unknown', microphone: 'granted' }
  answers = { camera: 'granted', microphone: 'granted' }
  guide = undefined
  areTagsMissing = false
  isSimulating = false
  const tags = { isOn: () => isSimulating, areTagsMissing: () => areTagsMissing, noteTags: (areMissing: boolean) => void (areTagsMissing = areMissing) }
  preflight = new PreflightSession(devices, { pending: async () => guide }, tags)
})

async function begin(medium: 'video' | 'voice') {
  preflight.begin(medium, goOn)
  await settle()
  return preflight.state.value
}

describe('the look at the devices', () => {
  it('[LM113] what was allowed before asks nothing', async () => {
    known.camera = 'granted'
    expect(await begin('video')).toEqual({ status: 'none' })
    expect([goOn.mock.calls, devices.request.mock.calls]).toEqual([[['video']], []])
  })

  it('[LM113] voice needs the microphone alone', async () => {
    await begin('voice')
    expect([goOn.mock.calls, devices.query.mock.calls]).toEqual([[['voice']], [['microphone']]])
  })

  it('[LM113] explains, asks at a tap, and goes on', async () => {
    expect(await begin('video')).toEqual({ status: 'asking', medium: 'video', devices: ['camera'] })
    expect([devices.request.mock.calls, goOn.mock.calls]).toEqual([[], []])
    await preflight.allow()
    expect([preflight.state.value, goOn.mock.calls]).toEqual([{ status: 'none' }, [['video']]])
  })

  it('[LM113] what is denied needs the settings, and is looked up again after them', async () => {
    answers.camera = 'denied'
    await begin('video')
    await preflight.allow()
    expect(preflight.state.value).toEqual({ status: 'denied', medium: 'video', devices: ['camera'] })
    answers.camera = 'granted'
    await preflight.openSettings()
    expect([preflight.state.value, goOn.mock.calls]).toEqual([{ status: 'none' }, [['video']]])
  })

  it('[RC39] a page without https is told apart from missing devices', async () => {
    known = { camera: 'insecure', microphone: 'insecure' }
    expect(await begin('voice')).toEqual({ status: 'insecure', medium: 'voice' })
  })

  it('[LM113] a device that is not there is named, and looked for again at a tap', async () => {
    answers.camera = 'unknown'
    await begin('video')
    await preflight.allow()
    expect(preflight.state.value).toEqual({ status: 'missing', medium: 'video', devices: ['camera'] })
    answers.camera = 'granted'
    await preflight.allow()
    expect(goOn).toHaveBeenCalledTimes(1)
  })

  it('[LM113] given up, nothing follows, however late the system answers', async () => {
    await begin('video')
    const asking = preflight.allow()
    preflight.cancel()
    await asking
    expect([preflight.state.value, goOn.mock.calls]).toEqual([{ status: 'none' }, []])
    await preflight.allow()
    await preflight.openSettings()
    expect([devices.request.mock.calls.length, devices.openSettings.mock.calls]).toEqual([1, []])
  })

  it('[WX1] the privacy guide comes first, and agreed to it goes on', async () => {
    guide = '《指引》'
    known.camera = 'granted'
    expect(await begin('video')).toEqual({ status: 'agreeing', medium: 'video', guide: '《指引》' })
    expect([devices.query.mock.calls, goOn.mock.calls]).toEqual([[], []])
    guide = undefined
    await preflight.allow()
    expect([preflight.state.value, goOn.mock.calls]).toEqual([{ status: 'none' }, [['video']]])
  })

  it('[WX2] the guide refused, it is offered again at a tap', async () => {
    guide = '《指引》'
    await begin('voice')
    preflight.refuse()
    expect(preflight.state.value).toEqual({ status: 'refused', medium: 'voice' })
    await preflight.allow()
    expect(preflight.state.value).toEqual({ status: 'agreeing', medium: 'voice', guide: '《指引》' })
    expect([devices.query.mock.calls, goOn.mock.calls]).toEqual([[], []])
  })

  it('[WX2] given up while the guide is looked up, nothing follows', async () => {
    guide = '《指引》'
    preflight.begin('video', goOn)
    preflight.cancel()
    await settle()
    expect([preflight.state.value, goOn.mock.calls]).toEqual([{ status: 'none' }, []])
  })

  it('[LM113] begun anew with voice alone, the camera is not waited for', async () => {
    preflight.begin('video', goOn)
    await begin('voice')
    expect(goOn.mock.calls).toEqual([['voice']])
  })
})

describe('without WeChat\'s live tags', () => {
  it('[SM8] nobody is let onto the mic who could publish nothing, and asking again looks again', async () => {
    areTagsMissing = true
    known = { camera: 'granted', microphone: 'granted' }
    expect(await begin('video')).toEqual({ status: 'noTags', medium: 'video' })
    expect(goOn).not.toHaveBeenCalled()
    await preflight.allow()
    expect(goOn).toHaveBeenCalledWith('video')
  })

  it('[SM8] a simulated picture stands in', async () => {
    areTagsMissing = true
    isSimulating = true
    known = { camera: 'granted', microphone: 'granted' }
    await begin('voice')
    expect(goOn).toHaveBeenCalledWith('voice')
  })
})
