/** Child process: players that note how old every picture is when it arrives. */
import net from 'node:net'
import process from 'node:process'
import { FlvTagType } from '../../server/media/embedded/flv'
import { FlvTagReader } from '../../server/media/embedded/flvTagReader'
import { answer } from './child'
import { STAMP_OFFSET } from './encoder'

let delaysMs: number[] = []

async function open(port: number, path: string): Promise<void> {
  const tags = new FlvTagReader(({ type, body }) => {
    if (type === FlvTagType.Video && body[1] === 1)
      delaysMs.push(Number(process.hrtime.bigint() - body.readBigUInt64BE(STAMP_OFFSET)) / 1e6)
  })
  let isFlv = false
  await new Promise<void>((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: bench\r\n\r\n`)
      resolve()
    }).on('error', () => {})
    socket.on('data', (bytes) => {
      const start = isFlv ? 0 : bytes.indexOf('FLV\x01')
      isFlv ||= start >= 0
      if (isFlv)
        tags.push(bytes.subarray(start))
    })
  })
}

answer(async () => async (question: { what: 'open' | 'restart' | 'delays', port: number, path: string, count: number }) => {
  if (question.what === 'open') {
    for (let index = 0; index < question.count; index++)
      await open(question.port, question.path)
  }
  if (question.what === 'restart')
    delaysMs = []
  return { delaysMs }
})
