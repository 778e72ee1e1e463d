/** A real <video>: in a template uni's own component takes that name, and it has neither srcObject nor MediaSource. */
export function createVideo(): HTMLVideoElement {
  const video = document.createElement('video')
  video.autoplay = false
  video.playsInline = true
  video.disableRemotePlayback = true // iPhones give a ManagedMediaSource only then
  Object.assign(video.style, { width: '100%', height: '100%', display: 'block', objectFit: 'cover' })
  return video
}
