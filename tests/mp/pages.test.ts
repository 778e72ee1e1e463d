/** Each page of the build, opened as a link opens it. */
import type { World } from './support/world'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { subPackageRoots } from './support/appJson'
import { readCode } from './support/bundle'
import { find, findTap, soon, tap } from './support/screen'
import { createWorld } from './support/world'

const appJson = JSON.parse(readCode()['app.json'])
const [home] = appJson.pages
const ROUTES: string[] = [home, ...appJson.subPackages.flatMap(({ pages }: { pages: string[] }, index: number) => pages.map(page => `${subPackageRoots(appJson)[index]}/${page}`))]

let world: World
beforeAll(async () => world = await createWorld())
afterAll(() => world.close())

const complaints = vi.fn()
beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(complaints)
  vi.spyOn(console, 'error').mockImplementation(complaints)
})
afterEach(() => {
  vi.restoreAllMocks()
  complaints.mockReset()
})

it.each(ROUTES)('[MP43] %s is drawn, and neither WeChat\'s framework nor Vue has anything to say', async (route) => {
  const phone = world.createPhone()
  const page = phone.launch(`${route}?id=rdemo`)
  await soon(() => expect(page.container.textContent!.length).toBeGreaterThan(10))
  await phone.skip(3000)
  expect(phone.warnings).toEqual([])
  expect(complaints.mock.calls).toEqual([])
  phone.close()
})

it('[MP44] a link that somebody shared opens its room, and back leads home', async () => {
  const phone = world.createPhone()
  const room = phone.launch('src/live/pages/room/index?id=rdemo&from=share')
  await soon(() => find(room, '.chat-input'))
  tap(findTap(room, '离开直播间'))
  await soon(() => expect(phone.page().route).toBe(home))
  phone.close()
})
