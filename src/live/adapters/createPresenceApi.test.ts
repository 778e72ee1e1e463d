import type { HttpCall } from '@/src/adapters/http/httpRequest'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ApiFailure } from '@/src/ports/RoomApi'
import { aSession } from '@/src/testing/fixtures'
import { createPresenceApi } from './createPresenceApi'

const calls: HttpCall[] = []
let failure: ApiFailure | undefined
const session = aSession({ token: 'mine' })
function create() {
  return createPresenceApi({
    serverUrl: 'https://live.example.com',
    session: { current: session },
    api: { refreshSession: async () => aSession({ token: 'fresh' }) },
    async request(call) {
      calls.push(call)
      if (failure)
        throw failure
      return { againInMs: 20_000, group: 'theirs' }
    },
  })
}

beforeEach(() => {
  calls.length = 0
  failure = undefined
})
afterEach(() => vi.unstubAllGlobals())

it('[IS17] [OI19] a beat and a leaving go to the door of the room, in the person\'s name, and tell where its chat is', async () => {
  const presence = create()
  expect(await presence.beat('rone', 'v1', true)).toBe('theirs')
  await presence.beat('rone', 'v1', false)
  presence.leave('rone', 'v1')
  await vi.waitFor(() => expect(calls.map(({ method, path, token }) => `${method} ${path} ${token}`)).toEqual([
    'PUT /api/rooms/rone/presence?visit=v1&fresh=1 mine',
    'PUT /api/rooms/rone/presence?visit=v1 mine',
    'DELETE /api/rooms/rone/presence?visit=v1 mine',
  ]))
})

it('[IS17] a beat that is refused says so, a leaving does not', async () => {
  failure = new ApiFailure('REMOVED', 'told to')
  const presence = create()
  await expect(presence.beat('rone', 'v1', false)).rejects.toMatchObject({ code: 'REMOVED' })
  presence.leave('rone', 'v1')
})

// #ifdef H5
it('[IS17] a page that is closed leaves with its last breath, unless it has left before', async () => {
  const last = vi.fn(async (_url: string, _init: RequestInit) => new Response())
  vi.stubGlobal('fetch', last)
  const presence = create()
  dispatchEvent(new Event('pagehide'))
  await presence.beat('rone', 'v1', true)
  dispatchEvent(new Event('pagehide'))
  presence.leave('rone', 'v1')
  dispatchEvent(new Event('pagehide'))
  expect(last.mock.calls).toEqual([['https://live.example.com/api/rooms/rone/presence?visit=v1', { method: 'DELETE', keepalive: true, headers: { Authorization: 'Bearer mine' } }]])
})
// #endif
