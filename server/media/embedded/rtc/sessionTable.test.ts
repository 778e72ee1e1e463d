import { expect, it } from 'vitest'
import { SessionTable } from './sessionTable'

it('[AP18] counts the sessions of one IPv6 subscriber together', () => {
  const table = new SessionTable({ rtcSessions: 3, rtcSessionsPerAddress: 1 })
  table.add('a', { answer: async () => '', close() {} }, '2001:db8:1:2::1')
  expect(['2001:db8:1:2::2', '2001:db8:9:2::1'].map(address => table.hasRoomFor(address))).toEqual([false, true])
})

it('[RT18] counts sessions in all and per address, and forgets those that ended', () => {
  const table = new SessionTable({ rtcSessions: 3, rtcSessionsPerAddress: 2 })
  const closed: string[] = []
  const add = (id: string, address: string) => table.add(id, { answer: async () => '', close: () => {
    closed.push(id)
    table.remove(id)
  } }, address)
  add('a', 'home')
  add('b', 'home')
  expect([table.hasRoomFor('home'), table.hasRoomFor('office')]).toEqual([false, true])
  add('c', 'office')
  expect(table.hasRoomFor('elsewhere')).toBe(false)
  table.remove('a')
  table.remove('a')
  expect([table.size, table.hasRoomFor('home'), table.find('a'), table.find('b') !== undefined]).toEqual([2, true, undefined, true])
  table.closeAll()
  expect([closed, table.size]).toEqual([['b', 'c'], 0])
})
