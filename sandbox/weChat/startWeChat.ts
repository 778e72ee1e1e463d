/**
 * A stand-in for api.weixin.qq.com, as strict as the documents of developers.weixin.qq.com are (the pages cited in server/weChat/):
 * codes are good once, tokens end, unknown and missing fields are refused with WeChat's numbers, and what it tells by itself is
 * signed. It is made after documents: that our server gets on with it is no proof that it gets on with WeChat.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WeChatWorldOptions } from './WeChatWorld'
import { Buffer } from 'node:buffer'
import { serve } from '../../server/testing/serve'
import { DOORS } from './doors'
import { Refusal } from './Refusal'
import { WeChatWorld } from './WeChatWorld'

const BODY_MAX_BYTES = 256 * 1024

/** How a door behaves that does not behave: a number, nothing at all, or a connection that breaks. */
export type Trouble = number | 'silence' | 'break'

export interface WeChatDouble extends WeChatWorld {
  /** For WECHAT_API_URL. */
  readonly url: string
  /** Paths that were asked for, in order. */
  readonly asked: string[]
  /** By path; `*` is every door. Stays until it is taken away. */
  readonly troubles: Map<string, Trouble>
  readonly close: () => Promise<void>
}

export async function startWeChat(options: WeChatWorldOptions): Promise<WeChatDouble> {
  const world = new WeChatWorld(options)
  const asked: string[] = []
  const troubles = new Map<string, Trouble>()

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url!, 'http://host')
    asked.push(pathname)
    const body = await read(request)
    const trouble = troubles.get(pathname) ?? troubles.get('*')
    if (trouble === 'silence')
      return
    if (trouble === 'break')
      return void request.socket.destroy()
    const door = DOORS[pathname]
    if (!door)
      return void response.writeHead(404).end()
    try {
      if (trouble !== undefined)
        throw new Refusal(trouble, trouble === -1 ? 'system error' : 'trouble')
      if (request.method !== door.method)
        throw new Refusal(door.method === 'POST' ? 43002 : 43001, `require ${door.method} method`)
      if (door.needsToken)
        world.tokens.check(query.get('access_token'))
      const said = door.answer(world, { query, body })
      if (Buffer.isBuffer(said))
        response.setHeader('content-type', 'image/png').end(said)
      else
        json(response, said)
    }
    catch (error) {
      if (!(error instanceof Refusal))
        throw error
      json(response, { errcode: error.errcode, errmsg: `${error.message} rid: 674d1a2b-1c2d3e4f-5a6b7c8d` })
    }
  }

  const door = await serve((request, response) => void answer(request, response).catch(() => response.destroy()))
  return Object.assign(world, { ...door, asked, troubles })
}

/** WeChat calls its JSON text/plain here and there: who reads it must not rely on the name. */
function json(response: ServerResponse, said: object): void {
  response.setHeader('content-type', 'text/plain').end(JSON.stringify(said))
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > BODY_MAX_BYTES)
      throw new RangeError('too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
