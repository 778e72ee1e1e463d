/** The last picture, held over a <video> while its source is changed: the element itself would turn black. */
import type { Browser } from './browser'

export interface Still {
  hold: () => void
  release: () => void
}

/** The video lies in an element of its own that is the origin of positions. */
export function createStill(browser: Pick<Browser, 'createCanvas'>, video: HTMLVideoElement): Still {
  let canvas: HTMLCanvasElement | undefined

  function release() {
    canvas?.remove()
    canvas = undefined
  }

  return {
    hold() {
      release()
      if (!video.videoWidth)
        return
      canvas = browser.createCanvas(video.videoWidth, video.videoHeight)
      canvas.getContext('2d')!.drawImage(video, 0, 0)
      Object.assign(canvas.style, { position: 'absolute', top: '0', left: '0', width: '100%', height: '100%', objectFit: video.style.objectFit })
      video.after(canvas)
    },
    release,
  }
}
