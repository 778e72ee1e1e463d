import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createVirtualClock } from '@/src/testing/virtualClock'
import { startQrCamera } from './qrCamera'
import { createQrReader } from './readQr'

const decodeQR = vi.hoisted(() => vi.fn())
vi.mock('qr/decode.js', () => ({ decodeQR }))

const picture = { width: 2400, height: 1200 } as ImageBitmap
const context = { drawImage: vi.fn(), getImageData: vi.fn((_x: number, _y: number, width: number, height: number) => ({ width, height })) }

function detector(formats: string[], found: string[]) {
  return class {
    static getSupportedFormats = async () => formats
    detect = async () => found.map(rawValue => ({ rawValue }))
  }
}

beforeEach(() => {
  vi.clearAllMocks()
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never)
})

describe('reading a QR code in a browser', () => {
  it('[TL7] is the browser\'s own work where it can', async () => {
    expect(await (await createQrReader(detector(['ean_13', 'qr_code'], ['rtmp://a/s'])))(picture)).toBe('rtmp://a/s')
    expect(await (await createQrReader(detector(['qr_code'], [])))(picture)).toBeUndefined()
    expect(decodeQR).not.toHaveBeenCalled()
  })

  it('[TL7] is a decoder\'s elsewhere, on a picture no larger than it needs', async () => {
    for (const native of [undefined, detector(['ean_13'], ['4006381333931'])]) {
      decodeQR.mockReturnValue('rtmp://b/s')
      expect(await (await createQrReader(native))(picture)).toBe('rtmp://b/s')
    }
    expect(decodeQR).toHaveBeenCalledWith({ width: 800, height: 400 })
  })

  it('[TL7] finds nothing where there is nothing', async () => {
    decodeQR.mockImplementation(() => {
      throw new Error('Finder: len(found) = 0')
    })
    expect(await (await createQrReader(undefined))(picture)).toBeUndefined()
  })
})

describe('a camera that looks for codes', () => {
  async function start(read: () => Promise<string | undefined>) {
    const clock = createVirtualClock()
    const track = { stop: vi.fn() }
    const onText = vi.fn()
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue()
    const devices = { getUserMedia: vi.fn(async () => Object.assign(new MediaStream(), { getTracks: () => [track] })) }
    const camera = await startQrCamera({ devices, clock, read, onText })
    Object.defineProperty(camera.video, 'videoWidth', { value: 640 })
    return { camera, clock, devices, onText, track }
  }

  it('[TL6] looks five times a second, never twice at once, until it is stopped', async () => {
    const answers: ((text: string | undefined) => void)[] = []
    const read = vi.fn(() => new Promise<string | undefined>(resolve => answers.push(resolve)))
    const { camera, clock, devices, onText, track } = await start(read)
    expect(devices.getUserMedia).toHaveBeenCalledWith({ video: { facingMode: 'environment' } })
    await clock.advance(1000)
    expect(read).toHaveBeenCalledTimes(1)
    answers[0](undefined)
    await clock.advance(200)
    expect(read).toHaveBeenCalledTimes(2)
    camera.stop()
    answers[1]('too late')
    await clock.advance(1000)
    expect(onText).not.toHaveBeenCalled()
    expect(track.stop).toHaveBeenCalledTimes(1)
    expect(read).toHaveBeenCalledTimes(2)
  })

  it('[TL6] tells what it reads, and goes on after a picture that could not be read', async () => {
    const read = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error('gone')).mockResolvedValue('rtmp://a/s')
    const { clock, onText } = await start(read)
    await clock.advance(400)
    expect(onText).toHaveBeenCalledWith('rtmp://a/s')
  })
})
