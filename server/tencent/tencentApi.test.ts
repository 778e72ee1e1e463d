import { describe, expect, it } from 'vitest'
import { settled, VirtualClock } from '../testing/VirtualClock'
import { createTencentApi, PATIENCE_MS } from './tencentApi'
import { TencentApiError } from './TencentApiError'

const SECRET = 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE'

type Answer = object | 'broken' | 'silent'

/** A cloud that gives these answers, the last one for ever. */
function cloudOf(...answers: Answer[]) {
  const clock = new VirtualClock()
  const requests: { readonly at: number, readonly url: string, readonly headers: Record<string, string>, readonly body: string }[] = []
  const started = clock.now()
  const fetch = (async (url: string, init: RequestInit) => {
    requests.push({ at: clock.now() - started, url, headers: init.headers as Record<string, string>, body: String(init.body) })
    const answer = answers[Math.min(requests.length, answers.length) - 1]
    if (answer === 'broken')
      throw new TypeError('fetch failed')
    if (answer === 'silent')
      return new Promise((_, reject) => init.signal!.addEventListener('abort', () => reject(init.signal!.reason)))
    return Response.json({ Response: answer })
  }) as unknown as typeof globalThis.fetch
  const api = createTencentApi({ secretId: 'AKIDEXAMPLE', secretKey: SECRET, url: 'https://live.tencentcloudapi.com', service: 'live', version: '2018-08-01', title: 'Tencent Cloud Live', fetch, clock })
  return { clock, requests, api }
}

const ok = { RequestId: 'a', StreamState: 'active' }
const refusal = (Code: string) => ({ RequestId: 'req-1', Error: { Code, Message: 'why' } })

/** Lets time pass until the promise has settled. */
async function settle<Result>(clock: VirtualClock, promise: Promise<Result>): Promise<{ readonly value?: Result, readonly error?: unknown, readonly ms: number }> {
  const started = clock.now()
  const outcome: { value?: Result, error?: unknown, ms?: number } = {}
  promise.then(value => Object.assign(outcome, { value }), (error: unknown) => Object.assign(outcome, { error })).finally(() => (outcome.ms = clock.now() - started))
  await settled()
  while (outcome.ms === undefined && clock.now() - started < 60_000)
    await clock.advance(10)
  return { ...outcome, ms: outcome.ms! }
}

describe('the API of Tencent Cloud', () => {
  it('[TC2] posts a signed request for one action and answers what is in its Response', async () => {
    const { clock, requests, api } = cloudOf(ok)
    const { value } = await settle(clock, api.call('DescribeLiveStreamState', { StreamName: 'r1' }))
    expect(value).toEqual(ok)
    const [{ url, headers, body }] = requests
    expect(url).toBe('https://live.tencentcloudapi.com/')
    expect(headers).toMatchObject({ 'Content-Type': 'application/json; charset=utf-8', 'X-TC-Action': 'DescribeLiveStreamState', 'X-TC-Version': '2018-08-01', 'X-TC-Timestamp': String(Math.floor(clock.now() / 1000)) })
    expect(headers.Authorization).toMatch(/^TC3-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{4}-\d\d-\d\d\/live\/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=[0-9a-f]{64}$/)
    expect(body).toBe('{"StreamName":"r1"}')
  })

  it.each<[string, Answer]>([
    ['too many requests', refusal('RequestLimitExceeded')],
    ['a fault of the cloud', refusal('InternalError.CallOtherSvrError')],
    ['a broken connection', 'broken'],
    ['an answer that is none', { RequestId: 1 }],
    ['an answer without end', { ...ok, more: 'x'.repeat(1024 * 1024) }],
  ])('[TC3] tries again after %s', async (_name, answer) => {
    const { clock, requests, api } = cloudOf(answer, answer, ok)
    expect((await settle(clock, api.call('DropLiveStream', {}))).value).toEqual(ok)
    const waits = requests.map(({ at }) => at)
    expect(requests).toHaveLength(3)
    expect(waits[2] - waits[1]).toBeGreaterThan(waits[1] - waits[0])
  })

  it('[TC3] says at once what the cloud refuses, with its code and RequestId', async () => {
    const { clock, requests, api } = cloudOf(refusal('AuthFailure.SignatureFailure'))
    const { error, ms } = await settle(clock, api.call('DropLiveStream', {}))
    expect(error).toBeInstanceOf(TencentApiError)
    expect(error).toMatchObject({ code: 'AuthFailure.SignatureFailure', requestId: 'req-1', action: 'DropLiveStream' })
    expect(ms).toBeLessThan(100)
    expect(requests).toHaveLength(1)
  })

  it.each<[string, Answer]>([
    ['is silent', 'silent'],
    ['cannot be reached', 'broken'],
    ['has too much to do', refusal('RequestLimitExceeded')],
  ])('[TC3] gives up within its patience when the cloud %s', async (_name, answer) => {
    const { clock, api } = cloudOf(answer)
    const { error, ms } = await settle(clock, api.call('DescribeLiveStreamState', {}))
    expect(error).toMatchObject({ code: 'CLOUD_UNAVAILABLE', status: 503 })
    expect(ms).toBeLessThanOrEqual(PATIENCE_MS)
  })

  it('[TC3] never says the secret', async () => {
    for (const answer of ['broken', refusal('AuthFailure.SecretIdNotFound')] as const) {
      const { clock, requests, api } = cloudOf(answer)
      const { error } = await settle(clock, api.call('DropLiveStream', {}))
      const said = JSON.stringify([requests, String(error), (error as Error).stack, String((error as Error).cause)])
      expect(said).not.toContain(SECRET)
    }
  })

  it('[TC4] spreads the calls of one action over time, and lets another pass', async () => {
    const { clock, requests, api } = cloudOf(ok)
    const calls = Array.from({ length: 10 }, () => api.call('DropLiveStream', {}))
    await settle(clock, Promise.all([...calls, api.call('ResumeLiveStream', {})]))
    const drops = requests.filter(({ headers }) => headers['X-TC-Action'] === 'DropLiveStream')
    expect(drops.at(-1)!.at).toBe(180)
    expect(requests.find(({ headers }) => headers['X-TC-Action'] === 'ResumeLiveStream')!.at).toBe(0)
  })

  it('[TC4] who would wait longer than their patience is told so', async () => {
    const { clock, requests, api } = cloudOf(ok)
    const calls = Array.from({ length: 200 }, () => api.call('DropLiveStream', {}))
    const { value } = await settle(clock, Promise.allSettled(calls))
    const refused = value!.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(50)
    expect(refused[0]).toMatchObject({ reason: { code: 'CLOUD_UNAVAILABLE' } })
    expect(requests.length).toBe(200 - refused.length)
  })
})
