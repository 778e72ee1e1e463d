import { FRAME_MS } from './quality'

/** The few pictures that are decoded but not due, and the one on show. More would mean that nobody takes any. */
const MAX_WAITING = 25

interface TimedPicture {
  readonly atMs: number
  readonly picture: Buffer
}

/** One person's pictures on the mix's time. The last one stays until there is another. */
export class PictureTrack {
  private waiting: TimedPicture[] = []
  private shown?: Buffer

  /** Of what a new decoder repeats of its forerunner's time, the newer one counts. */
  add(atMs: number, picture: Buffer): void {
    this.waiting = this.waiting.filter(other => other.atMs < atMs)
    this.waiting.push({ atMs, picture })
    if (this.waiting.length > MAX_WAITING)
      this.shown = this.waiting.shift()!.picture
  }

  /** Times asked for must not go back. Undefined before the first picture. */
  at(ms: number): Buffer | undefined {
    while (this.waiting.length > 0 && this.waiting[0].atMs < ms + FRAME_MS / 2)
      this.shown = this.waiting.shift()!.picture
    return this.shown
  }
}
