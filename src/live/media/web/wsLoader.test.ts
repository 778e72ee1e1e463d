import type { MpegtsModule } from './browser'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWsLoader } from './wsLoader'

class FakeSocket {
  static last: FakeSocket
  onopen: (() => void) | null = null
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null
  onerror: (() => void) | null = null
  onclose: (() => void) | null = null
  binaryType = 'blob'
  close = vi.fn()
  constructor(readonly url: string) {
    FakeSocket.last = this
  }
}

class BaseLoader {
  _status = 0
  _needStash = false
  onDataArrival = vi.fn()
  onError = vi.fn()
  onComplete = vi.fn()
  destroy = vi.fn()
}

const mpegts = { BaseLoader, LoaderErrors: { EXCEPTION: 'Exception' }, LoaderStatus: { kConnecting: 1, kBuffering: 2, kError: 3, kComplete: 4 } } as unknown as MpegtsModule

function open() {
  const loader = new (createWsLoader(mpegts))() as unknown as BaseLoader & { open: (source: { url: string }) => void, abort: () => void }
  loader.open({ url: 'ws://a/x.flv' })
  return { loader, socket: FakeSocket.last }
}

beforeEach(() => void vi.stubGlobal('WebSocket', FakeSocket))
afterEach(() => void vi.unstubAllGlobals())

describe('fetching WS-FLV', () => {
  it('[LM167] bytes are handed on with their place', () => {
    const { loader, socket } = open()
    expect([socket.url, socket.binaryType, loader._needStash, loader._status]).toEqual(['ws://a/x.flv', 'arraybuffer', true, 1])
    socket.onopen!()
    expect(loader._status).toBe(2)
    for (const size of [3, 5])
      socket.onmessage!({ data: new ArrayBuffer(size) })
    expect(loader.onDataArrival.mock.calls.map(([, from, total]) => [from, total])).toEqual([[0, 3], [3, 8]])
    socket.onclose!()
    expect(loader.onComplete).toHaveBeenCalledWith(0, 7)
  })

  it('[LM167] a connection that fails is told', () => {
    const { loader, socket } = open()
    socket.onerror!()
    expect(loader.onError).toHaveBeenCalledWith('Exception', expect.anything())
    expect(loader._status).toBe(3)
  })

  it('[LM167] given up while it connects, it is closed and heard of no more', () => {
    const { loader, socket } = open()
    loader.abort()
    loader.abort()
    expect(socket.close).toHaveBeenCalledOnce()
    expect([socket.onopen, socket.onmessage, socket.onerror, socket.onclose]).toEqual([null, null, null, null])
  })
})
