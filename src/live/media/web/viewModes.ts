/** Picture-in-picture and fullscreen, with the names that iPhones have for them. */
interface AppleVideo extends HTMLVideoElement {
  webkitSupportsPresentationMode?: (mode: string) => boolean
  webkitSetPresentationMode?: (mode: string) => void
  webkitPresentationMode?: string
  webkitEnterFullscreen?: () => void
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
