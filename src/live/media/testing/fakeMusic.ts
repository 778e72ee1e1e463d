/** A file of music on the network, and the element that plays it, a minute long. */
export function createFakeMusic() {
  const element = document.createElement('audio')
  let currentTime = 0
  let isSpoilt = false
  Object.defineProperty(element, 'currentTime', { get: () => currentTime, set: (seconds: number) => currentTime = seconds })
  Object.defineProperty(element, 'duration', { get: () => 60 })
  Object.assign(element, { play: async () => {}, pause() {} })
  return {
    element,
    /** Of the next that is fetched. */
    spoil: () => isSpoilt = true,
    fetch: async () => isSpoilt ? { ok: false, status: 404 } : { ok: true, body: new Blob([new Uint8Array(8)]).stream() },
    playTo(ms: number) {
      currentTime = ms / 1000
      element.dispatchEvent(new Event('timeupdate'))
    },
    end: () => element.dispatchEvent(new Event('ended')),
  }
}
