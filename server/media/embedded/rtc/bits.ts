/** Bits from the left, with the Exp-Golomb codes of H.264 (ITU-T H.264, 7.2 and 9.1). */
export class BitReader {
  private position = 0

  constructor(private readonly bytes: Buffer) {}

  /** How many bits have been read. */
  get consumed(): number {
    return this.position
  }

  /** Unsigned, up to 32 bits. Throws a RangeError at the end. */
  u(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++)
      value = value * 2 + this.bit()
    return value
  }

  flag(): boolean {
    return this.bit() === 1
  }

  ue(): number {
    let zeros = 0
    while (this.bit() === 0) {
      if (++zeros > 31)
        throw new RangeError('no Exp-Golomb code')
    }
    return 2 ** zeros - 1 + this.u(zeros)
  }

  se(): number {
    const code = this.ue()
    return code % 2 ? (code + 1) / 2 : -code / 2
  }

  private bit() {
    const byte = this.bytes[this.position >> 3]
    if (byte === undefined)
      throw new RangeError('out of bits')
    return (byte >> (7 - (this.position++ & 7))) & 1
  }
}

export class BitWriter {
  private readonly bits: number[] = []

  u(value: number, count: number): this {
    for (let shift = count - 1; shift >= 0; shift--)
      this.bits.push(Math.floor(value / 2 ** shift) & 1)
    return this
  }

  ue(value: number): this {
    const length = Math.floor(Math.log2(value + 1))
    return this.u(0, length).u(value + 1, length + 1)
  }

  se(value: number): this {
    return this.ue(value > 0 ? 2 * value - 1 : -2 * value)
  }

  /** The first `count` bits of `bytes`. */
  copy(bytes: Buffer, count: number): this {
    for (let i = 0; i < count; i++)
      this.bits.push((bytes[i >> 3] >> (7 - (i & 7))) & 1)
    return this
  }

  /** With the stop bit and the zeros after it that end an H.264 payload. */
  finish(): Buffer {
    return this.u(1, 1).align()
  }

  /** With zeros up to the next byte. */
  align(): Buffer {
    const bytes = Buffer.alloc(Math.ceil(this.bits.length / 8))
    this.bits.forEach((bit, index) => bytes[index >> 3] |= bit << (7 - (index & 7)))
    return bytes
  }
}
