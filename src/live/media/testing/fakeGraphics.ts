/** A graphics card whose speed and life a test decides, and the canvases on it. */
import { vi } from 'vitest'
import { FakeStream, FakeTrack } from './fakeMedia'

export interface FakeCard {
  /** Undefined: as a browser without it. */
  hasWebgl: boolean
  /** While true, what was drawn is still under way. */
  isBusy: boolean
  readonly canvases: FakeCanvas[]
  /** Frames drawn so far. */
  frames: number
}

export type FakeCanvas = ReturnType<typeof createFakeCanvas>

export function createFakeCard(part: Partial<Pick<FakeCard, 'hasWebgl'>> = {}): FakeCard & { createCanvas: (width: number, height: number) => HTMLCanvasElement } {
  const card: FakeCard = { hasWebgl: true, isBusy: false, canvases: [], frames: 0, ...part }
  return Object.assign(card, {
    createCanvas(width: number, height: number) {
      const canvas = createFakeCanvas(card, width, height)
      card.canvases.push(canvas)
      return canvas as unknown as HTMLCanvasElement
    },
  })
}

function createFakeCanvas(card: FakeCard, width: number, height: number) {
  const loseContext = vi.fn()
  const pen = { filter: 'none', setTransform: vi.fn(), drawImage: vi.fn(() => void card.frames++) }
  const known: Record<string, unknown> = {
    TIMEOUT_EXPIRED: 'busy',
    createProgram: () => ({}),
    getProgramParameter: () => true,
    getExtension: () => ({ loseContext }),
    fenceSync: () => ({}),
    clientWaitSync: () => card.isBusy ? 'busy' : 'done',
    drawArrays: () => void card.frames++,
  }
  const gl = new Proxy({}, { has: (_gl, name) => name in known, get: (_gl, name: string) => known[name] ?? (() => undefined) })
  const track = new FakeTrack('video', 'effects')
  return Object.assign(new EventTarget(), {
    width,
    height,
    pen,
    track,
    loseContext,
    getContext: (kind: string) => kind === '2d' ? pen : card.hasWebgl ? gl : null,
    captureStream: () => new FakeStream([track]),
  })
}
