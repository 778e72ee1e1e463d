import type { Known } from './people'
import { describe, expect, it } from 'vitest'
import { createPeople, PEOPLE_MAX } from './people'

const SESSION = { tokenHash: 'hash', expiresAt: 1000 }

function known(account: string, session: Known['session'] = SESSION): Known {
  return { person: { user: { id: `ul${account}`, nickname: account, avatar: 0 }, sdkAppId: 1, account }, profile: { name: account, avatar: '' }, session }
}

describe('people', () => {
  it('[RS16] are bounded: who logged in longest ago and is in no room gives way', () => {
    const people = createPeople(() => new Set(['ul1']))
    for (let i = 0; i < PEOPLE_MAX; i++)
      people.putLast(known(String(i)))
    people.putLast(known('0')) // again: now the last
    people.put(known('2', null)) // changed: where they were
    expect(people.byId('ul2')).toBeDefined()
    people.putLast(known('newcomer'))
    expect(['0', '1', '2', '3', String(PEOPLE_MAX - 1), 'newcomer'].map(account => people.byAccount(1, account) !== undefined)).toEqual([true, true, false, false, true, true])
    expect(people.byId('ul2')).toBeUndefined()
  })

  it('[RS16] are forgotten when their session is over and no room keeps them', () => {
    const people = createPeople(() => new Set(['ulkept']))
    people.put(known('good', { tokenHash: '', expiresAt: 2001 }))
    people.put(known('over', { tokenHash: '', expiresAt: 2000 }))
    people.put(known('out', null))
    people.put(known('kept', null))
    people.sweep(2000)
    expect(['good', 'over', 'out', 'kept'].map(account => people.byId(`ul${account}`)?.person.account)).toEqual(['good', undefined, undefined, 'kept'])
    expect(people.byAccount(2, 'good')).toBeUndefined()
  })
})
