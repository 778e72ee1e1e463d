import type { TestServer } from '../testing/startTestServer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DoctorReport } from '../doctor/DoctorReport'
import { startTestServer } from '../testing/startTestServer'

const TOKEN = 'b3f1c07a9d5e48266f0c1d7e'

describe('gET /api/admin/doctor', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ env: { ADMIN_TOKEN: TOKEN }, rates: { admin: { perMinute: 6 } } })
  })
  afterAll(() => server.stop())

  it('[DR10] gives operators the report, in the language they ask for', async () => {
    const answer = await server.call('GET', '/api/admin/doctor?lang=zh', { token: TOKEN })
    expect(answer.status).toBe(200)
    const { counts, findings, status } = answer.as(DoctorReport)
    expect(status).toBe('ok')
    expect(counts.ok).toBeGreaterThan(5)
    expect(findings.find(({ id }) => id === 'admin-token')).toMatchObject({ status: 'ok', title: '管理接口' })
    expect(answer.text).not.toContain(TOKEN)
    for (const { key } of [server.config.keys.push, server.config.keys.play])
      expect(answer.text).not.toContain(key)
  })

  it('[DR10] speaks English unless asked, and knows two languages', async () => {
    expect((await server.call('GET', '/api/admin/doctor', { token: TOKEN })).text).toContain('Admin door')
    expect((await server.call('GET', '/api/admin/doctor?lang=fr', { token: TOKEN })).status).toBe(400)
  })

  it('[DR10] refuses everybody else, and after a few times whoever it is', async () => {
    expect(await server.call('GET', '/api/admin/doctor')).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } })
    expect((await server.call('GET', '/api/admin/doctor', { token: `${TOKEN}x` })).status).toBe(401)
    expect((await server.call('GET', '/api/admin/doctor', { token: (await server.openSession()).token })).status).toBe(401)
    expect(await server.call('GET', '/api/admin/doctor', { token: TOKEN })).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } })
  })

  it('[DR10] is not there without ADMIN_TOKEN', async () => {
    const plain = await startTestServer()
    expect((await plain.call('GET', '/api/admin/doctor', { token: TOKEN })).status).toBe(404)
    await plain.stop()
  })
})
