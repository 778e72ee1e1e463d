import { describe, expect, it, vi } from 'vitest'
import { createHttpRequest, REQUEST_TIMEOUT_MS } from './httpRequest'

const request = createHttpRequest('http://127.0.0.1:8080')

function answer(statusCode: number, data: unknown) {
  vi.mocked(uni.request).mockImplementation((options) => {
    options.success?.({ statusCode, data } as never)
    return undefined as never
  })
}

describe('one exchange', () => {
  it('sends what it was given', async () => {
    answer(200, { ok: true })
    await expect(request({ method: 'POST', path: '/api/rooms', token: 't', body: { title: 'x' } })).resolves.toEqual({ ok: true })
    expect(vi.mocked(uni.request).mock.calls[0][0]).toMatchObject({
      url: 'http://127.0.0.1:8080/api/rooms',
      method: 'POST',
      data: { title: 'x' },
      timeout: REQUEST_TIMEOUT_MS,
      header: { 'Authorization': 'Bearer t', 'Content-Type': 'application/json' },
    })
  })

  it('[UI28] the server\'s own code comes through, with the number to ask about', async () => {
    answer(429, { code: 'TOO_MANY_REQUESTS', message: 'slow down', requestId: 'r1' })
    await expect(request({ method: 'GET', path: '/' })).rejects.toMatchObject({ name: 'ApiFailure', code: 'TOO_MANY_REQUESTS', requestId: 'r1' })
  })

  it.each([
    [502, '<html>', 'UNAVAILABLE'],
    [404, '', 'BAD_RESPONSE'],
    [500, { code: 'NOT_ONE_OF_OURS' }, 'UNAVAILABLE'],
  ])('[UI28] status %i with an answer that is not ours becomes a code of ours', async (status, body, code) => {
    answer(status, body)
    await expect(request({ method: 'GET', path: '/' })).rejects.toMatchObject({ code })
  })

  it.each([
    ['request:fail timeout', 'TIMEOUT'],
    ['request:fail errcode:-118 cronet_error_code:-118 error_msg:net::ERR_CONNECTION_TIMED_OUT', 'TIMEOUT'],
    ['request:fail', 'NETWORK'],
    ['request:fail interrupted', 'NETWORK'],
  ])('[UI28] "%s" is %s', async (errMsg, code) => {
    vi.mocked(uni.request).mockImplementation((options) => {
      options.fail?.({ errMsg } as never)
      return undefined as never
    })
    await expect(request({ method: 'GET', path: '/' })).rejects.toMatchObject({ code })
  })
})
