import type { Room } from '../../../shared/protocol/rest'
import type { Served } from '../../testing/serve'
import express from 'express'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { errorHandler } from '../../http/errorHandler'
import { plainKey, verifyStream } from '../../media/urlAuth'
import { FakeMedia } from '../../testing/FakeMedia'
import { serve } from '../../testing/serve'
import { VirtualClock } from '../../testing/VirtualClock'
import { createProgrammeAddresses, PROGRAMME_TTL_MS } from './programmeAddresses'
import { programmeRoutes } from './programmeRoutes'

const ORIGIN = { http: 'https://live.example.com', rtmp: 'rtmp://live.example.com:1935' }
const ROOM = { id: 'r23456', streamId: 'rline-ul23456789abc' }
const playKey = plainKey('play key')

describe('where the media carry programmes', () => {
  it('[PG13] a room\'s programme follows its mix and its anchor\'s stream, which may be a line', () => {
    const media = new FakeMedia(() => 0, { programme: true })
    const programmes = createProgrammeAddresses({ media, playKey, clock: new VirtualClock() })
    expect(programmes.urlOf(ROOM, ORIGIN)).toBe('https://live.example.com/live/r23456-uall.flv?play')
    expect(programmes.urlOf(ROOM, ORIGIN)).toBe('https://live.example.com/live/r23456-uall.flv?play')
    expect([...media.programmes]).toEqual([['r23456-uall', ['r23456-umix', 'rline-ul23456789abc']]])
  })

  it('[PG11] it ends with the room', () => {
    const media = new FakeMedia(() => 0, { programme: true })
    const programmes = createProgrammeAddresses({ media, playKey, clock: new VirtualClock() })
    programmes.urlOf(ROOM, ORIGIN)
    programmes.end(ROOM.id)
    expect([...media.programmes]).toEqual([['r23456-uall', []]])
  })
})

describe('where they do not', () => {
  let server: Served
  let media: FakeMedia
  let clock: VirtualClock
  let isMixed: boolean
  beforeEach(async () => {
    media = new FakeMedia()
    clock = new VirtualClock()
    isMixed = false
    const find = (id: string) => id === ROOM.id ? { ...ROOM, stage: { isMixed } } as Room : undefined
    const routes = programmeRoutes({ media, playKey, clock, rooms: { find }, originOf: () => ORIGIN })
    server = await serve(express().use(routes, errorHandler(pino({ level: 'silent' }))))
  })
  afterEach(() => server.close())

  const urlOf = (room = ROOM) => createProgrammeAddresses({ media, playKey, clock }).urlOf(room, { ...ORIGIN, http: server.url })
  async function ask(url: string, method = 'GET') {
    const response = await fetch(url, { method, redirect: 'manual' })
    await response.text()
    return { status: response.status, location: response.headers.get('Location'), cache: response.headers.get('Cache-Control') }
  }

  it('[PG13] its address is on this server, signed with the play key for twelve hours', () => {
    const url = new URL(urlOf())
    expect([url.origin, url.pathname]).toEqual([server.url, '/weapp/play/r23456.flv'])
    const verify = (atMs: number) => verifyStream(playKey, 'r23456-uall', Object.fromEntries(url.searchParams), clock.now() + atMs)
    expect([verify(0), verify(PROGRAMME_TTL_MS - 2000), verify(PROGRAMME_TTL_MS + 1000)]).toEqual([undefined, undefined, 'expired'])
    expect(media.programmes.size).toBe(0)
    createProgrammeAddresses({ media, playKey, clock }).end(ROOM.id)
    expect(media.programmes.size).toBe(0)
  })

  it.each(['GET', 'HEAD'])('[PG14] %s leads to the anchor\'s stream, or to the mix while there is one', async (method) => {
    const url = urlOf()
    expect(await ask(url, method)).toEqual({ status: 302, location: 'https://live.example.com/live/rline-ul23456789abc.flv?play', cache: 'no-store' })
    isMixed = true
    expect(await ask(url, method)).toEqual({ status: 302, location: 'https://live.example.com/live/r23456-umix.flv?play', cache: 'no-store' })
  })

  it('[PG14] addresses said in relation to this server are made whole', async () => {
    media.playUrls = () => ({ flv: '/streams/one.flv?play', expiresAt: 0 }) as unknown as ReturnType<typeof media.playUrls>
    expect(await ask(urlOf())).toMatchObject({ location: 'https://live.example.com/streams/one.flv?play' })
  })

  it('[PG14] refuses who is not signed for this room, or no longer', async () => {
    const url = urlOf()
    const other = new URL(urlOf({ ...ROOM, id: 'r34567' })).search
    const refused = { status: 403, location: null, cache: 'no-store' }
    for (const search of ['', other, '?txSecret=1&txTime=2', `${other}&txSecret=1`, other.replace('txTime', 'txtime')])
      expect(await ask(url.split('?')[0] + search), search).toEqual(refused)
    await clock.advance(PROGRAMME_TTL_MS + 1000)
    expect(await ask(url)).toEqual(refused)
  })

  it('[PG14] says that there is no such room', async () => {
    expect(await ask(urlOf({ ...ROOM, id: 'r34567' }))).toMatchObject({ status: 404, location: null })
    for (const file of ['r23456', 'r23456.m3u8', 'r23456.flv.flv', 'R23456.flv', 'u23456.flv', '.flv', 'r23456-uall.flv'])
      expect(await ask(`${server.url}/weapp/play/${file}${new URL(urlOf()).search}`), file).toMatchObject({ status: 404, location: null })
  })
})
