/** Browsers: a download, and the system's own sharing of files where there is one. */
import type { Album } from '@/src/ports/Album'
import type { Clock } from '@/src/ports/Clock'
import type { Picture } from '@/src/ports/RoomApi'

const fileOf = (picture: Picture, name: string) => 'blob' in picture ? new File([picture.blob], name, { type: picture.blob.type }) : undefined

/** Some browsers begin a download a moment after the tap. */
const DOWNLOAD_MS = 60_000

export function createWebAlbum(clock: Pick<Clock, 'after'>): Album {
  return {
    async save(picture, name) {
      const file = fileOf(picture, name)
      if (!file)
        return 'failed'
      const link = document.createElement('a')
      link.href = URL.createObjectURL(file)
      link.download = name
      link.click()
      clock.after(DOWNLOAD_MS, () => URL.revokeObjectURL(link.href))
      return 'saved'
    },
    openSettings: async () => {},
    share: canShareFiles() ? share : undefined,
  }
}

/** On a desk saving is what people expect. */
const canShareFiles = () => matchMedia('(pointer: coarse)').matches && (navigator.canShare?.({ files: [new File([], 'a.jpg', { type: 'image/jpeg' })] }) ?? false)

async function share(picture: Picture, name: string): Promise<void> {
  const file = fileOf(picture, name)
  await (file && navigator.share({ files: [file] }).catch(() => {})) // closed without sharing
}
