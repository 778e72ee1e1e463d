/** Encoders and players without a decoder: what an encoder sends carries a mark, and a player looks for it. */
import type { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { WebSocket } from 'ws'
import { MessageType } from '../../server/media/embedded/rtmp/message'
import { AUDIO_HEADER, command, HANDSHAKE, picture, publishRtmp, sound, VIDEO_HEADER } from '../../server/media/embedded/testing/rtmpPublisher'

const FRAME_MS = 40
const KEY_FRAME_EVERY = 10
/** Longer than anybody needs to say no, or to send a first picture. */
const PATIENCE_MS = 4000
/** Who was let in and is thrown out at once was not let in. */
const PROBATION_MS = 300

export interface Push {
  /** Resolves when the connection is over. */
  readonly closed: Promise<void>
  isClosed: () => boolean
  stop: () => Promise<void>
}

/** In every picture, and in every sound, of a stream pushed with this mark. */
export const pictureMark = (mark: string) => `picture of ${mark};`
export const soundMark = (mark: string) => `sound of ${mark};`

/** Publishes by RTMP and sends pictures and sound until it is stopped or hung up on. Undefined: refused. */
export async function push(url: string, mark = 'somebody'): Promise<Push | undefined> {
  const { socket, send, heard } = await publishRtmp(url)
  const closed = socket.closed ? Promise.resolve() : ended(socket)
  if (!heard().includes('NetStream.Publish.Start'))
    return undefined
  send(MessageType.Video, 0, VIDEO_HEADER)
  send(MessageType.Audio, 0, AUDIO_HEADER)
  let frame = 0
  const sending = setInterval(() => {
    if (!socket.writable)
      return clearInterval(sending)
    const at = frame * FRAME_MS
    send(MessageType.Video, at, picture(frame++ % KEY_FRAME_EVERY === 0, Buffer.from(pictureMark(mark))))
    send(MessageType.Audio, at, sound(Buffer.from(soundMark(mark))))
  }, FRAME_MS)
  await Promise.race([closed, new Promise(resolve => setTimeout(resolve, PROBATION_MS))])
  if (socket.destroyed)
    return undefined
  return {
    closed,
    isClosed: () => socket.destroyed,
    async stop() {
      socket.end() // a goodbye, as encoders say it
      await Promise.race([closed, new Promise(resolve => setTimeout(resolve, PROBATION_MS))])
      socket.destroy()
      await closed
    },
  }
}

export interface Play {
  /** Whether `text` comes from now on. */
  goesOnWith: (text: string, withinMs?: number) => Promise<boolean>
  stop: () => Promise<void>
}

/** Plays by RTMP, HTTP-FLV or WS-FLV until stopped. */
export async function play(url: string): Promise<Play> {
  const { protocol } = new URL(url)
  const stream = protocol === 'rtmp:' ? playRtmp(url) : protocol.startsWith('ws') ? playWs(url) : playHttp(url)
  let text = ''
  let changed = () => {}
  let isOver = false
  stream.listen((bytes) => {
    text += bytes.toString('latin1')
    changed()
  }, () => {
    isOver = true
    changed()
  })
  function goesOnWith(wanted: string, withinMs = PATIENCE_MS): Promise<boolean> {
    text = ''
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), withinMs)
      changed = () => {
        if (!text.includes(wanted) && !isOver)
          return
        clearTimeout(timer)
        resolve(text.includes(wanted))
      }
      changed()
    })
  }
  return { goesOnWith, stop: stream.stop }
}

/** Whether whoever has this URL sees the stream that was pushed with this mark. */
export async function plays(url: string, mark = 'somebody', withinMs = PATIENCE_MS): Promise<boolean> {
  const player = await play(url)
  const isPlaying = await player.goesOnWith(pictureMark(mark), withinMs)
  await player.stop()
  return isPlaying
}

interface Source {
  listen: (data: (bytes: Buffer) => void, over: () => void) => void
  stop: () => Promise<void>
}

function playRtmp(url: string): Source {
  const { hostname, port, pathname, search } = new URL(url)
  const [app, ...name] = pathname.slice(1).split('/')
  const socket = net.connect(Number(port || 1935), hostname)
  const closed = ended(socket)
  socket.write(Buffer.concat([
    HANDSHAKE,
    command('connect', 1, { app, tcUrl: `rtmp://${hostname}/${app}` }),
    command('createStream', 2, null),
    command('play', 3, null, name.join('/') + search),
  ]))
  return {
    listen(data, over) {
      socket.on('data', data)
      void closed.then(over)
    },
    async stop() {
      socket.destroy()
      await closed
    },
  }
}

function playHttp(url: string): Source {
  const request = (url.startsWith('https:') ? https : http).get(url, { agent: false })
  const closed = ended(request)
  return {
    listen(data, over) {
      request.on('response', (response: IncomingMessage) => {
        response.on('error', () => {})
        if (response.statusCode === 200)
          response.on('data', data).on('close', over)
        else
          response.resume().on('close', over)
      })
      void closed.then(over)
    },
    async stop() {
      request.destroy()
      await closed
    },
  }
}

function playWs(url: string): Source {
  const socket = new WebSocket(url)
  const closed = ended(socket)
  return {
    listen(data, over) {
      socket.on('message', (bytes: Buffer) => data(bytes))
      void closed.then(over)
    },
    async stop() {
      socket.terminate()
      await closed
    },
  }
}

function ended(connection: EventEmitter): Promise<void> {
  connection.on('error', () => {}) // 'close' follows
  return new Promise(resolve => connection.once('close', () => resolve()))
}
