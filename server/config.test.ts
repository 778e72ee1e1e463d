import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from './config'
import { ConfigError } from './configError'

const SECRETS = { PUSH_KEY: 'push-key-0123456789', PLAY_KEY: 'play-key-0123456789', SESSION_SECRET: 'session-secret-0123456789-0123456789' }

describe('readConfig', () => {
  let DATA_DIR: string
  beforeEach(() => {
    DATA_DIR = mkdtempSync(path.join(tmpdir(), 'lianmai-config-'))
  })
  afterEach(() => rmSync(DATA_DIR, { recursive: true, force: true }))

  function problemsOf(variables: Record<string, string>): readonly string[] {
    try {
      readConfig({ DATA_DIR, ...variables })
    }
    catch (error) {
      if (error instanceof ConfigError)
        return error.problems
      throw error
    }
    return []
  }

  it('[OP1] needs nothing to start', () => {
    expect(readConfig({ DATA_DIR })).toMatchObject({
      isProduction: false,
      host: '0.0.0.0',
      port: 8080,
      rtmpPort: 1935,
      publicUrl: null,
      isHttps: false,
      hasDemoRoom: true,
      im: { kind: 'embedded' },
      media: { publicIp: null, udpPorts: null, limits: { connections: 1000 } },
    })
  })

  it('[OP1] an empty variable is an unset one', () => {
    expect(readConfig({ DATA_DIR, PORT: '', PUBLIC_URL: ' ' })).toMatchObject({ port: 8080, publicUrl: null })
  })

  it('[OP2] names every wrong variable with its fix, all at once', () => {
    const problems = problemsOf({ PORT: 'eighty', RTMP_PORT: '70000', HTTPS: 'yes', LOG_LEVEL: 'loud', RTC_UDP_PORTS: '9-1', MEDIA_PUBLIC_IP: 'here', TRUST_PROXY: 'everyone', RTMP_CONNECTIONS: '0' })
    expect(problems).toHaveLength(8)
    expect(problems).toContain('PORT must be a whole number from 0 to 65535')
    expect(problems).toContain('RTMP_PORT must be at most 65535')
    expect(problems).toContain('HTTPS must be one of 0, 1')
    expect(problems).toContain('RTMP_CONNECTIONS must be at least 1')
  })

  it.each([
    ['ftp://live.example.com', 1],
    ['live.example.com', 1],
    ['https://live.example.com/lianmai', 1],
    ['https://live.example.com/', 0],
    ['http://192.168.1.7:8080', 0],
  ])('[OP2] PUBLIC_URL=%s has %i problems', (PUBLIC_URL, count) => {
    expect(problemsOf({ PUBLIC_URL })).toHaveLength(count)
  })

  it.each([
    ['1', 0],
    ['loopback', 0],
    ['10.0.0.0/8,fd00::/8,192.168.1.7', 0],
    ['10', 1],
    ['300.0.0.1', 1],
    ['10.0.0.0/33', 1],
    ['10.0.0.1,', 1],
    ['true', 1],
  ])('[OP2] TRUST_PROXY=%s has %i problems', (TRUST_PROXY, count) => {
    expect(problemsOf({ TRUST_PROXY })).toHaveLength(count)
  })

  it('[OP2] reads what is set', () => {
    const config = readConfig({ DATA_DIR, PUBLIC_URL: 'https://live.example.com/', RTC_UDP_PORTS: '50000-50100', TRUST_PROXY: '2', MEDIA_STREAMS: '7', CHAT_USER_TEXTS_PER_MINUTE: '30', DEMO_ROOM: '0' })
    expect(config).toMatchObject({ publicUrl: 'https://live.example.com', trustProxy: 2, hasDemoRoom: false, media: { udpPorts: [50000, 50100], limits: { streams: 7 } }, chat: { limits: { saysPerUser: { perSecond: 0.5 }, socketsPerUser: 5 } } })
  })

  it('[LM88] reads whether, how and with what stages are mixed', () => {
    expect(readConfig({ DATA_DIR }).media.mixing).toEqual({ ffmpegPath: null, quality: { shortSide: 360, videoKbps: 800 }, maxRooms: 2 })
    expect(readConfig({ DATA_DIR, MIX_QUALITY: '720p', MIX_ROOMS: '5', FFMPEG_PATH: '/opt/ffmpeg' }).media.mixing).toEqual({ ffmpegPath: '/opt/ffmpeg', quality: { shortSide: 720, videoKbps: 2000 }, maxRooms: 5 })
    expect(readConfig({ DATA_DIR, MIX: 'off', FFMPEG_PATH: '/opt/ffmpeg' }).media.mixing).toBeNull()
  })

  it('[OP3] makes secrets once, keeps them, and lets nobody else read them', () => {
    const first = readConfig({ DATA_DIR })
    expect(first.keys.push).toEqual({ key: expect.stringMatching(/^[\w-]{43}$/), backup: null, algorithm: 'md5' })
    expect(new Set([first.keys.push.key, first.keys.play.key, first.keys.session]).size).toBe(3)
    expect(readConfig({ DATA_DIR }).keys).toEqual(first.keys)
    const file = path.join(DATA_DIR, 'secrets', 'push-key')
    expect(readFileSync(file, 'utf8').trim()).toBe(first.keys.push.key)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('[OP3] a secret that is set wins over a kept one', () => {
    readConfig({ DATA_DIR })
    expect(readConfig({ DATA_DIR, ...SECRETS }).keys).toEqual({ push: { key: SECRETS.PUSH_KEY, backup: null, algorithm: 'md5' }, play: { key: SECRETS.PLAY_KEY, backup: null, algorithm: 'md5' }, session: SECRETS.SESSION_SECRET })
  })

  it('[OP3] production wants its secrets set', () => {
    expect(problemsOf({ NODE_ENV: 'production' }).map(problem => problem.split(' ')[0])).toEqual(['PUSH_KEY', 'PLAY_KEY', 'SESSION_SECRET'])
    expect(readConfig({ DATA_DIR, NODE_ENV: 'production', ...SECRETS })).toMatchObject({ isProduction: true, hasDemoRoom: false })
  })

  it('[OP4] one key for pushing and playing is refused', () => {
    expect(problemsOf({ PUSH_KEY: 'the-same-key', PLAY_KEY: 'the-same-key' })).toEqual([expect.stringMatching(/^PLAY_KEY must differ/)])
  })

  it('[OP3] a refusal repeats no secret', () => {
    const problems = problemsOf({ SESSION_SECRET: 'hunter2', PUSH_KEY: 'abc', TENCENT_SDK_SECRET_KEY: 'short-secret' })
    expect(problems).toHaveLength(3)
    expect(problems.join()).not.toMatch(/hunter2|abc|short-secret/)
  })

  it('[OP4] IM=tencent wants the application and its key', () => {
    expect(problemsOf({ IM: 'tencent' }).map(problem => problem.split(' ')[0])).toEqual(['TENCENT_SDK_APP_ID', 'TENCENT_SDK_SECRET_KEY', 'TENCENT_IM_CALLBACK_TOKEN'])
    expect(readConfig({ DATA_DIR, IM: 'tencent', TENCENT_SDK_APP_ID: '1400000000', TENCENT_SDK_SECRET_KEY: 'k'.repeat(64), TENCENT_IM_CALLBACK_TOKEN: 'callback-token' }).im)
      .toMatchObject({ kind: 'tencent', sdkAppId: 1_400_000_000, key: { kind: 'secret', secretKey: 'k'.repeat(64) }, callbackToken: 'callback-token', admin: 'administrator', socketUrl: null })
  })

  it('[OP5] a data folder that cannot be written is one sentence', () => {
    const file = path.join(DATA_DIR, 'file')
    writeFileSync(file, '')
    expect(problemsOf({ DATA_DIR: path.join(file, 'data') })).toEqual([expect.stringMatching(/^DATA_DIR .*cannot be written/)])
    if (process.getuid?.() === 0)
      return // root may write anywhere
    chmodSync(DATA_DIR, 0o500)
    expect(problemsOf({})).toEqual([expect.stringMatching(/^DATA_DIR .*cannot be written/)])
  })
})
