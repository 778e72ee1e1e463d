import type { PlayerHandle, PusherHandle, PusherProps } from './media'
import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { PLAYER_ATTRIBUTES } from '@/src/live/media/tags/playerTag'
import { PUSHER_ATTRIBUTES } from '@/src/live/media/tags/pusherTag'
import { fakes } from '@/src/testing/fakeServices'
import { settle } from '@/src/testing/virtualClock'
import MediaPlayer from './MediaPlayer.vue'
import MediaPusher from './MediaPusher.vue'

const PUSHER = { rtmp: 'rtmp://a/live/x', whip: 'http://a/whip/x', source: 'camera', quality: 'HD', facing: 'front', cameraId: '', microphoneId: '', isMirrored: true, isMuted: false } as const
const PLAYER = { urls: { flv: 'http://a/x.flv', rtmp: 'rtmp://a/x', expiresAt: 0 }, mode: 'live', isMuted: false, volume: 0.5, objectFit: 'cover' } as const

function pusher(props = {}) {
  const wrapper = mount(MediaPusher, { props: { ...PUSHER, ...props } })
  return { wrapper, handle: wrapper.vm as unknown as PusherHandle }
}

function player(props = {}) {
  const wrapper = mount(MediaPlayer, { props: { ...PLAYER, ...props } })
  return { wrapper, handle: wrapper.vm as unknown as PlayerHandle }
}

function context() {
  const made = Object.fromEntries(['start', 'stop', 'pause', 'resume', 'startPreview', 'stopPreview', 'switchCamera', 'snapshot', 'play', 'requestFullScreen', 'exitFullScreen'].map(name => [name, vi.fn((options: any) => options.success?.({ tempImagePath: 'wxfile://a.jpg' }))]))
  vi.mocked(uni.createLivePusherContext).mockReturnValue(made as never)
  vi.mocked(uni.createLivePlayerContext).mockReturnValue(made as never)
  return made
}

afterEach(() => {
  vi.unstubAllGlobals()
})

// #ifdef MP-WEIXIN
describe('in WeChat', () => {
  it('[PB21] the tag gets the RTMP URL and what the person chose', () => {
    const tag = pusher().wrapper.find('live-pusher')
    expect(tag.attributes()).toMatchObject({ 'url': PUSHER.rtmp, 'mode': 'RTC', 'device-position': 'front', 'local-mirror': 'enable', 'muted': 'false', 'enable-camera': 'true', 'max-bitrate': '1800', 'video-width': '720', 'video-height': '1280' })
    expect(pusher({ source: 'none', isMuted: true, facing: 'back' }).wrapper.find('live-pusher').attributes()).toMatchObject({ 'enable-camera': 'false', 'muted': 'true', 'device-position': 'back' })
  })

  it('[PB21] starts on use, speaks our words, and stops for certain when it goes', async () => {
    const { wrapper, handle } = pusher()
    const { start, stop } = context()
    expect(uni.createLivePusherContext).not.toHaveBeenCalled()
    handle.start()
    await nextTick()
    expect(start).toHaveBeenCalledOnce()
    await wrapper.find('live-pusher').trigger('statechange', { detail: { code: 1002 } })
    await wrapper.find('live-pusher').trigger('statechange', { detail: { code: 10014 } })
    await wrapper.find('live-pusher').trigger('error', { detail: { errCode: 10001 } })
    await wrapper.find('live-pusher').trigger('netstatus', { detail: { info: { videoBitrate: 700, videoFPS: 20 } } })
    expect(wrapper.emitted('status')).toEqual([['connecting'], ['live']])
    expect(wrapper.emitted('diagnostic')).toMatchObject([[{ code: 1002 }], [{ code: 10014, isUnknown: true }], [{ code: 10001 }]])
    expect(wrapper.emitted('problem')).toEqual([[{ code: 'CAMERA_DENIED', nativeCode: 10001 }]])
    expect(wrapper.emitted('statistics')![0]).toMatchObject([{ transport: 'rtmp', bitrateKbps: 700 }])
    wrapper.unmount()
    expect(stop).toHaveBeenCalled()
  })

  it('[PB4] a stop in the same breath as start wins', async () => {
    const { handle } = pusher()
    const { start } = context()
    handle.start()
    handle.stop()
    await settle()
    expect(start).not.toHaveBeenCalled()
  })

  it('[PB19] previews, turns the camera and takes a picture', async () => {
    const { wrapper, handle } = pusher()
    const { startPreview, switchCamera } = context()
    await handle.startPreview()
    expect(startPreview).toHaveBeenCalledOnce()
    expect(wrapper.emitted('preview')).toEqual([[{ width: 720, height: 1280 }]])
    handle.switchCamera()
    expect(switchCamera).toHaveBeenCalledOnce()
    expect(await handle.snapshot()).toEqual({ filePath: 'wxfile://a.jpg' })
    expect(await handle.listDevices()).toEqual({ cameras: [], microphones: [], canShareScreen: false })
  })

  it('[PB22] the player gets FLV, and small caches on the mic', async () => {
    const { wrapper, handle } = player()
    const { play } = context()
    handle.start()
    await settle()
    expect(wrapper.find('live-player').attributes()).toMatchObject({ 'src': PLAYER.urls.flv, 'mode': 'live', 'min-cache': '1', 'max-cache': '3', 'object-fit': 'fillCrop' })
    expect(play).toHaveBeenCalledOnce()
    await wrapper.find('live-player').trigger('statechange', { detail: { code: 2003 } })
    await wrapper.find('live-player').trigger('netstatus', { detail: { info: { videoWidth: 720, videoHeight: 1280 } } })
    expect(wrapper.emitted('status')).toEqual([['connecting'], ['live']])
    expect(wrapper.emitted('size')).toEqual([[{ width: 720, height: 1280 }]])
    expect(player({ mode: 'lowLatency', objectFit: 'contain' }).wrapper.find('live-player').attributes()).toMatchObject({ 'mode': 'RTC', 'min-cache': '0.1', 'max-cache': '0.3', 'object-fit': 'contain' })
  })

  it('[LM165] a guest is sent small, upright and in mode RTC, and heard like in a call', () => {
    const tag = pusher({ quality: 'guest' }).wrapper.find('live-pusher')
    expect(tag.attributes()).toMatchObject({ 'mode': 'RTC', 'min-bitrate': '200', 'max-bitrate': '300', 'video-width': '360', 'video-height': '480', 'aspect': '3:4', 'fps': '15', 'audio-volume-type': 'voicecall' })
    expect(pusher({ quality: 'SD' }).wrapper.find('live-pusher').attributes()).toMatchObject({ 'mode': 'RTC', 'max-bitrate': '850', 'aspect': '9:16' })
  })

  it('[LM170] each player of a page has an id of its own, and its context is asked for by it', async () => {
    const players = [player(), player()]
    context()
    for (const { handle } of players) {
      handle.start()
      await settle()
    }
    const ids = players.map(({ wrapper }) => wrapper.find('live-player').attributes('id'))
    expect(new Set(ids).size).toBe(2)
    expect(vi.mocked(uni.createLivePlayerContext).mock.calls.map(([id]) => id)).toEqual(ids)
  })

  it('[LM171] the end of a call that took the microphone gives the pusher back its sound', async () => {
    const { wrapper, handle } = pusher()
    const { pause, resume, start } = context()
    handle.start()
    await nextTick()
    for (const code of [1002, 5001])
      await wrapper.find('live-pusher').trigger('statechange', { detail: { code } })
    expect(pause).toHaveBeenCalledOnce()
    const [[whenEnded]] = vi.mocked(uni.onAudioInterruptionEnd).mock.calls
    whenEnded({} as never)
    expect(resume).toHaveBeenCalledOnce()
    expect(start).toHaveBeenCalledOnce()
    expect(wrapper.emitted('status')).toEqual([['connecting'], ['live'], ['interrupted'], ['live']])
    wrapper.unmount()
    await settle()
    expect(uni.offAudioInterruptionEnd).toHaveBeenCalledWith(whenEnded)
  })

  it.each([
    ['live-pusher', () => pusher().wrapper, PUSHER_ATTRIBUTES],
    ['live-player', () => player().wrapper, PLAYER_ATTRIBUTES],
  ])('[PB30] <%s> is told every attribute of the definition, and no other', (name, make, definition) => {
    const { class: _class, id: _id, ...told } = make().find(name).attributes()
    const kebab = (camel: string) => camel.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
    expect(Object.keys(told).filter(key => !key.startsWith('data-v-')).sort()).toEqual(Object.keys(definition).map(kebab).sort())
  })

  it('[PB31] attributes come over what the app chooses, and nonsense is told once', async () => {
    const attributes = { beauty: 99, filter: 'pink', localMirror: 'auto', fps: 'many', pictureInPictureMode: ['push'] } as unknown as PusherProps['attributes']
    const { wrapper } = pusher({ attributes })
    const tag = () => wrapper.find('live-pusher').attributes()
    expect(tag()).toMatchObject({ 'beauty': '9', 'filter': 'pink', 'local-mirror': 'auto', 'fps': '25', 'picture-in-picture-mode': 'push', 'url': PUSHER.rtmp })
    await wrapper.setProps({ isMuted: true })
    expect(tag().muted).toBe('true')
    expect(wrapper.emitted('diagnostic')).toEqual([[{ at: expect.any(Number), text: 'fps: the value makes no sense' }]])
    const { wrapper: other } = player({ attributes: { soundMode: 'ear', minCache: 0.2, objectFit: 'stretch' as never } })
    expect(other.find('live-player').attributes()).toMatchObject({ 'sound-mode': 'ear', 'min-cache': '0.2', 'object-fit': 'fillCrop' })
    expect(other.emitted('diagnostic')).toMatchObject([[{ text: 'objectFit: the value makes no sense' }]])
  })

  it('[PB30] the preview is as large as the tag is told', async () => {
    const { wrapper, handle } = pusher({ attributes: { orientation: 'horizontal', videoWidth: 480, videoHeight: 640 } })
    context()
    await handle.startPreview()
    expect(wrapper.emitted('preview')).toEqual([[{ width: 640, height: 480 }]])
  })

  it('[PB32] every event of <live-pusher> speaks our words', async () => {
    const { wrapper } = pusher()
    const tag = wrapper.find('live-pusher')
    const happened: [string, object?][] = [
      ['bgmstart'],
      ['bgmprogress', { progress: 1500, duration: 60_000 }],
      ['bgmcomplete'],
      ['error', { errCode: 10003, errMsg: 'bgm load failed' }],
      ['audiovolumenotify', { volume: 40 }],
      ['enterpictureinpicture'],
      ['leavepictureinpicture'],
    ]
    for (const [event, detail] of happened)
      await tag.trigger(event, { detail })
    expect(wrapper.emitted('bgm')).toEqual([[{ type: 'started' }], [{ type: 'progress', ms: 1500, durationMs: 60_000 }], [{ type: 'completed' }], [{ type: 'failed' }]])
    expect(wrapper.emitted('volume')).toEqual([[40]])
    expect(wrapper.emitted('pictureInPicture')).toEqual([[true], [false]])
  })

  it('[PB32] every event of <live-player> speaks our words', async () => {
    const { wrapper } = player()
    const tag = wrapper.find('live-player')
    const happened: [string, object?][] = [
      ['error', { errCode: -9, errMsg: 'who knows' }],
      ['fullscreenchange', { direction: 'horizontal', fullScreen: true }],
      ['audiovolumenotify', { info: { volume: 70 } }],
      ['enterpictureinpicture'],
      ['leavepictureinpicture'],
      ['castinguserselect', { state: 'success' }],
      ['castingstatechange', { type: 'DLNA', state: 'fail' }],
      ['castinginterrupt'],
    ]
    for (const [event, detail] of happened)
      await tag.trigger(event, { detail })
    expect(wrapper.emitted('fullscreen')).toEqual([[true]])
    expect(wrapper.emitted('volume')).toEqual([[70]])
    expect(wrapper.emitted('pictureInPicture')).toEqual([[true], [false]])
    expect(wrapper.emitted('casting')).toEqual([[{ type: 'selected', detail: { state: 'success' } }], [{ type: 'changed', detail: { type: 'DLNA', state: 'fail' } }], [{ type: 'interrupted', detail: {} }]])
    expect(wrapper.emitted('diagnostic')).toEqual([[{ at: expect.any(Number), code: -9, isUnknown: true, text: 'error -9 who knows' }]])
  })

  it('[PB35] the handle calls the context, and says what this version of WeChat can', async () => {
    const { wrapper, handle } = pusher()
    const made = context()
    Object.assign(made, { toggleTorch: vi.fn((options: any) => options.success({ errMsg: 'toggleTorch:ok' })), setZoom: vi.fn((options: any) => options.fail({ errMsg: 'setZoom:fail no camera' })) })
    expect(['beauty', 'toggleTorch', 'playBGM', 'start', 'nothing'].map(name => handle.supports(name as never))).toEqual([true, true, false, false, false])
    await handle.call('toggleTorch')
    await expect(handle.call('setZoom', { zoom: 2 })).rejects.toMatchObject({ code: 'FAILED' })
    await expect(handle.call('playBGM', { url: 'https://a/x.mp3' })).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    expect(wrapper.emitted('diagnostic')).toMatchObject([[{ text: 'setZoom: setZoom:fail no camera' }]])
    const watching = player()
    expect(['soundMode', 'snapshot', 'startCasting'].map(name => watching.handle.supports(name as never))).toEqual([true, true, false])
    expect(await watching.handle.call('snapshot', {})).toEqual({ tempImagePath: 'wxfile://a.jpg' })
  })

  it('[PB35] what waits for an answer ends with the component', async () => {
    const { wrapper, handle } = pusher()
    Object.assign(context(), { toggleTorch: vi.fn() })
    const calling = handle.call('toggleTorch').catch(error => error)
    wrapper.unmount()
    expect(await calling).toMatchObject({ code: 'FAILED' })
    expect(fakes().clock.pending).toBe(0)
  })

  it('[PB38] pause and resume reach the tag', async () => {
    const { wrapper, handle } = pusher()
    const { pause, resume } = context()
    handle.start()
    await nextTick()
    await wrapper.find('live-pusher').trigger('statechange', { detail: { code: 1002 } })
    handle.pause()
    handle.resume()
    expect([pause.mock.calls.length, resume.mock.calls.length]).toEqual([1, 1])
    const watching = player()
    watching.handle.start()
    await settle()
    await watching.wrapper.find('live-player').trigger('statechange', { detail: { code: 2004 } })
    watching.handle.pause()
    watching.handle.resume()
    expect([pause.mock.calls.length, resume.mock.calls.length]).toEqual([2, 2])
  })

  it('[PB22] the player stops when it goes', async () => {
    const { wrapper, handle } = player()
    const { stop } = context()
    handle.start()
    await nextTick()
    wrapper.unmount()
    expect(stop).toHaveBeenCalledOnce()
  })
})
// #endif

// #ifdef H5
describe('on the web', () => {
  it('[PB24] a real video element shows the preview: muted, and mirrored for the camera only', async () => {
    const { wrapper } = pusher()
    const video = wrapper.element.querySelector('video')!
    expect(video.muted).toBe(true)
    expect(video.style.transform).toBe('scaleX(-1)')
    await wrapper.setProps({ source: 'screen' })
    expect(video.style.transform).toBe('')
    expect(wrapper.html()).not.toContain('live-pusher')
  })

  it('[PB24] the video of the player follows mute, volume and fit', async () => {
    const { wrapper } = player({ isMuted: true })
    const video = wrapper.element.querySelector('video')!
    expect([video.muted, video.volume, video.style.objectFit]).toEqual([true, 0.5, 'cover'])
    await wrapper.setProps({ isMuted: false, volume: 1, objectFit: 'contain' })
    expect([video.muted, video.volume, video.style.objectFit]).toEqual([false, 1, 'contain'])
  })

  it('[PB60] a lying picture lies on its side, and a call mutes until the page says otherwise', async () => {
    const { wrapper, handle } = player({ attributes: { orientation: 'horizontal' } })
    const video = wrapper.element.querySelector('video')!
    expect(wrapper.find('.picture').classes()).toContain('turned')
    await handle.call('mute')
    await nextTick()
    expect(video.muted).toBe(true)
    await handle.call('mute')
    await nextTick()
    expect(video.muted).toBe(false)
    await handle.call('mute')
    for (const isMuted of [true, false])
      await wrapper.setProps({ isMuted, attributes: {} })
    expect(video.muted).toBe(false)
    expect(wrapper.find('.picture').classes()).not.toContain('turned')
  })

  it.each([['composed', 'stage'], ['alone', 'player']])('[LM146] in a stage of class "%s" fullscreen is for the %s', async (name, filled) => {
    const filling: string[] = []
    const stage = document.createElement('div')
    stage.className = name
    document.body.append(stage)
    const wrapper = mount(MediaPlayer, { props: PLAYER, attachTo: stage })
    Object.assign(stage, { requestFullscreen: async () => void filling.push('stage') })
    Object.assign(wrapper.find('.player').element, { requestFullscreen: async () => void filling.push('player') })
    Object.defineProperty(document, 'fullscreenEnabled', { value: true, configurable: true })
    await (wrapper.vm as unknown as PlayerHandle).toggleFullscreen()
    Reflect.deleteProperty(document, 'fullscreenEnabled')
    wrapper.unmount()
    stage.remove()
    expect(filling).toEqual([filled])
  })

  it('[PB24] a browser that can do nothing says so in our words', async () => {
    const { wrapper, handle } = player({ urls: { rtmp: 'rtmp://a/x', expiresAt: 0 } })
    handle.start()
    await settle()
    expect(wrapper.emitted('problem')).toEqual([[{ code: 'UNSUPPORTED' }]])
    expect(wrapper.emitted('status')).toEqual([['failed']])
  })

  it('[PB24] without a secure page the preview says why there is no camera', async () => {
    vi.stubGlobal('isSecureContext', false)
    vi.stubGlobal('navigator', { ...navigator, mediaDevices: undefined, vendor: '', userAgent: '' })
    stubSilence()
    const { wrapper, handle } = pusher()
    await handle.startPreview()
    expect(wrapper.emitted('problem')!.map(([problem]) => (problem as { code: string }).code)).toContain('INSECURE_CONTEXT')
    expect(await handle.listDevices()).toEqual({ cameras: [], microphones: [], canShareScreen: false })
    wrapper.unmount()
  })
})

/** happy-dom has no Web Audio; without a microphone the pusher sends silence. */
function stubSilence() {
  const track = { enabled: true, stop() {}, addEventListener() {} }
  vi.stubGlobal('ConstantSourceNode', class {
    connect() {}
    start() {}
  })
  vi.stubGlobal('AudioContext', class {
    state = 'running'
    close() {}
    createMediaStreamDestination = () => ({ stream: { getAudioTracks: () => [track] } })
  })
}
// #endif
