import { Buffer } from 'node:buffer'

/** The whole body of somebody's answer. @throws RangeError when it is longer, which need not be waited for; what fetch throws */
export async function readBounded(response: Response, maxBytes: number): Promise<Buffer> {
  const reader = response.body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
    size += next.value.byteLength
    if (size > maxBytes) {
      void reader?.cancel().catch(() => {})
      throw new RangeError('the answer is too long')
    }
    chunks.push(next.value)
  }
  return Buffer.concat(chunks)
}
