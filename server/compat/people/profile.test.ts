import type { User } from '../../../shared/protocol/rest'
import { describe, expect, it } from 'vitest'
import { bounded, createRename, nicknameFor, nicknameOf } from './profile'

const ANNA: User = { id: 'ul23456789abcd', nickname: 'Anna', avatar: 0 }

function open(judgement: 'fine' | 'blocked' = 'fine') {
  const judged: string[] = []
  const told: User[] = []
  const rename = createRename({
    accounts: { update: async (id, profile) => ({ ...ANNA, id, ...profile, picture: undefined }) },
    judgeText: async (text, place, userId) => {
      judged.push(`${place} ${userId} ${text}`)
      return judgement
    },
    changed: async user => void told.push(user),
  })
  return { rename, judged, told }
}

describe('a name of an old client', () => {
  it('[RS17] becomes the nickname, and rooms and chat are told', async () => {
    const { rename, judged, told } = open()
    expect(await rename(ANNA, ' Anna  Maria ')).toMatchObject({ id: ANNA.id, nickname: 'Anna Maria' })
    expect(told.map(({ nickname }) => nickname)).toEqual(['Anna Maria'])
    expect(judged).toEqual([`nickname ${ANNA.id}  Anna  Maria `])
  })

  it('[RS17] that they have already is told nobody', async () => {
    const { rename, told } = open()
    expect(await rename(ANNA, 'Anna')).toBe(ANNA)
    expect(told).toEqual([])
  })

  it('[RS17] that is judged bad, or in which there is nothing to see, changes nothing', async () => {
    const { rename, told } = open('blocked')
    expect(await rename(ANNA, 'Boris')).toBeUndefined()
    expect(await open().rename(ANNA, '\u200B\u200B')).toBeUndefined()
    expect(told).toEqual([])
  })

  it.each([
    ['Anna', 'Anna'],
    ['x'.repeat(30), 'x'.repeat(20)],
    ['😀'.repeat(11), '😀'.repeat(10)],
    [`${'x'.repeat(19)}😀`, 'x'.repeat(19)],
    ['', undefined],
    ['   ', undefined],
    ['An\u202Ena', undefined],
  ])('[RS17] is cut to the length of a nickname: %j', (name, nickname) => {
    expect(nicknameOf(name)).toBe(nickname)
  })

  it('[RS13] is made of the account while nothing is said', () => {
    expect(['user_8a21f09c_77d1', '1'].map(nicknameFor)).toEqual(['用户77d1', '用户1'])
  })
})

describe('a picture of an old client', () => {
  it.each(['https://thirdwx.qlogo.cn/mmopen/a/132', 'http://example.com/a.png?x=1', '123', 'avatar.png', '../Resources/a.png', ''])('[RS17] may be %j', (avatar) => {
    expect(bounded({ name: '', avatar })).toEqual({ name: '', avatar })
  })

  it.each(['javascript:alert(1)', 'data:image/png;base64,AAAA', 'https://a.example/"onerror="', 'https://a.example/ b', 'x'.repeat(65), `https://a.example/${'x'.repeat(2000)}`, 'a b', 'https://'])('[RS17] is none if it is %.40s', (avatar) => {
    expect(bounded({ name: 'Anna', avatar })).toEqual({ name: 'Anna', avatar: '' })
  })

  it('[RS17] comes with a name of bounded length', () => {
    expect(bounded({ name: 'x'.repeat(5000), avatar: '' }).name).toHaveLength(100)
  })
})
