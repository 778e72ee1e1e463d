/** People with old apps, each on a phone of their own whose clock is wrong. */
import type { OldApps } from './OldApp'
import type { OldClient } from './OldClient'
import type { Clock } from '@/server/clock'
import { FirstClient } from './FirstClient'
import { NATIVE_TIMEOUT_MS, NativeClient } from './NativeClient'
import { createWire } from './wire'
import { WxClient } from './WxClient'

export const GENERATIONS = ['wx 2020', 'Android 2019', 'iOS 2019', 'wx 2018'] as const
export type Generation = typeof GENERATIONS[number]

const WX_TIMEOUT_MS = 60_000

export interface PersonOptions {
  readonly roomType?: string
  /** Those of 2018 have a private key unless this says otherwise, the others a secret one. */
  readonly app?: 'secret' | 'private'
}

export interface OldPeople {
  /** Somebody with an app of that generation, not logged in. */
  readonly person: (account: string, generation: Generation, options?: PersonOptions) => OldClient
  /** Everything that anybody asked has been answered. */
  readonly idle: () => Promise<void>
  /** Ends their connections; the next request opens new ones. */
  readonly hangUp: () => void
  /** Everybody's phone is switched off. */
  readonly close: () => Promise<void>
}

/** `clock` is that of the phones. */
export function createOldPeople(origin: () => string, apps: OldApps, clock: Clock): OldPeople {
  const wires = { wx: createWire(origin, WX_TIMEOUT_MS), native: createWire(origin, NATIVE_TIMEOUT_MS) }
  const people: OldClient[] = []

  function create(account: string, generation: Generation, { roomType = 'live_room', app = generation === 'wx 2018' ? 'private' : 'secret' }: PersonOptions = {}): OldClient {
    const { sdkAppID, sign, tim } = apps[app]
    const me = { sdkAppID, userID: account, userSig: sign(account), userName: `${account} 的名字`, userAvatar: 'https://example.com/face.png' }
    const phone = { clock, tim: tim.open(account), wire: generation.startsWith('wx') ? wires.wx : wires.native }
    switch (generation) {
      case 'wx 2020': return new WxClient(me, phone, roomType)
      case 'wx 2018': return new FirstClient(me, phone, roomType)
      case 'Android 2019': return new NativeClient(me, phone, 'Android')
      case 'iOS 2019': return new NativeClient(me, phone, 'iOS')
    }
  }

  const idle = async () => void await Promise.all(people.map(person => person.idle()))
  const hangUp = () => Object.values(wires).forEach(wire => wire.hangUp())
  return {
    person(account, generation, options) {
      const person = create(account, generation, options)
      people.push(person)
      return person
    },
    idle,
    hangUp,
    async close() {
      people.forEach(person => person.vanish())
      await idle()
      hangUp()
    },
  }
}
