/** A world as a test wants it: nothing is taken, nobody answers, unless it says otherwise. */
import type { Certificate, Machine, Network, World } from '../World'
import { systemClock } from '../../clock'
import { readSettings } from '../readSettings'

export interface FakeWorld {
  readonly env?: Readonly<Record<string, string>>
  readonly machine?: Partial<Machine>
  /** By the beginning of the address; the first that fits answers. A number is a status without a body. */
  readonly answers?: Readonly<Record<string, number | object | ((init: RequestInit) => Response)>>
  /** By name; what is not there does not exist. Undefined: there is no DNS. */
  readonly dns?: { /** Knows nothing of the world outside. */ readonly isClosed?: boolean, readonly cname?: Readonly<Record<string, string>>, readonly address?: Readonly<Record<string, string>> }
  readonly certificate?: Partial<Certificate>
  /** Unix ms; else the present. */
  readonly now?: number
}

export const DAY_MS = 24 * 60 * 60_000

export function createFakeWorld({ env = {}, machine = {}, answers = {}, certificate, dns, now }: FakeWorld = {}): World {
  return {
    settings: readSettings(env),
    clock: now === undefined ? systemClock : { ...systemClock, now: () => now },
    machine: {
      nodeVersion: '20.12.0',
      nodeNeeded: '>=20.12',
      file: () => null,
      read: () => undefined,
      canWrite: () => true,
      freeBytes: () => 10 * 1024 ** 3,
      miniProgram: () => null,
      hasWebApp: () => true,
      ffmpegProblem: async () => null,
      isPortTaken: async () => false,
      ...machine,
    },
    network: createFakeNetwork(answers, dns, certificate),
  }
}

function createFakeNetwork(answers: NonNullable<FakeWorld['answers']>, dns: FakeWorld['dns'], certificate: FakeWorld['certificate']): Network {
  const look = async (names: Readonly<Record<string, string>> = {}, host: string) => {
    if (dns === undefined)
      throw Object.assign(new Error('no DNS'), { code: 'ETIMEOUT' })
    if (names[host] === undefined)
      throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
    return [names[host]]
  }
  return {
    fetch: async (input, init = {}) => {
      const found = Object.entries(answers).find(([address]) => String(input).startsWith(address))
      if (found === undefined)
        throw new TypeError('fetch failed')
      const [, answer] = found
      if (typeof answer === 'function')
        return answer(init)
      return typeof answer === 'number' ? new Response(null, { status: answer }) : Response.json(answer)
    },
    resolveCname: host => look(dns?.cname, host),
    resolve: host => look({ ...dns?.isClosed ? {} : { 'cloud.tencent.com': '203.0.113.1' }, ...dns?.address }, host),
    async certificate() {
      if (certificate === undefined)
        throw new Error('nobody answered')
      return { validTo: Date.now() + 90 * DAY_MS, problem: null, ...certificate }
    },
  }
}
