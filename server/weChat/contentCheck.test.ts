import type { World } from './testing/world'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AWAITED_MAX, createPictureCheck, VERDICT_WITHIN_MS } from './pictureCheck'
import { createWorld } from './testing/world'
import { createTextCheck, TEXT_PAUSE_MS } from './textCheck'

let world: World
const warned: object[] = []
beforeEach(async () => {
  warned.length = 0
  world = await createWorld()
  world.weChat.people.login({ openId: 'anna' })
})
afterEach(() => world.weChat.close())

const openIdOf = async (userId: string) => userId === '' ? undefined : userId
const textCheck = () => createTextCheck({ client: world.client, openIdOf, clock: world.clock, log: { warn: (fields: object) => void warned.push(fields) } as never })
const SECURITY = '/wxa/msg_sec_check'

it('[WE10] each place has its scene; what is risky is refused, what is to be looked at passes', async () => {
  const isTextFine = textCheck()
  world.weChat.dislikeText('坏')
  world.weChat.dislikeText('疑', 'review')
  const verdicts = [await isTextFine('好', 'chat', 'anna'), await isTextFine('疑', 'title', 'anna'), await isTextFine('坏', 'nickname', 'anna')]
  expect(verdicts).toEqual([true, true, false])
  expect(world.weChat.texts.map(({ scene }) => scene)).toEqual([2, 4, 1])
})

it('[WE10] who does not come from WeChat passes unasked, and so does who was away for two hours', async () => {
  const isTextFine = textCheck()
  world.weChat.dislikeText('坏')
  expect(await isTextFine('坏', 'chat', '')).toBe(true)
  expect(world.weChat.asked).toEqual([])
  await world.clock.advance(2 * 60 * 60_000 + 1)
  expect(await isTextFine('坏', 'chat', 'anna')).toBe(true)
  expect([world.weChat.asked.at(-1), warned]).toEqual([SECURITY, []])
})

it('[WE11] a WeChat that cannot judge is left alone for ten seconds', async () => {
  const isTextFine = textCheck()
  world.weChat.dislikeText('坏')
  world.weChat.troubles.set(SECURITY, 45009)
  await expect(isTextFine('坏', 'chat', 'anna')).rejects.toMatchObject({ trouble: 'limited' })
  world.weChat.troubles.clear()
  const asked = world.weChat.asked.length
  expect(await isTextFine('坏', 'chat', 'anna')).toBe(true)
  expect([world.weChat.asked.length, warned.length]).toEqual([asked, 1])
  await world.clock.advance(TEXT_PAUSE_MS)
  expect(await isTextFine('坏', 'chat', 'anna')).toBe(false)
})

it('[WE11] a text that WeChat cannot read keeps it from judging no other', async () => {
  const isTextFine = textCheck()
  world.weChat.dislikeText('坏')
  world.weChat.troubles.set(SECURITY, 44004)
  await expect(isTextFine('\u3164', 'chat', 'anna')).rejects.toMatchObject({ trouble: 'request' })
  world.weChat.troubles.clear()
  expect(await isTextFine('坏', 'chat', 'anna')).toBe(false)
})

function pictureCheck() {
  let traces = 0
  const asked: { body?: Readonly<Record<string, unknown>> }[] = []
  const check = createPictureCheck({
    client: {
      async ask(call: object) {
        asked.push(call)
        return { trace_id: `trace${traces++}` }
      },
    } as never,
    openIdOf,
    clock: world.clock,
  })
  return { ...check, asked }
}

it('[WE13] a verdict is told once, to whom it concerns, and none comes after forty minutes', async () => {
  const { checkPicture, judged } = pictureCheck()
  const refused: string[] = []
  for (const name of ['a', 'b', 'c', 'd'])
    await checkPicture(`https://host/${name}.png`, 'anna', () => refused.push(name))
  expect([judged('trace0', true), judged('trace0', true), judged('trace1', false), judged('other', true)]).toEqual([true, false, true, false])
  await world.clock.advance(VERDICT_WITHIN_MS - 1)
  expect(judged('trace2', true)).toBe(true)
  await world.clock.advance(1)
  expect([judged('trace3', true), refused]).toEqual([false, ['a', 'c']])
})

it('[WE13] of more than may be awaited, the oldest is let through', async () => {
  const { checkPicture, judged } = pictureCheck()
  for (let i = 0; i <= AWAITED_MAX; i++)
    await checkPicture('https://host/a.jpg', 'anna', () => {})
  expect([judged('trace0', true), judged('trace1', true), judged(`trace${AWAITED_MAX}`, true)]).toEqual([false, true, true])
})

it('[WE12] WebP, which WeChat does not look at, and pictures of others are not shown to it', async () => {
  const { checkPicture, asked } = pictureCheck()
  await checkPicture('https://host/a.webp', 'anna', () => {})
  await checkPicture('https://host/a.png', '', () => {})
  expect(asked).toEqual([])
  await checkPicture('https://host/a.png', 'anna', () => {})
  expect(asked[0].body).toEqual({ media_url: 'https://host/a.png', media_type: 2, version: 2, scene: 1, openid: 'anna' })
})
