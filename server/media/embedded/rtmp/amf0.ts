/**
 * AMF0, the encoding of RTMP commands and FLV script data (Adobe "AMF0 File Format Specification").
 * Bytes come from strangers before they have proved anything: the decoder is bounded in depth, keys and array length
 * and throws MalformedAmf.
 */
import { uint16, uint32 } from '../bytes'

export type AmfValue = number | boolean | string | null | AmfValue[] | { [key: string]: AmfValue }

export class MalformedAmf extends Error {}

const MAX_VALUES = 32
const MAX_DEPTH = 8
const MAX_ENTRIES = 1024

const Marker = {
  Number: 0,
  Boolean: 1,
  String: 2,
  Object: 3,
  Null: 5,
  Undefined: 6,
  EcmaArray: 8,
  ObjectEnd: 9,
  StrictArray: 10,
  Date: 11,
  LongString: 12,
} as const

/** All values of a message; the rest of one that holds more than 32 is ignored. */
export function decodeAmf0(bytes: Buffer): AmfValue[] {
  const reader = new AmfReader(bytes)
  const values: AmfValue[] = []
  while (!reader.isAtEnd && values.length < MAX_VALUES)
    values.push(reader.value(0))
  return values
}

class AmfReader {
  private offset = 0
  /** Over the whole message: nested arrays would multiply a limit of each. */
  private entries = 0

  constructor(private readonly bytes: Buffer) {}

  get isAtEnd(): boolean {
    return this.offset >= this.bytes.length
  }

  value(depth: number): AmfValue {
    if (depth > MAX_DEPTH)
      throw new MalformedAmf('nested too deeply')
    const marker = this.take(1)[0]
    switch (marker) {
      case Marker.Number:
        return this.take(8).readDoubleBE()
      case Marker.Boolean:
        return this.take(1)[0] !== 0
      case Marker.String:
        return this.take(this.take(2).readUInt16BE()).toString('utf8')
      case Marker.LongString:
        return this.take(this.take(4).readUInt32BE()).toString('utf8')
      case Marker.Object:
        return this.object(depth)
      case Marker.EcmaArray:
        this.take(4) // the announced count is a hint that encoders get wrong; the end marker decides
        return this.object(depth)
      case Marker.StrictArray:
        return this.array(depth)
      case Marker.Date: {
        const milliseconds = this.take(8).readDoubleBE()
        this.take(2) // time zone, reserved
        return milliseconds
      }
      case Marker.Null:
      case Marker.Undefined:
        return null
      default:
        throw new MalformedAmf(`unknown marker ${marker}`)
    }
  }

  private object(depth: number): AmfValue {
    const object: { [key: string]: AmfValue } = Object.create(null) // trap: in a plain {} a key "__proto__" replaces the prototype
    for (;;) {
      const length = this.take(2).readUInt16BE()
      if (length === 0 && this.bytes[this.offset] === Marker.ObjectEnd) {
        this.offset++
        return object
      }
      this.countEntry()
      const key = this.take(length).toString('utf8')
      object[key] = this.value(depth + 1)
    }
  }

  private array(depth: number): AmfValue {
    const length = this.take(4).readUInt32BE()
    const array: AmfValue[] = []
    while (array.length < length) {
      this.countEntry()
      array.push(this.value(depth + 1))
    }
    return array
  }

  private countEntry() {
    if (++this.entries > MAX_ENTRIES)
      throw new MalformedAmf('too many entries')
  }

  private take(length: number): Buffer {
    const end = this.offset + length
    if (end > this.bytes.length)
      throw new MalformedAmf('ends too early')
    const slice = this.bytes.subarray(this.offset, end)
    this.offset = end
    return slice
  }
}

export function encodeAmf0(...values: AmfValue[]): Buffer {
  return Buffer.concat(values.map(encodeValue))
}

function encodeValue(value: AmfValue): Buffer {
  if (value === null)
    return Buffer.from([Marker.Null])
  if (typeof value === 'boolean')
    return Buffer.from([Marker.Boolean, value ? 1 : 0])
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(9)
    bytes.writeDoubleBE(value, 1)
    return bytes
  }
  if (typeof value === 'string')
    return Buffer.concat([Buffer.from([Marker.String]), encodeKey(value)])
  if (Array.isArray(value))
    return Buffer.concat([Buffer.from([Marker.StrictArray]), uint32(value.length), ...value.map(encodeValue)])
  const entries = Object.entries(value).flatMap(([key, item]) => [encodeKey(key), encodeValue(item)])
  return Buffer.concat([Buffer.from([Marker.Object]), ...entries, Buffer.from([0, 0, Marker.ObjectEnd])])
}

function encodeKey(key: string): Buffer {
  const text = Buffer.from(key)
  return Buffer.concat([uint16(text.length), text])
}
