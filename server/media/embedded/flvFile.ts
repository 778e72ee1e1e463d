import { FILE_HEADER_BYTES, FlvTagType, PREVIOUS_TAG_SIZE_BYTES, TAG_HEADER_BYTES } from './flv'

export interface FlvFileTag {
  readonly type: FlvTagType
  /** Milliseconds. */
  readonly timestamp: number
  readonly body: Buffer
}

const TYPES: readonly number[] = Object.values(FlvTagType)

/** The tags of a complete FLV file; throws when it is none or is cut short. */
export function parseFlvFile(file: Buffer): FlvFileTag[] {
  if (file.toString('latin1', 0, 3) !== 'FLV')
    throw new Error('not an FLV file')
  const tags: FlvFileTag[] = []
  for (let offset = FILE_HEADER_BYTES; offset < file.length;) {
    const type = file[offset]
    const timestamp = (file.readUIntBE(offset + 4, 3) | file[offset + 7] << 24) >>> 0
    const start = offset + TAG_HEADER_BYTES
    const end = start + file.readUIntBE(offset + 1, 3)
    if (!TYPES.includes(type) || end + PREVIOUS_TAG_SIZE_BYTES > file.length)
      throw new Error('FLV file is damaged')
    tags.push({ type: type as FlvTagType, timestamp, body: file.subarray(start, end) })
    offset = end + PREVIOUS_TAG_SIZE_BYTES
  }
  return tags
}
