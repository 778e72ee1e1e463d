/** Picture-in-picture and fullscreen, with the names that iPhones have for them. */
import { listen } from './browser'

interface AppleVideo extends HTMLVideoElement {
  webkitSupportsPresentationMode?: (mode: string) => boolean
  webkitSetPresentationMode?: (mode: string) => void
  webkitPresentationMode?: string
  webkitEnterFullscreen?: () => void
  webkitExitFullscreen?: () => void
  webkitDisplayingFullscreen?: boolean
}

export function canPictureInPicture(video: AppleVideo): boolean {
  return Boolean(document.pictureInPictureEnabled || video.webkitSupportsPresentationMode?.('picture-in-picture'))
}

/** Must follow a tap; does nothing where it cannot, or where the person's browser refuses. */
export async function togglePictureInPicture(video: AppleVideo): Promise<void> {
  if (!document.pictureInPictureEnabled)
    return video.webkitSetPresentationMode?.(video.webkitPresentationMode === 'picture-in-picture' ? 'inline' : 'picture-in-picture')
  const isIn = document.pictureInPictureElement === video
  await (isIn ? document.exitPictureInPicture() : video.requestPictureInPicture()).catch(() => {})
}

/** Must follow a tap. @param stage what fills the screen; iPhones take the video alone */
export async function toggleFullscreen(stage: HTMLElement, video: AppleVideo): Promise<void> {
  if (!document.fullscreenEnabled)
    return video.webkitEnterFullscreen?.()
  await (document.fullscreenElement ? document.exitFullscreen() : stage.requestFullscreen()).catch(() => {})
}

/** Returns what stops listening. */
export function onPictureInPicture(video: AppleVideo, listener: (isOn: boolean) => void): () => void {
  const stops = [
    listen(video, 'enterpictureinpicture', () => listener(true)),
    listen(video, 'leavepictureinpicture', () => listener(false)),
    listen(video, 'webkitpresentationmodechanged', () => !document.pictureInPictureEnabled && listener(video.webkitPresentationMode === 'picture-in-picture')),
  ]
  return () => stops.forEach(stop => stop())
}

/** Nothing happens where it is not on. */
export async function exitPictureInPicture(video: AppleVideo): Promise<void> {
  const isIn = document.pictureInPictureEnabled ? document.pictureInPictureElement === video : video.webkitPresentationMode === 'picture-in-picture'
  if (isIn)
    await togglePictureInPicture(video)
}

const fills = (video: Node) => document.fullscreenElement?.contains(video) ?? false

/** Whenever the video, or something around it, fills the screen or no longer does. Returns what stops listening. */
export function onFullscreen(video: AppleVideo, listener: (isOn: boolean) => void): () => void {
  let isOn = false
  const tell = (now: boolean) => {
    if (now !== isOn)
      listener(isOn = now)
  }
  const stops = [
    listen(document, 'fullscreenchange', () => tell(fills(video))),
    listen(video, 'webkitbeginfullscreen', () => tell(true)),
    listen(video, 'webkitendfullscreen', () => tell(false)),
  ]
  return () => stops.forEach(stop => stop())
}

/**
 * Must follow a tap. The stage fills the screen; iPhones take the video alone. Phones turn to the direction, degrees from
 * upright, where their browser lets them.
 *
 * @throws Error when the browser refuses
 */
export async function requestFullscreen(stage: HTMLElement, video: AppleVideo, direction: 0 | 90 | -90): Promise<void> {
  if (!document.fullscreenEnabled)
    return video.webkitEnterFullscreen?.()
  await stage.requestFullscreen()
  const orientation = screen.orientation as ScreenOrientation & { lock?: (orientation: string) => Promise<void> }
  await orientation?.lock?.(direction === 0 ? 'portrait' : direction === 90 ? 'landscape-primary' : 'landscape-secondary').catch(() => {}) // computers do not turn
}

/** Nothing happens where it is not on. */
export async function exitFullscreen(video: AppleVideo): Promise<void> {
  if (video.webkitDisplayingFullscreen)
    video.webkitExitFullscreen?.()
  else if (fills(video))
    await document.exitFullscreen()
}
