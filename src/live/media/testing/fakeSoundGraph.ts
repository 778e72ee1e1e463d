/** Web Audio whose connections a test can read: who is heard where. */
import { vi } from 'vitest'
import { FakeStream, FakeTrack } from './fakeMedia'

export class FakeAudioNode {
  readonly gain = { value: 1 }
  readonly outputs = new Set<FakeAudioNode>()
  constructor(readonly name: string) {}

  connect(to: FakeAudioNode) {
    this.outputs.add(to)
    return to
  }

  disconnect() {
    this.outputs.clear()
  }
}

export class FakeAudioContext {
  state = 'running'
  readonly destination = new FakeAudioNode('ears')
  readonly output = Object.assign(new FakeAudioNode('sent'), { stream: new FakeStream([new FakeTrack('audio', 'mix')]) })
  readonly sources: FakeAudioNode[] = []
  readonly resume = vi.fn(async () => {})
  readonly createGain = () => new FakeAudioNode('gain')
  readonly createMediaStreamDestination = () => this.output
  readonly createMediaStreamSource = (stream: FakeStream) => this.source(stream.getTracks()[0].label)
  readonly createMediaElementSource = (_element: unknown) => this.source('music')

  async close() {
    this.state = 'closed'
  }

  /** The names of what reaches `ears` or `sent`, each with its volume. */
  heardAt(name: 'ears' | 'sent'): string[] {
    return this.sources.flatMap(source => [...source.outputs].flatMap(gain => [...gain.outputs].some(end => end.name === name) ? [`${source.name} ${gain.gain.value}`] : []))
  }

  private source(name: string) {
    const node = new FakeAudioNode(name)
    this.sources.push(node)
    return node
  }
}

/** An <audio> whose playback a test decides. */
export function createFakeAudio({ refuses = false, durationMs = 60_000 } = {}) {
  const audio = document.createElement('audio')
  const state = { currentTime: 0, duration: durationMs / 1000 }
  for (const key of ['currentTime', 'duration'] as const)
    Object.defineProperty(audio, key, { get: () => state[key], set: value => void Object.assign(state, { [key]: value }) })
  const play = vi.fn(async () => {
    if (refuses)
      throw Object.assign(new Error('no'), { name: 'NotSupportedError' })
  })
  return Object.assign(audio, { play, pause: vi.fn(), state, playTo(ms: number) {
    state.currentTime = ms / 1000
    audio.dispatchEvent(new Event('timeupdate'))
  } })
}
