/** Finds the tags in FLV bytes as they arrive. */
export class FlvTagReader {
  private pending: Buffer = Buffer.alloc(0)
  private hasHeader = false

  constructor(private readonly onTag: (tag: { type: number, timestamp: number, body: Buffer }) => void) {}

  push(bytes: Buffer): void {
    this.pending = Buffer.concat([this.pending, bytes])
    if (!this.hasHeader && this.pending.length >= 13) {
      this.hasHeader = true
      this.pending = this.pending.subarray(13)
    }
    while (this.hasHeader && this.pending.length >= 11) {
      const end = 11 + this.pending.readUIntBE(1, 3)
      if (this.pending.length < end + 4)
        return
      const timestamp = (this.pending.readUIntBE(4, 3) | this.pending[7] << 24) >>> 0
      this.onTag({ type: this.pending[0], timestamp, body: this.pending.subarray(11, end) })
      this.pending = this.pending.subarray(end + 4)
    }
  }
}
