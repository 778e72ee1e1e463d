/** The SDK's socket: binary frames with JSON { head: { servcmd, seq }, body }; an answer has the head of its question. */
import type { IncomingMessage } from 'node:http'
import type { RawData, WebSocket } from 'ws'
import type { ImCloud } from '../ImCloud'
import type { Trouble } from '../Trouble'
import type { Json } from '../wire'
import type { createSocketCommands } from './socketCommands'
import { Buffer } from 'node:buffer'
import * as v from 'valibot'
import { ImRefusal } from '../ImRefusal'
import { ImSession } from '../ImSession'
import { Head } from './socketCommands'

export const FRAME_MAX_BYTES = 65_536
const POLICY_VIOLATION = 1008

const Frame = v.object({ head: Head, body: v.unknown() })

export interface SocketDoorOptions {
  readonly cloud: ImCloud
  readonly sdkAppId: number
  readonly trouble: Trouble
  readonly commands: ReturnType<typeof createSocketCommands>
  readonly asked: string[]
}

/** @returns what takes a socket that has just been opened */
export function createSocketDoor({ cloud, sdkAppId, trouble, commands, asked }: SocketDoorOptions) {
  return (socket: WebSocket, request: IncomingMessage): void => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://im')
    if (!/\/b?info$/.test(pathname) || searchParams.get('sdkappid') !== String(sdkAppId))
      return socket.close(POLICY_VIOLATION, 'not of this application')
    if (trouble.isDown)
      return socket.terminate()
    const isBinary = pathname.endsWith('/binfo')
    const write = (servcmd: string, body: Json, seq = 0) => socket.send(JSON.stringify({ head: { servcmd, seq, ver: 'v4' }, body }), { binary: isBinary })
    const session = new ImSession(
      searchParams.get('instanceid') ?? '',
      request.socket.remoteAddress ?? '127.0.0.1',
      write,
      () => socket.terminate(),
    )
    cloud.sessions.add(session)
    socket.on('error', () => socket.terminate())
    socket.on('close', () => cloud.lost(session))
    socket.on('message', data => void receive(data))

    async function receive(data: RawData): Promise<void> {
      const frame = v.safeParse(Frame, parsed(data))
      if (!frame.success)
        return socket.close(POLICY_VIOLATION, 'not a frame')
      const { head, body } = frame.output
      asked.push(head.servcmd)
      write(head.servcmd, await commands.answer(session, head, body).then(accepted, refused), head.seq)
    }
  }
}

const accepted = (body: Json): Json => ({ ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '', ...body })

function refused(error: unknown): Json {
  if (!(error instanceof ImRefusal))
    throw error
  return { ActionStatus: 'FAIL', ErrorCode: error.code, ErrorInfo: error.message }
}

function parsed(data: RawData): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : '')
  }
  catch {
    return undefined
  }
}
