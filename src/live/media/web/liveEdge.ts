/** How far a buffered player is behind the newest data, and the jump that brings it there. */
const TOO_FAR_S = 0.5
const MARGIN_S = 0.35

export function behindEdgeMs(video: HTMLVideoElement): number {
  return Math.max(0, Math.round((edgeOf(video) - video.currentTime) * 1000))
}

/** The key frame that a viewer starts with may be two seconds old, and a hidden tab falls behind. */
export function jumpToEdge(video: HTMLVideoElement): void {
  const edge = edgeOf(video)
  if (edge - video.currentTime > TOO_FAR_S)
    video.currentTime = edge - MARGIN_S
}

function edgeOf({ buffered, currentTime }: HTMLVideoElement): number {
  return buffered.length ? buffered.end(buffered.length - 1) : currentTime
}
