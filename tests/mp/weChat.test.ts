/** WeChat's servers behind the compiled program: who somebody is, and the mini-program code of a room, on a poster and when it is read. */
import type { MiniProgram } from './support/MiniProgram'
import type { World } from './support/world'
import type { Callbacks } from './support/wx/answer'
import type { WeChatDouble } from '@/sandbox/weChat/startWeChat'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startWeChat } from '@/sandbox/weChat/startWeChat'
import { find, findTap, soon, tap, textOf } from './support/screen'
import { createWorld } from './support/world'
import { succeed } from './support/wx/answer'

const OWNER = { appId: 'wx0123456789abcdef', secret: 'secret-of-the-mini-program' }

let weChat: WeChatDouble
let world: World
let phone: MiniProgram
beforeAll(async () => {
  weChat = await startWeChat(OWNER)
  world = await createWorld({ WECHAT_APPID: OWNER.appId, WECHAT_SECRET: OWNER.secret, WECHAT_API_URL: weChat.url })
})
afterEach(() => {
  expect(phone.warnings).toEqual([])
  phone.close()
})
afterAll(async () => {
  await world.close()
  await weChat.close()
})

const signedIn = (openId: string) => ({ login: (options: Callbacks) => succeed('login', options, { code: weChat.people.login({ openId }) }) })

async function createRoom(title: string, on = world) {
  return (await (await on.createPerson('Anna')).createRoom(title)).room
}

it('[WE22] a room\'s code that is read opens this room', async () => {
  const room = await createRoom('扫码来的')
  await fetch(`${world.url}/api/rooms/${room.id}/code`)
  const { page, scene } = weChat.codes.at(-1)!
  phone = world.createPhone(signedIn('reader'))
  const opened = phone.launch(`${page}?scene=${encodeURIComponent(scene)}`)
  await soon(() => expect(textOf(opened, '.room-top-bar')).toContain('扫码来的'))
})

it('[WE2] the same person on a new phone has the name they chose on the other', async () => {
  phone = world.createPhone(signedIn('dolphin'))
  const session = await signIn('dolphin')
  await fetch(`${world.url}/api/me`, { method: 'PUT', headers: { 'content-type': 'application/json', 'authorization': `Bearer ${session.token}` }, body: JSON.stringify({ nickname: '小海豚' }) })
  const page = phone.launch('src/pages/me/index')
  await soon(() => expect(textOf(page, '.nickname')).toContain('小海豚'))
})

async function signIn(openId: string) {
  const answer = await fetch(`${world.url}/api/sessions/wechat`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: weChat.people.login({ openId }) }) })
  return answer.json()
}

/** A canvas that loads pictures from where they are, and what is drawn on it. */
function withCanvas(drawn: string[]) {
  return (api: Record<string, any>) => {
    const { createSelectorQuery } = api
    const brush = new Proxy({}, {
      get: (_, name) => (...args: unknown[]) => {
        if (name === 'drawImage')
          drawn.push((args[0] as { src: string }).src)
        return name === 'measureText' ? { width: 10 } : { addColorStop() {} }
      },
      set: () => true,
    })
    const node = {
      width: 0,
      height: 0,
      getContext: () => brush,
      createImage() {
        const image = { width: 430, height: 430, onload() {}, onerror() {} }
        let address = ''
        Object.defineProperty(image, 'src', {
          get: () => address,
          set(src: string) {
            address = src
            void fetch(src).then(({ ok }) => ok, () => false).then(isThere => isThere ? image.onload() : image.onerror())
          },
        })
        return image
      },
    }
    Object.assign(api, {
      canvasToTempFilePath: (options: Callbacks) => succeed('canvasToTempFilePath', options, { tempFilePath: 'wxfile://tmp/poster.jpg' }),
      createSelectorQuery() {
        const query = createSelectorQuery()
        const { select } = query
        const board = { fields: () => ({ exec: (callback: (results: unknown[]) => void) => callback([{ node }]) }) }
        query.in = () => query
        query.select = (selector: string) => selector === '#drawing-board' ? board : select.call(query, selector)
        return query
      },
    })
  }
}

async function drawPoster(roomId: string, on: World) {
  const drawn: string[] = []
  phone = on.createPhone(signedIn('drawer'))
  withCanvas(drawn)(phone.wx.api as Record<string, any>)
  const page = phone.launch(`src/live/pages/room/index?id=${roomId}`)
  tap(await soon(() => findTap(page, '分享')))
  tap(await soon(() => findTap(page, '生成海报')))
  await soon(() => expect(find(page, '.poster-view image')).toBeDefined())
  return drawn
}

it('[WE21] a poster carries the mini-program code', async () => {
  const { id } = await createRoom('有码')
  expect(await drawPoster(id, world)).toContain(`${world.url}/api/rooms/${id}/code`)
})

it('[WE21] where the server has none, or WeChat makes none, the poster carries the link\'s code', async () => {
  const plain = await createWorld()
  const { id } = await createRoom('没有微信', plain)
  expect((await drawPoster(id, plain)).filter(address => address.includes('/code'))).toEqual([])
  phone.close()
  await plain.close()
  weChat.troubles.set('/wxa/getwxacodeunlimit', 45009)
  const other = await createRoom('微信太忙')
  expect((await drawPoster(other.id, world)).filter(address => address.includes('/code'))).toEqual([])
  weChat.troubles.clear()
})
