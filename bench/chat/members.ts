/** Child process: people who are in the room and only read; they count texts and bytes. */
import { Peer } from '../../server/chat/testing/ChatDoor'
import { answer } from '../fanout/child'

const TEXT = Buffer.from('"type":"chat"')
const texts: number[] = []
let bytes = 0
let closed = 0

async function open(url: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const peer = new Peer(`${url}?token=reader${letters(index)}`)
    await new Promise(resolve => peer.ws.once('open', resolve))
    await peer.join()
    const mine = texts.push(0) - 1
    peer.ws.removeAllListeners('message') // from here on counting is enough
    peer.ws.on('message', (data: Buffer) => {
      bytes += data.length
      texts[mine] += occurrences(data)
    })
    peer.ws.on('close', () => closed++)
  }
}

function occurrences(data: Buffer): number {
  let count = 0
  for (let at = data.indexOf(TEXT); at >= 0; at = data.indexOf(TEXT, at + TEXT.length))
    count++
  return count
}

/** Everyone is somebody else. */
function letters(index: number): string {
  return [...String(index)].map(digit => 'abcdefghij'[Number(digit)]).join('')
}

answer(async () => async ({ what, url, count }: { what: 'open' | 'counts', url: string, count: number }) => {
  if (what === 'open')
    await open(url, count)
  return { texts, bytes, closed }
})
