/** From what the person chose to running feeds. */
import type { Browser } from './browser'
import type { CaptureSettings } from './devices'
import type { Feed } from './feed'
import { openCamera, openCameraAndMicrophone, openMicrophone, openScreen } from './devices'
import { audioCardFeed, patternFeed } from './drawnFeed'
import { deviceFeed } from './feed'
import { silenceFeed, toneFeed } from './madeSound'
import { asRefusal, DeviceRefusal } from './problems'

export function pictureKeyOf({ source, facing, cameraId }: CaptureSettings): string {
  return source === 'camera' ? `camera ${cameraId || facing}` : source
}

export function soundKeyOf({ source, microphoneId, tag = {} }: CaptureSettings): string {
  if (tag.enableMic === false)
    return 'silence'
  return source === 'pattern' ? 'tone' : `microphone ${microphoneId} ${[tag.enableAgc, tag.enableAns, tag.audioQuality].join(' ')}`
}

export interface OpenedFeeds {
  readonly picture?: Feed | DeviceRefusal
  readonly sound?: Feed | DeviceRefusal
}

/** Opens what `needs` says; one may be refused while the other comes. */
export async function openFeeds(browser: Browser, settings: CaptureSettings, needs: { picture: boolean, sound: boolean }): Promise<OpenedFeeds> {
  if (needs.picture && needs.sound && settings.source === 'camera' && settings.tag?.enableMic !== false) {
    const { camera, microphone } = await openCameraAndMicrophone(browser, settings)
    return { picture: feedOf(pictureKeyOf(settings), camera), sound: feedOf(soundKeyOf(settings), microphone) }
  }
  return {
    ...(needs.picture && { picture: await openPicture(browser, settings).catch(asRefusal) }),
    ...(needs.sound && { sound: await openSound(browser, settings).catch(asRefusal) }),
  }
}

async function openPicture(browser: Browser, settings: CaptureSettings): Promise<Feed> {
  switch (settings.source) {
    case 'pattern': return patternFeed(browser)
    case 'none': return audioCardFeed(browser)
    case 'screen': return deviceFeed(pictureKeyOf(settings), await openScreen(browser))
    case 'camera': return deviceFeed(pictureKeyOf(settings), await openCamera(browser, settings))
  }
}

async function openSound(browser: Browser, settings: CaptureSettings): Promise<Feed> {
  if (settings.tag?.enableMic === false)
    return silenceFeed(browser)
  if (settings.source === 'pattern')
    return toneFeed(browser)
  return deviceFeed(soundKeyOf(settings), await openMicrophone(browser, settings))
}

function feedOf(key: string, opened: MediaStreamTrack | DeviceRefusal): Feed | DeviceRefusal {
  return opened instanceof DeviceRefusal ? opened : deviceFeed(key, opened)
}
