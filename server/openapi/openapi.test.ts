import type { RequestHandler, Router } from 'express'
import type { TestServer } from '../testing/startTestServer'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountSystemRoutes } from '../routes/accountSystem'
import { adminRoutes } from '../routes/admin'
import { linkMicRoutes } from '../routes/linkMic'
import { moderationRoutes } from '../routes/moderation'
import { presenceRoutes } from '../routes/presence'
import { reminderRoutes } from '../routes/reminders'
import { roomCodeRoutes } from '../routes/roomCodes'
import { roomRoutes } from '../routes/rooms'
import { sessionRoutes } from '../routes/sessions'
import { simulatorRoutes } from '../routes/simulator'
import { testStreamRoutes } from '../routes/testStreams'
import { weChatSessionRoutes } from '../routes/weChatSessions'
import { startTestServer } from '../testing/startTestServer'
import { version } from '../version'
import { createOpenApi } from './createOpenApi'
import { OPERATIONS } from './operations'

const KEPT = path.resolve(import.meta.dirname, '../../docs/openapi.json')

describe('the API described', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  it('[AP10] docs/openapi.json is what the schemas make (npx tsx server/openapi/write.ts writes it)', async () => {
    expect(JSON.parse(readFileSync(KEPT, 'utf8'))).toEqual(JSON.parse(JSON.stringify(createOpenApi(version))))
    expect((await server.call('GET', '/api/openapi.json')).body).toEqual(JSON.parse(JSON.stringify(createOpenApi(version))))
  })

  it('[AP10] describes exactly the routes there are', () => {
    const pass: RequestHandler = (_request, _response, next) => next()
    const authentication = { required: pass, optional: pass }
    const rate = { perMinute: 1 }
    const options = { authentication, rates: { sessions: rate, rooms: rate, covers: rate, linkMic: rate, moderation: rate, testStreams: rate, admin: rate, presence: rate } } as never
    const described = OPERATIONS.map(({ method, path }) => `${method} ${path}`)
    const routers = [sessionRoutes, accountSystemRoutes, weChatSessionRoutes, roomRoutes, roomCodeRoutes, linkMicRoutes, moderationRoutes, presenceRoutes, reminderRoutes, simulatorRoutes, testStreamRoutes, adminRoutes].map(create => create(options))
    expect(described.toSorted()).toEqual(routers.flatMap(routesOf).toSorted())
  })

  it('[AP10] every reference in the document leads somewhere', () => {
    const document = createOpenApi(version)
    const names = Object.keys(document.components.schemas)
    const references = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g) ?? []
    expect(references.length).toBeGreaterThan(20)
    for (const reference of references)
      expect(names).toContain(reference.split('/').at(-1))
  })

  it('[AP10] says what the schemas say', () => {
    const { schemas } = createOpenApi(version).components
    expect(schemas.CreateSession).toMatchObject({ required: ['nickname'], properties: { nickname: { minLength: 1, maxLength: 20 } } })
    expect(schemas.CreatedRoom).toMatchObject({ properties: { room: { $ref: '#/components/schemas/Room' }, publish: { $ref: '#/components/schemas/PublishUrls' } } })
  })

  it('[AP11] the page shows every operation and schema, by examples with this server\'s address, and loads nothing', async () => {
    const { status, text, headers } = await server.call('GET', '/docs')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('text/html')
    for (const { id, path, method } of OPERATIONS) {
      expect(text).toContain(`<article id="${id}">`)
      expect(text).toContain(`<span class="method ${method}">${method}</span><code>${path}</code>`)
    }
    for (const name of Object.keys(createOpenApi(version).components.schemas))
      expect(text).toContain(`<article id="${name}">`)
    expect(text).toContain(`curl -X POST ${server.origin}/api/sessions`)
    expect(text).not.toMatch(/<script|src=|href="https?:|@import|url\(/)
  })

  it('[AP11] every link within the page has its target', async () => {
    const { text } = await server.call('GET', '/docs')
    for (const [, target] of text.matchAll(/href="#(\w+)"/g))
      expect(text).toContain(`id="${target}"`)
  })
})

function routesOf(router: Router): string[] {
  return router.stack.flatMap(({ route }) => {
    const methods = Object.keys((route as unknown as { methods?: Record<string, boolean> })?.methods ?? {})
    return methods.map(method => `${method} /api${route!.path.replace(':id', '{id}')}`)
  })
}
