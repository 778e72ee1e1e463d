import type { TestMedia } from '../testing/mediaServer'
import { once } from 'node:events'
import net from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { uint32 } from '../bytes'
import { FlvTagType } from '../flv'
import { readMediaLimits } from '../limits'
import { startTestMedia, STREAM } from '../testing/mediaServer'
import { readPackets } from '../testing/packets'
import { AUDIO_HEADER, command, HANDSHAKE, hello, message, picture, publishRtmp, sound, VIDEO_HEADER } from '../testing/rtmpPublisher'
import { until } from '../testing/until'
import { encodeAmf0 } from './amf0'
import { encodeMessage } from './chunkWriter'
import { MessageType, UserControl } from './message'

let media: TestMedia
const sockets: net.Socket[] = []

async function start(options: Parameters<typeof startTestMedia>[0] = {}) {
  media = await startTestMedia(options)
}

/** A client that says `bytes`; `all` is everything the server said until it hung up. */
function say(...bytes: Buffer[]) {
  const socket = net.connect(media.rtmpPort, '127.0.0.1')
  sockets.push(socket)
  let heard = ''
  socket.on('data', data => heard += data.toString('latin1')).on('error', () => {})
  socket.write(Buffer.concat(bytes))
  return { socket, heard: () => heard, all: once(socket, 'close').then(() => heard) }
}

const nameOf = (url: string) => url.slice(url.indexOf('/live/') + '/live/'.length)

describe('rtmp', () => {
  beforeEach(() => start())
  afterEach(async () => {
    sockets.splice(0).forEach(socket => socket.destroy())
    await media.stop()
  })

  it('[MD13] accepts what encoders say, and relays their packets', async () => {
    const publisher = await publishRtmp(media.pushUrl())
    const { names } = readPackets(media.hub.find(STREAM)!)
    publisher.socket.write(message(MessageType.DataAmf0, encodeAmf0('@setDataFrame', 'onMetaData', { width: 540 })))
    publisher.send(FlvTagType.Video, 0, VIDEO_HEADER)
    publisher.send(FlvTagType.Audio, 0, AUDIO_HEADER)
    publisher.send(FlvTagType.Video, 40, picture(true, Buffer.alloc(100_000)))
    publisher.send(FlvTagType.Audio, 46, sound(Buffer.alloc(100)))
    await until(() => names.length === 5)
    expect(names).toEqual(['m0', 'v0', 'A0', 'k40', 'a46'])
    expect(media.hub.find(STREAM)!.metadata!.payload.subarray(0, 13)).toEqual(encodeAmf0('onMetaData'))
    expect(publisher.heard()).toContain('NetConnection.Connect.Success')
  })

  it('[MD13] takes the query behind the app as well as behind the stream key', async () => {
    const [name, query] = nameOf(media.pushUrl()).split('?')
    const client = say(HANDSHAKE, command('connect', 1, { app: `live?${query}` }), command('createStream', 2, null), command('publish', 3, null, name, 'live'))
    await until(() => client.heard().includes('NetStream.Publish.Start'))
  })

  it('[MD13] understands commands in AMF3 messages', async () => {
    const amf3 = (...values: Parameters<typeof encodeAmf0>) => message(MessageType.CommandAmf3, Buffer.concat([Buffer.from([0]), encodeAmf0(...values)]))
    const client = say(HANDSHAKE, amf3('connect', 1, { app: 'live' }), amf3('publish', 2, null, nameOf(media.pushUrl()), 'live'))
    await until(() => client.heard().includes('NetStream.Publish.Start'))
  })

  it('[MD13] acknowledges what it has received, and answers a ping', async () => {
    const publisher = await publishRtmp(media.pushUrl())
    publisher.socket.write(message(MessageType.WindowAckSize, uint32(100_000), 2))
    publisher.send(FlvTagType.Video, 0, picture(true, Buffer.alloc(120_000)))
    publisher.socket.write(message(MessageType.UserControl, Buffer.concat([Buffer.from([0, 6]), uint32(0x12345678)]), 2))
    const acknowledgement = encodeMessage(2, 0, { type: MessageType.Acknowledgement, timestamp: 0, payload: uint32(0) }).toString('latin1').slice(0, 12)
    await until(() => publisher.heard().includes(acknowledgement) && publisher.heard().includes('\x00\x07\x12\x34\x56\x78'))
  })

  it.each<[string, (url: string) => string, string]>([
    ['a wrong secret', url => url.replace(/txSecret=./, 'txSecret=g'), 'Publish.Denied'],
    ['no signature', url => url.replace(/\?.*/, ''), 'Publish.Denied'],
    ['another stream\'s signature', url => url.replace(STREAM, 'r99999-u99999'), 'Publish.Denied'],
    ['a play URL', () => media.play().rtmp, 'Publish.Denied'],
    ['an expired URL', () => media.pushUrl(STREAM, -1), 'has expired'],
    ['a name that is none', url => url.replace(STREAM, 'room'), 'Publish.BadName'],
  ])('[MD3] says why it refuses %s', async (_name, change, expected) => {
    const heard = await say(hello(nameOf(change(media.pushUrl())))).all
    expect(heard).toContain(expected)
    expect(heard).not.toContain('Publish.Start')
    expect(media.hub.streams).toEqual([])
  })

  it('[MD3] says that a stream to play is not live', async () => {
    const heard = await say(HANDSHAKE, command('connect', 1, { app: 'live' }), command('play', 2, null, nameOf(media.play().rtmp))).all
    expect(heard).toContain('NetStream.Play.StreamNotFound')
  })

  it('[MD1] knows one app', async () => {
    const heard = await say(HANDSHAKE, command('connect', 1, { app: 'other' }), command('publish', 2, null, nameOf(media.pushUrl()))).all
    expect(heard).toContain('NetConnection.Connect.InvalidApp')
    expect(media.hub.streams).toEqual([])
  })

  it('[MD5] tells a kicked publisher and cuts it off', async () => {
    const publisher = await publishRtmp(media.pushUrl())
    const closed = once(publisher.socket, 'close')
    await media.provider.kick(STREAM)
    await closed
    expect(publisher.heard()).toContain('The room has ended this stream.')
  })

  it('[MD5] the room decides who may publish', async () => {
    await media.stop()
    await start({ canPublish: streamId => streamId !== STREAM })
    expect(await say(hello(nameOf(media.pushUrl()))).all).toContain('Publish.Rejected')
    await publishRtmp(media.pushUrl('r99999-u99999'))
    expect(media.hub.streams.map(({ id }) => id)).toEqual(['r99999-u99999'])
  })

  it('[MD4] ends the old connection when the same stream is published again', async () => {
    const old = await publishRtmp(media.pushUrl())
    const closed = once(old.socket, 'close')
    await publishRtmp(media.pushUrl())
    await closed
    expect(old.heard()).toContain('published from elsewhere')
    expect(media.hub.streams).toHaveLength(1)
  })

  it.each(['FCUnpublish', 'deleteStream', 'closeStream'])('[MD21] %s ends the publication while the connection stays', async (name) => {
    const publisher = await publishRtmp(media.pushUrl())
    publisher.socket.write(command(name, 6, null, 1))
    await until(() => media.hub.streams.length === 0)
    publisher.socket.write(command('publish', 7, null, nameOf(media.pushUrl()), 'live'))
    await until(() => media.hub.streams.length === 1)
  })

  it('[MD21] a lost connection ends the publication', async () => {
    const publisher = await publishRtmp(media.pushUrl())
    publisher.socket.resetAndDestroy()
    await until(() => media.hub.streams.length === 0)
  })
})

describe('rtmp limits', () => {
  const limits = (changed: Partial<ReturnType<typeof readMediaLimits>>) => start({ limits: { ...readMediaLimits(), ...changed } })
  afterEach(async () => {
    sockets.splice(0).forEach(socket => socket.destroy())
    await media.stop()
  })

  it('[MD14] hangs up on who neither publishes nor plays in time', async () => {
    await limits({ handshakeMs: 500 })
    const dribbling = say(HANDSHAKE.subarray(0, 100))
    const timer = setInterval(() => dribbling.socket.write(Buffer.alloc(1)), 20)
    await Promise.all([dribbling.all, say(HANDSHAKE, command('connect', 1, { app: 'live' })).all])
    clearInterval(timer)
    const publisher = await publishRtmp(media.pushUrl())
    await new Promise(resolve => setTimeout(resolve, 700))
    expect(publisher.socket.destroyed).toBe(false)
  })

  it('[MD14] takes no large message before a valid publish', async () => {
    await limits({})
    const client = say(HANDSHAKE, command('connect', 1, { app: 'live' }), Buffer.from('060000000100010901000000', 'hex'))
    expect(await client.all).toContain('Connect.Success')
  })

  it.each([
    ['publisher', () => hello(nameOf(media.pushUrl()))],
    ['player', () => Buffer.concat([HANDSHAKE, command('connect', 1, { app: 'live' }), command('play', 2, null, nameOf(media.play().rtmp))])],
  ])('[MD14] hangs up on a %s that asks on and on and reads no answer', async (_, words) => {
    await limits({ deadReaderBytes: 1 << 20 })
    await publishRtmp(media.pushUrl())
    const { socket, all } = say(words())
    socket.pause()
    const ping = message(MessageType.UserControl, Buffer.concat([Buffer.from([0, UserControl.PingRequest]), uint32(1)]), 2)
    const flood = Buffer.concat(Array.from({ length: 20_000 }, () => ping))
    const ask = (error?: Error | null) => error || socket.write(flood, ask)
    ask()
    await expect(all).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  it('[MD16] hangs up on a silent publisher', async () => {
    await limits({ idleMs: 100 })
    const publisher = await publishRtmp(media.pushUrl())
    await once(publisher.socket, 'close')
    await until(() => media.hub.streams.length === 0)
  })

  it('[MD16] counts connections per address, and forgets those that ended', async () => {
    await limits({ connectionsPerAddress: 2 })
    const first = await publishRtmp(media.pushUrl())
    await publishRtmp(media.pushUrl('r99999-u99999'))
    await say(HANDSHAKE).all
    first.socket.destroy()
    await until(() => media.hub.streams.length === 1)
    await publishRtmp(media.pushUrl())
  })

  it('[AP18] counts the connections of one IPv6 subscriber together', async () => {
    const { createServer } = net
    let address: string
    vi.spyOn(net, 'createServer').mockImplementationOnce(((onConnection: (socket: net.Socket) => void) => createServer(socket =>
      onConnection(Object.defineProperty(socket, 'remoteAddress', { value: address })))) as typeof createServer)
    await limits({ connectionsPerAddress: 1 })
    address = '2001:db8:1:2::1'
    await publishRtmp(media.pushUrl())
    address = '2001:db8:1:2::2'
    expect(await say(HANDSHAKE).all).toBe('')
    address = '2001:db8:9:2::1'
    await publishRtmp(media.pushUrl('r99999-u99999'))
  })

  it('[MD16] counts connections in all', async () => {
    await limits({ connections: 1 })
    await publishRtmp(media.pushUrl())
    expect(await say(HANDSHAKE).all).toBe('')
  })

  it('[MD16] tells a publisher whose bitrate is above the limit', async () => {
    await limits({ publisherKbps: 1000 })
    const publisher = await publishRtmp(media.pushUrl())
    const closed = once(publisher.socket, 'close')
    publisher.send(FlvTagType.Video, 0, picture(true, Buffer.alloc(200_000)))
    await closed
    expect(publisher.heard()).toContain('bitrate is above the limit')
  })
})
