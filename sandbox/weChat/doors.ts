/** WeChat's doors, one function each: what they take, and what they answer. Pages are those cited in server/weChat/. */
import type { Buffer } from 'node:buffer'
import type { GenericSchema, InferOutput } from 'valibot'
import type { WeChatWorld } from './WeChatWorld'
import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { codePicture } from './codePicture'
import { checkFields } from './fields'
import { Refusal } from './Refusal'
import * as shapes from './shapes'

export interface Asked {
  readonly query: URLSearchParams
  readonly body: string
}

export interface Door {
  readonly method: 'GET' | 'POST'
  readonly needsToken: boolean
  readonly answer: (world: WeChatWorld, asked: Asked) => object | Buffer
}

export const DOORS: Readonly<Record<string, Door>> = {
  '/sns/jscode2session': {
    method: 'GET',
    needsToken: false,
    answer(world, { query }) {
      exactly(query, ['appid', 'secret', 'js_code', 'grant_type'])
      world.checkOwner(query.get('appid')!, query.get('secret')!)
      if (query.get('grant_type') !== 'authorization_code')
        throw new Refusal(40002, 'invalid grant_type')
      const { openId, unionId } = world.people.take(query.get('js_code')!)
      return { session_key: randomBytes(16).toString('base64'), openid: openId, ...(unionId !== undefined && { unionid: unionId }) }
    },
  },
  '/cgi-bin/stable_token': {
    method: 'POST',
    needsToken: false,
    answer(world, asked) {
      const { appid, secret, force_refresh: isForced } = parse(shapes.StableToken, asked)
      world.checkOwner(appid, secret)
      return world.tokens.ask(isForced)
    },
  },
  '/wxa/msg_sec_check': {
    method: 'POST',
    needsToken: true,
    answer(world, asked) {
      const { openid, content, scene } = parse(shapes.Text, asked)
      world.people.checkPresent(openid)
      const suggest = world.judgeText(content)
      world.texts.push({ content, scene, suggest })
      return { errcode: 0, errmsg: 'ok', result: verdict(suggest), detail: [{ strategy: 'content_model', errcode: 0, ...verdict(suggest), prob: 90 }], trace_id: traceId() }
    },
  },
  '/wxa/media_check_async': {
    method: 'POST',
    needsToken: true,
    answer(world, asked) {
      const { media_url: url, openid } = parse(shapes.Media, asked)
      world.people.checkPresent(openid)
      const trace = traceId()
      world.look(url, trace)
      return { errcode: 0, errmsg: 'ok', trace_id: trace }
    },
  },
  '/wxa/getwxacodeunlimit': {
    method: 'POST',
    needsToken: true,
    answer(world, asked) {
      const code = parse(shapes.Code, asked)
      if (code.check_path && code.page !== undefined && !world.pages.includes(code.page))
        throw new Refusal(41030, 'invalid page')
      world.codes.push({ scene: code.scene, page: code.page, version: code.env_version })
      return codePicture(code.scene, code.width)
    },
  },
  '/wxaapi/newtmpl/gettemplate': {
    method: 'GET',
    needsToken: true,
    answer: world => ({ errcode: 0, errmsg: 'ok', data: world.templates.map(({ id, content }) => ({ priTmplId: id, title: '开播提醒', content, example: content.replaceAll(/\{\{.*?\}\}/g, '…'), type: 2 })) }),
  },
  '/cgi-bin/message/subscribe/send': {
    method: 'POST',
    needsToken: true,
    answer(world, asked) {
      const message = parse(shapes.Message, asked)
      const template = world.templates.find(({ id }) => id === message.template_id)
      if (!template)
        throw new Refusal(40037, 'invalid template_id')
      checkFields(template.content, message.data)
      if (message.page !== undefined && !world.pages.includes(message.page.split('?')[0]))
        throw new Refusal(41030, 'invalid page')
      world.people.useUp(message.touser)
      world.messages.push(message)
      return { errcode: 0, errmsg: 'ok', msgid: world.messages.length }
    },
  },
}

function parse<Schema extends GenericSchema>(schema: Schema, { body }: Asked): InferOutput<Schema> {
  if (body === '')
    throw new Refusal(44002, 'empty post data')
  try {
    return v.parse(schema, JSON.parse(body))
  }
  catch {
    throw new Refusal(47001, 'data format error')
  }
}

const MISSING = { appid: 41002, secret: 41004, js_code: 41008, grant_type: 40002 } as const

function exactly(query: URLSearchParams, names: (keyof typeof MISSING)[]): void {
  for (const name of names) {
    if (!query.get(name))
      throw new Refusal(MISSING[name], `${name} missing`)
  }
  if ([...query.keys()].length !== names.length)
    throw new Refusal(40035, 'invalid parameter')
}

const verdict = (suggest: string) => ({ suggest, label: suggest === 'pass' ? 100 : 20002 })
const traceId = () => [4, 4, 4].map(length => randomBytes(length).toString('hex')).join('-')
