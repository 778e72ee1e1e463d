import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { isH5, onH5 } from '@/src/testing/platform'
import { useNewerApp } from './useNewerApp'

const page = (entry: string) => `<body><script type="module" crossorigin src="${entry}"></script></body>`

const reload = vi.fn()
const fetchPage = vi.fn<() => Promise<string>>()
let now = 1_700_000_000_000
beforeEach(() => {
  vi.resetAllMocks()
  sessionStorage.clear()
  vi.spyOn(document.documentElement, 'outerHTML', 'get').mockReturnValue(page('/assets/index-old.js'))
  if (isH5)
    vi.spyOn(window, 'addEventListener')
  useNewerApp({ now: () => now, fetchPage, reload })
})
afterEach(() => {
  if (isH5)
    vi.mocked(window.addEventListener).mock.calls.forEach(([type, listener]) => window.removeEventListener(type, listener as EventListener))
})

async function miss() {
  const isLeftAlone = window.dispatchEvent(new Event('vite:preloadError', { cancelable: true }))
  await flushPromises()
  return isLeftAlone
}

onH5('[UI85] a part that the server no longer has reloads the app, and not again within a minute', async () => {
  fetchPage.mockResolvedValue(page('/assets/index-new.js'))
  expect(await miss()).toBe(true) // who asked for the part is told as well
  now += 59_999
  await miss()
  expect(reload).toHaveBeenCalledOnce()
  now += 1
  await Promise.all([miss(), miss()])
  expect(reload).toHaveBeenCalledTimes(2)
})

onH5('[UI85] it stays while the network is away, for the same app, and for what is none', async () => {
  for (const answer of [Promise.reject(new TypeError('Failed to fetch')), page('/assets/index-old.js'), '<h1>502 Bad Gateway</h1>']) {
    fetchPage.mockImplementationOnce(async () => answer)
    await miss()
  }
  expect(fetchPage).toHaveBeenCalledTimes(3)
  expect(reload).not.toHaveBeenCalled()
})

it('[UI85] a mini-program comes whole and asks for nothing', async () => {
  fetchPage.mockResolvedValue(page('/assets/index-new.js'))
  await miss()
  expect(fetchPage).toHaveBeenCalledTimes(isH5 ? 1 : 0)
})
