/** Requests that no client sends, and now and then one that a client does; the same ones for the same seed. */
import type { WireRequest } from './wire'
import { Buffer } from 'node:buffer'
import { gzipSync } from 'node:zlib'
import { seededRandom } from '@/server/testing/seededRandom'

export interface NoiseWorld {
  readonly sdkAppID: number
  /** Of those who make the noise. */
  readonly credentials: readonly { readonly userID: string, readonly token: string, readonly pushURL: string }[]
  /** Everybody's, of those in the room, too. */
  readonly accounts: readonly string[]
  readonly roomIDs: readonly string[]
  /** By which some log in and out all the time. */
  readonly userSigs: Readonly<Record<string, string>>
}

export interface Noise {
  readonly next: () => WireRequest
  /** A login of theirs gave them a new token. */
  readonly loggedIn: (userID: string, token: string) => void
}

const ACTIONS = [
  ...['login', 'logout', 'get_anchor_url', 'get_push_url', 'get_room_list', 'get_anchors', 'get_pushers', 'create_room', 'destroy_room'],
  ...['add_anchor', 'add_pusher', 'delete_anchor', 'delete_pusher', 'anchor_heartbeat', 'pusher_heartbeat', 'merge_stream'],
  ...['set_custom_field', 'get_custom_info', 'get_custom_Info', 'add_audience', 'delete_audience', 'get_audiences'],
]
const STRANGE_ACTIONS = ['', 'LOGIN', '__proto__', 'constructor', 'toString', 'report', 'get_test_pushurl', 'get_login_info', '%00', '%E0%A4%A', '..%2f..%2fapi%2frooms', 'login/extra', '%F0%9F%8E%A4', 'a'.repeat(3000)]
const TYPES = ['live_room', 'live_room', 'live_room', 'live_room', 'double_room', 'multi_room']
const STRANGE_TYPES = ['utils', 'utils', 'LIVE_ROOM', 'rtc_room', '__proto__', '%E0%A4%A', '']
const METHODS = ['GET', 'PUT', 'DELETE', 'PATCH']
const CONTENT_TYPES = ['application/json', 'application/json; charset=utf-8', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=klingon', '']
const FIELDS = ['roomID', 'userID', 'userName', 'userAvatar', 'userInfo', 'pushURL', 'roomInfo', 'cnt', 'index', 'roomStatusCode', 'fieldName', 'operation', 'value', 'mergeParams']
const STRANGE_TEXTS = ['', ' ', '\u0000', '\u202E\u2066', '__proto__', 'constructor', '👩‍👩‍👧‍👦'.repeat(40), 'é'.repeat(700), '\uD800', '\'; DROP TABLE rooms; --', '<script>', 'rtmp://127.0.0.1/live/x?txSecret=1&txTime=2', '{"a":', '{}', '[]', '1e999', '-0', 'NaN', 'null', 'r23456789abcd', 'rline-ul23456789abcd', 'evening-umix', '@TGS#1']

const BOMB = gzipSync(Buffer.alloc(4_000_000))
const STREAMS = ['rline-ul23456789abcd', 'rline-ul23456789abce', 'evening-umix', 'rtest-uanna']

export function createNoise(seed: number, { sdkAppID, credentials, accounts, roomIDs, userSigs }: NoiseWorld): Noise {
  const random = seededRandom(seed)
  const pushURLs = new Map(credentials.map(({ userID, pushURL }) => [userID, pushURL]))
  const tokens = new Map(credentials.map(({ userID, token }) => [userID, token]))
  const often = (chance: number) => random() < chance
  const whole = (max: number) => Math.floor(random() * max)
  const one = <T>(list: readonly T[]): T => list[whole(list.length)]

  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => whole(256)))
  const escaped = (text: string) => encodeURIComponent(Buffer.from(text).toString('utf8'))
  const deep = (depth: number) => '{"a":'.repeat(depth) + '1'.concat('}'.repeat(depth))

  function value(depth = 0): unknown {
    switch (whole(depth > 3 ? 8 : 10)) {
      case 0: return one(accounts)
      case 1: return one(roomIDs)
      case 2: case 3: return one(STRANGE_TEXTS)
      case 4: return one([0, -1, 1, 20, 1e15, 1.5, -1e308, 2 ** 53])
      case 5: return one([true, false, null])
      case 6: return 'x'.repeat(one([47, 49, 65, 1023, 1025, 5000, 30_000]))
      case 7: return one(FIELDS)
      case 8: return Array.from({ length: whole(4) }, () => value(depth + 1))
      default: return Object.fromEntries(Array.from({ length: whole(5) }, () => [one([...FIELDS, ...STRANGE_TEXTS]), value(depth + 1)]))
    }
  }

  function mergeParams(): unknown {
    const input_stream_list = Array.from({ length: 1 + whole(18) }, () => ({ input_stream_id: often(0.9) ? one(STREAMS) : value(3), layout_params: often(0.05) ? value(2) : { image_layer: whole(9) } }))
    const params = { interface: { interfaceName: 'Mix_StreamV2', para: often(0.9) ? { input_stream_list } : value() } }
    return often(0.5) ? JSON.stringify(params) : params
  }

  /** As a client would fill it in. */
  function sensible(userID: string): Record<string, unknown> {
    return {
      roomID: one(roomIDs),
      userID,
      userName: userID,
      userAvatar: '',
      userInfo: '{"userName":"x"}',
      pushURL: often(0.7) ? pushURLs.get(userID) : 'rtmp://127.0.0.1/live/rline-ul23456789abcd?txSecret=00000000000000000000000000000000&txTime=6A000000',
      cnt: 20,
      index: 0,
      roomStatusCode: 0,
      fieldName: 'likes',
      operation: one(['set', 'inc', 'dec']),
      value: 1,
      ...(often(0.3) && { roomInfo: '噪音' }),
      ...(often(0.3) && { mergeParams: mergeParams() }),
    }
  }

  function body(userID: string): string | Buffer | undefined {
    const fields = sensible(userID)
    switch (whole(20)) {
      case 0: return undefined
      case 1: return one(['{', '[1', 'null', '[]', '"text"', '0', '\uFEFF{}', '{}{}', ' '])
      case 2: return bytes(whole(300))
      case 3: return deep(one([10, 2000, 9000]))
      case 4: return JSON.stringify({ ...fields, [one(FIELDS)]: 'x'.repeat(one([60_000, 66_000, 200_000])) })
      case 5: return JSON.stringify(fields).replace('"roomID":', `"${one(FIELDS)}":${deep(one([50, 8500]))},"roomID":`)
      case 6: return JSON.stringify(value())
      case 7: {
        const { [one(FIELDS)]: _, ...others } = fields
        return JSON.stringify(others)
      }
      case 8: case 9: return JSON.stringify({ ...fields, [one(FIELDS)]: value() })
      default: return JSON.stringify(fields)
    }
  }

  function who(userID: string): string {
    const own = tokens.get(userID) ?? ''
    const other = one(accounts)
    switch (whole(30)) {
      case 0: return ''
      case 1: return `userID=${userID}`
      case 2: return `token=${own}`
      case 3: return `userID=${other}&token=${own}`
      case 4: return `userID=${userID}&userID=${other}&token=${own}&token=${own}`
      case 5: return `userID=${other}&userID=${userID}&token=${own}`
      case 6: return `userID[]=${userID}&token[]=${own}`
      case 7: return `userID[__proto__]=${userID}&token[toString]=${own}`
      case 8: return `userID=${userID}&token=${encodeURIComponent(own)}&%zz=%`
      case 9: return `userID=${escaped(one(STRANGE_TEXTS))}&token=${escaped(one(STRANGE_TEXTS))}`
      case 10: return `userID=${userID}&token=${'0'.repeat(32)}*${sdkAppID}`
      default: return `userID=${userID}&token=${own}`
    }
  }

  function loginQuery(userID: string): string {
    const userSig = often(0.7) ? userSigs[userID] ?? '' : one(STRANGE_TEXTS)
    const account = often(0.8) ? userID : one(accounts)
    const id = often(0.8) ? String(sdkAppID) : one(['', '0', '-1', '1e9', 'x', '99999999999999999999', '1400000999'])
    return `accountType=0&sdkAppID=${id}&userSig=${escaped(userSig)}&platform=${escaped(one(STRANGE_TEXTS))}&userID=${escaped(account)}`
  }

  return {
    next() {
      const userID = one(credentials).userID
      const action = often(0.93) ? one(ACTIONS) : one(STRANGE_ACTIONS)
      const isLogin = action === 'login' || action === 'logout'
      // Who has just logged out would only hear of a bad token from then on: those who stay do not.
      const asker = isLogin && !(userID in userSigs) ? one(Object.keys(userSigs)) : userID
      const encoding = often(0.02) ? one(['gzip', 'deflate', 'br', 'klingon']) : undefined
      const sent = body(asker)
      return {
        method: often(0.95) ? 'POST' : one(METHODS),
        path: `/weapp/${often(0.95) ? one(TYPES) : one(STRANGE_TYPES)}/${action}?${action === 'login' ? loginQuery(asker) : who(asker)}`,
        body: encoding === 'gzip' && often(0.5) ? BOMB : sent,
        headers: { ...(sent !== undefined && { 'content-type': one(CONTENT_TYPES) }), ...(encoding !== undefined && { 'content-encoding': encoding }) },
      }
    },
    loggedIn: (userID, token) => void (tokens.has(userID) && tokens.set(userID, token)),
  }
}
