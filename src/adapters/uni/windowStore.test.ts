import { describe, expect, it, vi } from 'vitest'
import { createMemoryStore } from './memoryStore'
import { createSessionStore } from './sessionStore'

describe.each([['a tab', createSessionStore], ['an app without tabs', createMemoryStore]])('what %s remembers', (_, create) => {
  it('[LM124] comes back as it was, until it is removed', () => {
    const store = create()
    expect(store.read('seat')).toBeUndefined()
    store.write('seat', { requestId: 'request-1' })
    expect(store.read('seat')).toEqual({ requestId: 'request-1' })
    store.remove('seat')
    expect(store.read('seat')).toBeUndefined()
  })
})

describe('the storage of a tab', () => {
  it('[LM124] outlives the page', () => {
    createSessionStore().write('seat', 7)
    expect(createSessionStore().read('seat')).toBe(7)
  })

  it('[LM124] a broken value is nothing', () => {
    sessionStorage.setItem('lianmai.seat', '{{')
    expect(createSessionStore().read('seat')).toBeUndefined()
  })

  it('[LM124] forbidden, it keeps nothing and fails nobody', () => {
    const forbid = () => {
      throw new DOMException('denied', 'SecurityError')
    }
    vi.stubGlobal('sessionStorage', { getItem: forbid, setItem: forbid, removeItem: forbid })
    const store = createSessionStore()
    store.write('seat', 7)
    store.remove('seat')
    expect(store.read('seat')).toBeUndefined()
    vi.unstubAllGlobals()
  })
})
