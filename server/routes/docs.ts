import type { OriginOf } from '../http/origin'
import { Router } from 'express'
import { createOpenApi } from '../openapi/createOpenApi'
import { docsPage } from '../openapi/docsPage'

/** The API, told to machines and to people. */
export function docsRoutes({ version, originOf }: { version: string, originOf: OriginOf }): Router {
  const document = createOpenApi(version)
  const router = Router()
  router.get('/api/openapi.json', (_request, response) => {
    response.json(document)
  })
  router.get('/docs', (request, response) => {
    response.type('html').send(docsPage(document, originOf(request).http))
  })
  return router
}
