import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import http from 'node:http'
import express from 'express'
import { afterEach, expect, it } from 'vitest'
import { createDatabase } from '../database/createDatabase'
import { FakeMedia } from '../testing/FakeMedia'
import { healthRoutes } from './health'

const servers: http.Server[] = []
afterEach(() => servers.splice(0).forEach(server => server.close()))

async function ask(change: { isRunning?: boolean, isDatabaseGone?: boolean }) {
  const db = await createDatabase(':memory:')
  if (change.isDatabaseGone)
    await db.destroy()
  const app = express().use(healthRoutes({ version: '1.2.3', db, media: new FakeMedia(), hasSimulator: true, hasReminders: false, isRunning: () => change.isRunning ?? true }))
  const server = http.createServer(app).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`)
  return { status: response.status, body: await response.json() }
}

it('[AP14] /healthz is 503 before the start is done and once the stop has begun', async () => {
  expect(await ask({})).toMatchObject({ status: 200, body: { ok: true } })
  expect(await ask({ isRunning: false })).toMatchObject({ status: 503, body: { ok: false, database: 'ok' } })
})

it('[AP14] /healthz is 503 without a database', async () => {
  expect(await ask({ isDatabaseGone: true })).toMatchObject({ status: 503, body: { ok: false, database: 'down' } })
})
