import type { Check } from './Check'
import type { FakeWorld } from './testing/fakeWorld'
import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../testing/VirtualClock'
import { CHECK_MS, examine } from './examine'
import { ok, text, warning } from './Finding'
import { createReport } from './report'
import { createFakeWorld } from './testing/fakeWorld'
import { IM_ANSWERS, IM_ENV } from './testing/imCases'
import { LIVE_ANSWERS, LIVE_DNS, LIVE_ENV } from './testing/liveCases'
import { WECHAT_ANSWERS, WECHAT_ENV } from './testing/weChatCases'

const check = (look: Check['look']): Check => ({ id: 'one', area: 'machine', title: text('一', 'one'), why: text('因', 'why'), doc: null, variables: [], look })
const statusesOf = async (world: FakeWorld) => Object.fromEntries((await examine(createFakeWorld(world))).map(({ id, status }) => [id, status]))
const PRODUCTION = { NODE_ENV: 'production', TRUST_PROXY: '1', METRICS_TOKEN: 'b3f1c07a9d5e48266f0c', SESSION_SECRET: 'c4a2d18b0e6f59377a1d2e8f0b4c6395' }

describe('examine', () => {
  it('[DR3] a check that breaks is unknown, and the others are made', async () => {
    const broken = check(() => {
      throw new RangeError('inside')
    })
    const findings = await examine(createFakeWorld(), [broken, check(() => ok('好', 'fine'))])
    expect(findings.map(({ status }) => status)).toEqual(['unknown', 'ok'])
    expect(findings[0].found.en).toBe('The check itself failed (RangeError)')
  })

  it('[DR3] a check that hangs is unknown after eight seconds, while all were begun at once', async () => {
    const clock = new VirtualClock()
    const begun: number[] = []
    const hangs = check(() => {
      begun.push(clock.now())
      return new Promise(() => {})
    })
    const examined = examine({ ...createFakeWorld(), clock }, [hangs, hangs])
    const startedAt = clock.now()
    clock.advance(CHECK_MS)
    expect((await examined).map(({ status }) => status)).toEqual(['unknown', 'unknown'])
    expect(begun).toEqual([startedAt, startedAt])
  })

  it('[DR3] without any network nothing is failed for want of it', async () => {
    const statuses = await statusesOf({ env: { ...PRODUCTION, ...LIVE_ENV, ...IM_ENV, ...WECHAT_ENV } })
    expect(Object.entries(statuses).filter(([, status]) => status === 'failed')).toEqual([])
    expect(statuses).toMatchObject({ 'public-url.reach': 'unknown', 'live.cname.push': 'unknown', 'live.tls': 'unknown', 'live.api': 'unknown', 'im.api': 'unknown', 'wechat.token': 'unknown' })
  })

  it('[DR4] what a check finds is told without the secrets that are set', async () => {
    const secret = IM_ENV.TENCENT_SDK_SECRET_KEY
    const [finding] = await examine(createFakeWorld({ env: IM_ENV }), [check(() => warning(text(`看 ${secret}`, `see ${secret}`), text(`换 ${secret}`, `change ${secret}`)))])
    expect(finding).toMatchObject({ found: { zh: '看 …', en: 'see …' }, fix: { zh: '换 …', en: 'change …' } })
  })

  it('[DR4] a whole examination repeats no secret, whatever the clouds say back', async () => {
    const env = { ...LIVE_ENV, ...IM_ENV, ...WECHAT_ENV, ADMIN_TOKEN: 'admin-7a3f01bc9d', SRS_HOOK_SECRET: 'hook-7a3f01bc9d5e48' }
    const echo = (init: RequestInit) => Response.json({ code: String(init.body), errcode: 1, ErrorInfo: JSON.stringify(env) })
    const told = JSON.stringify(createReport(await examine(createFakeWorld({ env, answers: { 'https://': echo }, dns: LIVE_DNS, certificate: {} })), 'en'))
    for (const [name, value] of Object.entries(env).filter(([name]) => /KEY|SECRET|TOKEN/.test(name)))
      expect(told, name).not.toContain(value)
  })

  it('[DR6] on a fresh clone everything is ok or skipped', async () => {
    const findings = await examine(createFakeWorld({ machine: { hasWebApp: () => false } }))
    expect(findings.filter(({ status }) => status !== 'ok' && status !== 'skipped')).toEqual([])
    expect(createReport(findings, 'zh').status).toBe('ok')
  })

  it('[DR7] a half-made set-up is told what is missing, and what is there is looked at', async () => {
    const { PUSH_KEY, TENCENT_SECRET_KEY, ...half } = LIVE_ENV
    const world = { env: { ...half, PORT: 'eighty', WECHAT_APPID: 'wx1' }, dns: { cname: { 'push.example.com': 'push.example.com.tlivepush.com' } } }
    const statuses = await statusesOf(world)
    expect(statuses).toMatchObject({ 'environment': 'failed', 'live.domains': 'ok', 'live.cname.push': 'ok', 'live.cname.play': 'failed', 'live.keys': 'failed', 'live.api': 'failed', 'wechat.appid': 'failed', 'node': 'ok' })
    const told = (await examine(createFakeWorld(world))).find(({ id }) => id === 'environment')!
    for (const name of ['PORT', 'WECHAT_APPID', 'PUSH_KEY', 'TENCENT_SECRET_KEY'])
      expect('fix' in told && told.fix?.en).toContain(`· ${name} `)
    expect(PUSH_KEY && TENCENT_SECRET_KEY).toBeTruthy()
  })

  it('[DR8] a Tencent set-up with nothing wrong has nothing that failed, and no warning', async () => {
    const statuses = await statusesOf({
      env: { ...PRODUCTION, ...LIVE_ENV, ...IM_ENV, ...WECHAT_ENV },
      answers: { 'https://live.example.com/healthz': { ok: true, version: '0.1.0', media: {} }, ...LIVE_ANSWERS, ...IM_ANSWERS, ...WECHAT_ANSWERS },
      dns: LIVE_DNS,
      certificate: {},
      machine: { miniProgram: () => ['"https://live.example.com"'] },
    })
    expect(Object.entries(statuses).filter(([, status]) => status === 'failed' || status === 'warning')).toEqual([])
    const { 'live.console.keys': keys, 'im.api': im, 'wechat.build': build, 'live.cname.play': cname } = statuses
    expect([keys, im, build, cname]).toEqual(['ok', 'ok', 'ok', 'ok'])
  })
})
