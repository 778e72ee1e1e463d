import type { HttpCall } from '@/src/adapters/http/httpRequest'
import { describe, expect, it, vi } from 'vitest'
import { ApiFailure } from '@/src/ports/RoomApi'
import { fakes } from '@/src/testing/fakeServices'
import { aSession, playUrls, publishUrls } from '@/src/testing/fixtures'
import { createToolsApi } from './createToolsApi'

const STREAM = { publish: publishUrls('rtest-ume000000001'), play: playUrls('rtest-ume000000001') }

function toolsApi(answer: (call: HttpCall) => unknown) {
  const { roomApi, sessionKeeper } = fakes()
  const request = vi.fn(async (call: HttpCall) => answer(call))
  return { request, roomApi, sessionKeeper, api: createToolsApi({ request, session: sessionKeeper, api: roomApi }) }
}

describe('asking for a test address', () => {
  it('[TL15] is done in the person\'s name, and the answer is what the protocol says', async () => {
    const { api, request, sessionKeeper } = toolsApi(() => STREAM)
    sessionKeeper.keep(aSession({ token: 'mine' }))
    await expect(api.openTestStream()).resolves.toEqual(STREAM)
    expect(request).toHaveBeenCalledWith({ method: 'POST', path: '/api/test-streams', token: 'mine' })
    await expect(toolsApi(() => ({ publish: 7 })).api.openTestStream()).rejects.toMatchObject({ code: 'BAD_RESPONSE' })
  })

  it('[TL15] makes a guest of a newcomer', async () => {
    const { api, roomApi } = toolsApi(() => STREAM)
    await api.openTestStream()
    expect(roomApi.countOf('refreshSession')).toBe(1)
  })

  it('[TL15] renews a session that has run out, once', async () => {
    const { api, request, roomApi, sessionKeeper } = toolsApi(({ token }) => {
      if (token === 'old')
        throw new ApiFailure('UNAUTHORIZED', 'expired')
      return STREAM
    })
    sessionKeeper.keep(aSession({ token: 'old' }))
    await expect(api.openTestStream()).resolves.toEqual(STREAM)
    expect(roomApi.countOf('refreshSession')).toBe(1)

    request.mockRejectedValue(new ApiFailure('UNAUTHORIZED', 'expired'))
    await expect(api.openTestStream()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    expect(roomApi.countOf('refreshSession')).toBe(2)
  })
})
