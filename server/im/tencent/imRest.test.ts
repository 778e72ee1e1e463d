import { beforeEach, describe, expect, it } from 'vitest'
import { createUserSigner } from '../../auth/userSig'
import { settled, VirtualClock } from '../../testing/VirtualClock'
import { createAdminSig } from './adminSig'
import { createImRest } from './imRest'
import { TencentImError } from './TencentImError'

const settings = { apiUrl: 'https://console.tim.qq.com', sdkAppId: 1_400_000_000, admin: 'administrator' }
const signer = createUserSigner({ sdkAppId: settings.sdkAppId, key: { kind: 'secret', secretKey: 'k'.repeat(64) } })
const OK = { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 }

let clock: VirtualClock
let asked: { url: URL, init: RequestInit }[]
let answer: (init: RequestInit) => Promise<Response>

beforeEach(() => {
  clock = new VirtualClock()
  asked = []
  answer = async () => Response.json({ ...OK, OnlineMemberNum: 3 })
})

function rest() {
  return createImRest({
    settings,
    adminSig: createAdminSig(signer, settings.admin, clock),
    clock,
    randomBytes: count => new Uint8Array(count).fill(255),
    fetch: async (url, init = {}) => {
      asked.push({ url: new URL(String(url)), init })
      return answer(init)
    },
  })
}

describe('a call', () => {
  it('[IS2] is a POST with the query that the documents have, and JSON', async () => {
    expect(await rest()('group_open_http_svc/get_online_member_num', { GroupId: 'rone' }, 2000)).toMatchObject({ OnlineMemberNum: 3 })
    const [{ url, init }] = asked
    expect(`${url.origin}${url.pathname}`).toBe('https://console.tim.qq.com/v4/group_open_http_svc/get_online_member_num')
    const { usersig, ...query } = Object.fromEntries(url.searchParams)
    expect(query).toEqual({ sdkappid: '1400000000', identifier: 'administrator', random: '4294967295', contenttype: 'json' })
    expect(signer.verify(usersig, Date.now())).toMatchObject({ status: 'valid', userId: 'administrator' })
    expect([init.method, init.body]).toEqual(['POST', '{"GroupId":"rone"}'])
    expect(clock.pending).toBe(0)
  })

  it('[IS2] is signed anew after half of the life of the UserSig', async () => {
    let signed = 0
    const adminSig = createAdminSig({ sign: () => `sig ${++signed}` }, 'administrator', clock)
    expect([adminSig(), adminSig()]).toEqual(['sig 1', 'sig 1'])
    await clock.advance(12 * 3_600_000 - 1)
    expect(adminSig()).toBe('sig 1')
    await clock.advance(1)
    expect(adminSig()).toBe('sig 2')
  })

  it('[IS2] that is refused tells Tencent\'s code', async () => {
    answer = async () => Response.json({ ActionStatus: 'FAIL', ErrorInfo: 'group is full', ErrorCode: 10_014 })
    await expect(rest()('group_open_http_svc/x', {}, 2000)).rejects.toMatchObject({ code: 10_014, command: 'group_open_http_svc/x', isPassing: false })
  })

  it.each([
    ['another status', () => Response.json(OK, { status: 502 })],
    ['no JSON', () => new Response('<html>')],
    ['another shape', () => Response.json({ ErrorCode: '0' })],
    ['more than an answer has', () => Response.json({ ...OK, more: 'x'.repeat(65_536) })],
  ])('[IS2] answered with %s has failed for now', async (_, response) => {
    answer = async () => response()
    await expect(rest()('openim/sendmsg', {}, 2000)).rejects.toMatchObject({ code: undefined, isPassing: true })
  })

  it('[IS2] that nobody answers is given up in time', async () => {
    answer = ({ signal }) => new Promise((_, reject) => signal!.addEventListener('abort', () => reject(new Error('aborted'))))
    const failed = rest()('openim/sendmsg', {}, 2000).catch((error: unknown) => error)
    await clock.advance(1999)
    await settled()
    expect(clock.pending).toBe(1)
    await clock.advance(1)
    expect(await failed).toBeInstanceOf(TencentImError)
    expect(clock.pending).toBe(0)
  })

  it('[IS2] is led nowhere else', async () => {
    await rest()('openim/sendmsg', {}, 2000)
    expect(asked[0].init.redirect).toBe('error')
  })

  it('[IS2] that fails never names the address, which holds the UserSig', async () => {
    answer = async () => Promise.reject(new TypeError(`fetch of ${asked[0].url} failed`))
    const error = await rest()('openim/sendmsg', {}, 2000).catch((error: Error) => error) as Error
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain(asked[0].url.searchParams.get('usersig'))
  })
})
