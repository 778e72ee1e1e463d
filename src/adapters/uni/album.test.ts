import { afterEach, describe, expect, vi } from 'vitest'
import { onH5, onMp } from '@/src/testing/platform'
import { createVirtualClock } from '@/src/testing/virtualClock'
import { createAlbum } from './createAlbum'

const clock = createVirtualClock()
const agreed = { require: async () => true }
const file = { filePath: 'wxfile://tmp/poster.jpg' }

describe('the album', () => {
  afterEach(() => vi.unstubAllGlobals())

  const answer = (errMsg?: string) => vi.mocked(uni.saveImageToPhotosAlbum).mockImplementation(options => (errMsg ? options.fail!({ errMsg }) : options.success!({} as never)) as never)

  onMp('[WX24] keeps a picture, or says what stands in the way', async () => {
    vi.stubGlobal('wx', {})
    const album = createAlbum({ clock, privacyGuide: agreed })
    const answers: string[] = []
    for (const errMsg of [undefined, 'saveImageToPhotosAlbum:fail auth deny', 'saveImageToPhotosAlbum:fail authorize no response', 'saveImageToPhotosAlbum:fail cancel', 'saveImageToPhotosAlbum:fail file not found']) {
      answer(errMsg)
      answers.push(await album.save(file, 'a.jpg'))
    }
    expect(answers).toEqual(['saved', 'denied', 'denied', 'cancelled', 'failed'])
    expect(uni.saveImageToPhotosAlbum).toHaveBeenCalledWith(expect.objectContaining({ filePath: 'wxfile://tmp/poster.jpg' }))
  })

  onMp('[WX1] the privacy guide comes before the album', async () => {
    vi.stubGlobal('wx', {})
    expect(await createAlbum({ clock, privacyGuide: { require: async () => false } }).save(file, 'a.jpg')).toBe('cancelled')
    expect(uni.saveImageToPhotosAlbum).not.toHaveBeenCalled()
  })

  onMp('[WX25] its settings are WeChat\'s', async () => {
    vi.stubGlobal('wx', {})
    vi.mocked(uni.openSetting).mockImplementation(options => options!.complete!({} as never) as never)
    await createAlbum({ clock, privacyGuide: agreed }).openSettings()
    expect(uni.openSetting).toHaveBeenCalledOnce()
  })

  onMp('[WX24] WeChat\'s menu of a picture opens where there is one', async () => {
    vi.stubGlobal('wx', {})
    expect(createAlbum({ clock, privacyGuide: agreed }).share).toBeUndefined()
    const showShareImageMenu = vi.fn(({ complete }: { complete: () => void }) => complete())
    vi.stubGlobal('wx', { showShareImageMenu })
    await createAlbum({ clock, privacyGuide: agreed }).share!(file, 'a.jpg')
    expect(showShareImageMenu).toHaveBeenCalledWith(expect.objectContaining({ path: 'wxfile://tmp/poster.jpg' }))
  })

  onH5('[WX24] a browser downloads it under its name, and lets go of it later', async () => {
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      expect([this.download, this.href.startsWith('blob:')]).toEqual(['lianmai.jpg', true])
    })
    const release = vi.spyOn(URL, 'revokeObjectURL')
    expect(await createAlbum({ clock, privacyGuide: agreed }).save({ blob: new Blob(['x']) }, 'lianmai.jpg')).toBe('saved')
    expect([click.mock.calls.length, release.mock.calls.length]).toEqual([1, 0])
    await clock.advance(60_000)
    expect(release).toHaveBeenCalledTimes(1)
    vi.restoreAllMocks()
  })

  onH5('[WX24] the system\'s sheet is for phones that take files', async () => {
    expect(createAlbum({ clock, privacyGuide: agreed }).share).toBeUndefined()
    const share = vi.fn(async () => {})
    vi.stubGlobal('matchMedia', () => ({ matches: true }))
    vi.stubGlobal('navigator', { canShare: () => true, share })
    await createAlbum({ clock, privacyGuide: agreed }).share!({ blob: new Blob(['x'], { type: 'image/jpeg' }) }, 'lianmai.jpg')
    expect(share).toHaveBeenCalledWith({ files: [expect.objectContaining({ name: 'lianmai.jpg' })] })
  })
})
