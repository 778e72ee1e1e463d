/** Child process: what any Express program spends on such a request: JSON in, JSON out, and nothing in between. */
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import express from 'express'
import { answer } from '../fanout/child'
import { usage } from '../fanout/usage'

answer(async () => {
  let reply: object = {}
  const app = express()
  app.post('/weapp/:type/:action', express.json(), (request, response) => {
    response.json({ ...reply, userID: request.body.userID })
  })
  const listening = app.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return (question: { what: 'port' | 'usage' } | { what: 'reply', reply: object }) => {
    if (question.what === 'reply')
      reply = question.reply
    return question.what === 'usage' ? usage() : { port: (listening.address() as AddressInfo).port }
  }
})
