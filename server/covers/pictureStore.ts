/** Pictures as files of a folder, named after whose they are and what is in them, so that they may be cached for ever. */
import type { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { UnsupportedMediaType } from '../errors'
import { pictureType } from './pictureType'

export interface PictureStore {
  readonly folder: string
  /** @returns the file's name @throws UnsupportedMediaType */
  save: (ownerId: string, picture: Buffer) => Promise<string>
  /** By name or by path. */
  remove: (file: string) => Promise<void>
}

export function createPictureStore(folder: string): PictureStore {
  return {
    folder,
    async save(ownerId, picture) {
      const type = pictureType(picture)
      if (!type)
        throw UnsupportedMediaType('A picture is a JPEG, PNG or WebP.')
      const file = `${ownerId}-${createHash('sha256').update(picture).digest('hex').slice(0, 16)}.${type}`
      await mkdir(folder, { recursive: true })
      // Never half a picture under its final name, even if we are killed now.
      const draft = path.join(folder, `.${file}.${process.pid}`)
      await writeFile(draft, picture)
      await rename(draft, path.join(folder, file))
      return file
    },
    remove: file => rm(path.join(folder, path.basename(file)), { force: true }),
  }
}
