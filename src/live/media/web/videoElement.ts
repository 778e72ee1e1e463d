import { listen } from './browser'

/** A real <video>: in a template uni's own component takes that name, and it has neither srcObject nor MediaSource. */
export function createVideo(): HTMLVideoElement {
  const video = document.createElement('video')
  video.autoplay = false
  video.playsInline = true
  video.disableRemotePlayback = true // iPhones give a ManagedMediaSource only then
  Object.assign(video.style, { width: '100%', height: '100%', display: 'block', objectFit: 'cover' })
  return video
}

/** Tells the picture's size when it is known and whenever it changes. Returns what stops listening. */
export function onPictureSize(video: HTMLVideoElement, listener: (size: { width: number, height: number }) => void): () => void {
  let last = ''
  return listen(video, 'resize', () => { // browsers also fire it when nothing has changed
    const size = { width: video.videoWidth, height: video.videoHeight }
    const text = `${size.width}×${size.height}`
    if (size.width > 0 && text !== last)
      listener(size)
    last = text
  })
}
