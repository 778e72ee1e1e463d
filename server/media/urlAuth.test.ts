import type { StreamKey } from '../settings'
import { describe, expect, it } from 'vitest'
import { plainKey, signStream, verifyStream } from './urlAuth'

const KEY = plainKey('bcd1ad2f6ff4e0ea')
const STREAM = 'r23456-u23456'
const EXPIRES_AT = 0x5867D600 * 1000
const BEFORE = EXPIRES_AT - 1

const queryOf = (signature: string) => Object.fromEntries(new URLSearchParams(signature))
const valid = queryOf(signStream(KEY, STREAM, EXPIRES_AT))

describe('signed stream URLs', () => {
  // Computed with md5sum: printf %s "${key}${stream}${txTime}" | md5sum
  it.each([
    [KEY.key, STREAM, EXPIRES_AT, 'txSecret=c76ebbf62af84d608ac3611290324b5e&txTime=5867D600'],
    ['k', 'r1234-u1234', 0x6AFF00FF * 1000 + 999, 'txSecret=ac77b50aad72d119716d86e738877699&txTime=6AFF00FF'],
  ])('[MD2] %s signs %s', (key, streamId, expiresAt, signature) => {
    expect(signStream(plainKey(key), streamId, expiresAt)).toBe(signature)
  })

  it('[MD2] are good until they expire', () => {
    expect(verifyStream(KEY, STREAM, valid, BEFORE)).toBeUndefined()
    expect(verifyStream(KEY, STREAM, valid, EXPIRES_AT)).toBe('expired')
  })

  it('[MD2] accept the secret in capitals and the time in small letters, if that is what was signed', () => {
    expect(verifyStream(KEY, STREAM, { ...valid, txSecret: valid.txSecret.toUpperCase() }, BEFORE)).toBeUndefined()
    expect(verifyStream(KEY, STREAM, { ...valid, txTime: valid.txTime.toLowerCase() }, BEFORE)).toBe('unsigned')
  })

  it.each<[string, Record<string, unknown>]>([
    ['nothing', {}],
    ['no time', { txSecret: valid.txSecret }],
    ['no secret', { txTime: valid.txTime }],
    ['a later time', { ...valid, txTime: '7867D600' }],
    ['another secret', { ...valid, txSecret: valid.txSecret.replace(/^./, 'g') }],
    ['a short secret', { ...valid, txSecret: valid.txSecret.slice(1) }],
    ['a time with garbage', { ...valid, txTime: `${valid.txTime}xyz` }],
    ['a repeated secret', { ...valid, txSecret: [valid.txSecret, valid.txSecret] }],
    ['a secret of multi-byte letters', { ...valid, txSecret: 'é'.repeat(16) }],
  ])('[MD2] refuse %s', (_name, query) => {
    expect(verifyStream(KEY, STREAM, query, BEFORE)).toBe('unsigned')
  })

  it('[MD2] are good for one stream and one key; a stranger\'s expired one is only called unsigned', () => {
    expect(verifyStream(KEY, 'r23456-u99999', valid, BEFORE)).toBe('unsigned')
    expect(verifyStream(plainKey('another key'), STREAM, valid, BEFORE)).toBe('unsigned')
    expect(verifyStream(plainKey('another key'), STREAM, valid, EXPIRES_AT)).toBe('unsigned')
  })

  // Computed with sha256sum, as above.
  it.each([
    [KEY.key, STREAM, EXPIRES_AT, 'txSecret=7c85546046dc19064545eb059a9bdb18855804eae90d65c888bdbb819aa61c12&txTime=5867D600'],
    ['k', 'r1234-u1234', 0x6AFF00FF * 1000, 'txSecret=debaabfc1cda54e15b55befe7f66c77d63d2d9a5a1e6e9a80b557edb065a79f3&txTime=6AFF00FF'],
  ])('[MD2] %s signs %s with SHA-256, where that is chosen', (key, streamId, expiresAt, signature) => {
    const strong: StreamKey = { ...plainKey(key), algorithm: 'sha256' }
    expect(signStream(strong, streamId, expiresAt)).toBe(signature)
    expect(verifyStream(strong, streamId, queryOf(signature), expiresAt - 1)).toBeUndefined()
    expect(verifyStream(plainKey(key), streamId, queryOf(signature), expiresAt - 1)).toBe('unsigned')
  })

  it('[MD2] are good with the backup key too, and signed with the key', () => {
    const key: StreamKey = { key: 'tomorrow\'s', backup: KEY.key, algorithm: 'md5' }
    expect(verifyStream(key, STREAM, valid, BEFORE)).toBeUndefined()
    expect(verifyStream(key, STREAM, valid, EXPIRES_AT)).toBe('expired')
    expect(verifyStream({ ...key, backup: 'another' }, STREAM, valid, BEFORE)).toBe('unsigned')
    expect(signStream(key, STREAM, EXPIRES_AT)).toBe(signStream(plainKey('tomorrow\'s'), STREAM, EXPIRES_AT))
    expect(verifyStream({ ...key, algorithm: 'sha256' }, STREAM, valid, BEFORE)).toBe('unsigned')
  })
})
