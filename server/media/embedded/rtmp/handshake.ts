import { randomBytes } from 'node:crypto'

const NONCE_BYTES = 1536
const RTMP_VERSION = 3

/**
 * The server's side of the simple handshake: C0 C1 → S0 S1 S2, then C2 (Adobe RTMP 1.0, 5.2). The one with digests
 * was for Flash players that insist on it; encoders fall back to this one when S1 carries version 0.
 */
export class Handshake {
  private pending: Buffer = Buffer.alloc(0)
  private hasAnswered = false

  /** Undefined while incomplete, then the bytes that follow the handshake. Throws when it is not RTMP. */
  receive(bytes: Buffer, answer: (bytes: Buffer) => void): Buffer | undefined {
    this.pending = Buffer.concat([this.pending, bytes])
    if (this.pending[0] !== RTMP_VERSION)
      throw new Error('not RTMP')
    if (!this.hasAnswered && this.pending.length > NONCE_BYTES) {
      this.hasAnswered = true
      const s1 = randomBytes(NONCE_BYTES).fill(0, 0, 8) // time 0, version 0: no digest expected
      const s2 = this.pending.subarray(1, 1 + NONCE_BYTES)
      answer(Buffer.concat([Buffer.from([RTMP_VERSION]), s1, s2]))
    }
    const end = 1 + 2 * NONCE_BYTES
    return this.pending.length < end ? undefined : this.pending.subarray(end)
  }
}
