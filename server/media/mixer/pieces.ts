/** Cuts a flow of bytes into pieces of one size. */
export class Pieces {
  private piece: Buffer
  private filled = 0

  constructor(private readonly size: number, private readonly onPiece: (piece: Buffer) => void) {
    this.piece = Buffer.allocUnsafeSlow(size)
  }

  push(bytes: Buffer): void {
    for (let offset = 0; offset < bytes.length;) {
      const copied = bytes.copy(this.piece, this.filled, offset)
      offset += copied
      this.filled += copied
      if (this.filled < this.size)
        return
      this.onPiece(this.piece)
      this.piece = Buffer.allocUnsafeSlow(this.size)
      this.filled = 0
    }
  }
}
