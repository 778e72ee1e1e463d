import { beforeEach, expect, it, vi } from 'vitest'
import { connectUniSocket } from './uniSocket'

interface Handlers { open: () => void, message: (event: { data: unknown }) => void, error: (event: { errMsg: string }) => void, close: (event: { code?: number }) => void }

const on = {} as Handlers
const task = {
  onOpen: (handler: Handlers['open']) => (on.open = handler),
  onMessage: (handler: Handlers['message']) => (on.message = handler),
  onError: (handler: Handlers['error']) => (on.error = handler),
  onClose: (handler: Handlers['close']) => (on.close = handler),
  send: vi.fn(),
  close: vi.fn(),
}
const events = { opened: vi.fn(), received: vi.fn(), closed: vi.fn() }
const connectSocket = vi.fn((_options: { url: string, fail: (error: { errMsg: string }) => void }) => task)

beforeEach(() => {
  vi.clearAllMocks()
  vi.stubGlobal('uni', { connectSocket })
})

it('opens, sends and receives text, and closes normally', () => {
  const socket = connectUniSocket('ws://chat/ws', events)
  expect(connectSocket.mock.calls[0][0].url).toBe('ws://chat/ws')
  on.open()
  socket.send('[1]')
  on.message({ data: '[2]' })
  on.message({ data: new ArrayBuffer(2) })
  socket.close()
  expect(events.opened).toHaveBeenCalledOnce()
  expect(task.send.mock.calls[0][0].data).toBe('[1]')
  expect(events.received.mock.calls).toEqual([['[2]']])
  expect(task.close).toHaveBeenCalledWith({ code: 1000 })
})

it('ends once, with the first reason, and says nothing after it', async () => {
  connectUniSocket('ws://chat/ws', events)
  on.close({ code: 4008 })
  on.error({ errMsg: 'x' })
  on.message({ data: 'late' })
  await Promise.resolve()
  expect(events.closed.mock.calls).toEqual([[4008]])
  expect(events.received).not.toHaveBeenCalled()
})

it('[CH19] reads a refused upgrade from WeChat\'s words; other errors have no code', async () => {
  connectUniSocket('ws://chat/ws', events)
  on.error({ errMsg: 'connectSocket:fail Error during WebSocket handshake: Unexpected response code: 401' })
  connectUniSocket('ws://chat/ws', events)
  connectSocket.mock.calls[1][0].fail({ errMsg: 'connectSocket:fail url not in domain list' })
  connectUniSocket('ws://chat/ws', events)
  on.close({})
  await vi.waitFor(() => expect(events.closed.mock.calls).toEqual([[1006], [4401], [1006]]))
})
