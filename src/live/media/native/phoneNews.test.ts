import type { OutsideNews } from '../recovery/createRecovery'
import { beforeEach, expect, it } from 'vitest'
import { listenToPhone } from './phoneNews'

type Listener = (news: { isConnected: boolean, networkType: string }) => void
const listeners: Record<string, Set<Listener>> = {}
let networkType: string

beforeEach(() => {
  networkType = 'wifi'
  for (const event of ['AppHide', 'AppShow', 'AudioInterruptionEnd', 'NetworkStatusChange']) {
    listeners[event] = new Set()
    Object.assign(uni, { [`on${event}`]: (listener: Listener) => listeners[event].add(listener), [`off${event}`]: (listener: Listener) => listeners[event].delete(listener) })
  }
  Object.assign(uni, { getNetworkType: ({ success }: { success: (answer: { networkType: string }) => void }) => success({ networkType }) })
})

function listen() {
  const heard: OutsideNews[] = []
  const stop = listenToPhone(news => heard.push(news))
  const fire = (event: string, isConnected = true) => listeners[event].forEach(listener => listener({ isConnected, networkType: '4g' }))
  return { heard, stop, fire }
}

it('[RC22] background, foreground, the end of a call and the network are heard until it is stopped', () => {
  const { heard, fire, stop } = listen()
  fire('AppHide')
  fire('AppShow')
  fire('AudioInterruptionEnd')
  fire('NetworkStatusChange', false)
  fire('NetworkStatusChange')
  const all = [{ type: 'hidden' }, { type: 'shown' }, { type: 'released' }, { type: 'network', isOnline: false }, { type: 'network', isOnline: true }]
  expect(heard).toEqual(all)
  stop()
  for (const event of Object.keys(listeners))
    fire(event)
  expect(heard).toEqual(all)
})

it('[RC5] a phone without a network says so from the start', () => {
  networkType = 'none'
  expect(listen().heard).toEqual([{ type: 'network', isOnline: false }])
})
