/** A picture's bytes, from a Blob on the web or a temporary file in WeChat. */
import type { Picture } from '@/src/ports/RoomApi'
import { ApiFailure } from '@/src/ports/RoomApi'

const TYPES: Readonly<Record<string, string>> = { png: 'image/png', webp: 'image/webp' }

/** @throws ApiFailure UNSUPPORTED_MEDIA_TYPE when the file cannot be read */
export async function readPicture(picture: Picture): Promise<{ bytes: ArrayBuffer, type: string }> {
  if ('blob' in picture)
    return { bytes: await picture.blob.arrayBuffer(), type: picture.blob.type || 'image/jpeg' }
  const { filePath } = picture
  return {
    bytes: await readFile(filePath),
    type: TYPES[filePath.split('.').pop()!.toLowerCase()] ?? 'image/jpeg',
  }
}

function readFile(filePath: string): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => uni.getFileSystemManager().readFile({
    filePath,
    success: ({ data }) => resolve(data as ArrayBuffer),
    fail: ({ errMsg }) => reject(new ApiFailure('UNSUPPORTED_MEDIA_TYPE', errMsg)),
  }))
}
