import { expect, it, vi } from 'vitest'
import { isH5, onH5 } from '@/src/testing/platform'
import { useNewerApp } from './useNewerApp'

onH5('[UI85] a part that the server no longer has reloads the app, and not again within a minute', () => {
  const reload = vi.fn()
  let now = 1_700_000_000_000
  sessionStorage.clear()
  useNewerApp(() => now, reload)
  const isHandled = () => !window.dispatchEvent(new Event('vite:preloadError', { cancelable: true }))

  expect(isHandled()).toBe(true)
  now += 59_999
  expect(isHandled()).toBe(false)
  expect(reload).toHaveBeenCalledOnce()
  now += 1
  expect(isHandled()).toBe(true)
  expect(reload).toHaveBeenCalledTimes(2)
})

it('[UI85] a mini-program comes whole and listens to nothing', () => {
  const listen = vi.spyOn(window, 'addEventListener')
  useNewerApp(Date.now, vi.fn())
  expect(listen).toHaveBeenCalledTimes(isH5 ? 1 : 0)
})
