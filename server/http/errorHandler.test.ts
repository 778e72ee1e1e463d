import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import express from 'express'
import { expect, it } from 'vitest'
import { ApiError } from '../../shared/protocol/rest'
import { createLog } from '../log'
import { errorHandler } from './errorHandler'
import { requestId } from './requestId'
import { parse } from './validate'

it('[AP4] an error that nobody meant tells its id and nothing else; the log has the stack under that id', async () => {
  const lines: string[] = []
  const log = createLog({ level: 'info', isProduction: false, destination: { write: line => void lines.push(line) } })
  const app = express().use(requestId)
  app.get('/', async () => {
    throw new Error('the password is swordfish')
  })
  app.use(errorHandler(log))
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  const body = parse(ApiError, await answer.json())
  server.close()

  expect(answer.status).toBe(500)
  expect(body).toMatchObject({ code: 'INTERNAL', requestId: answer.headers.get('x-request-id') })
  expect(JSON.stringify(body)).not.toContain('swordfish')
  expect(JSON.parse(lines[0])).toMatchObject({ requestId: body.requestId, err: { message: 'the password is swordfish', stack: expect.stringContaining('errorHandler.test.ts') } })
})
