/** WeChat's album: behind the privacy guide, and a permission that only its settings give back after a no. */
import type { Album } from '@/src/ports/Album'
import type { PrivacyGuide } from '@/src/ports/PrivacyGuide'
import type { Picture } from '@/src/ports/RoomApi'

const pathOf = (picture: Picture) => 'filePath' in picture ? picture.filePath : ''

export function createMpAlbum(privacyGuide: Pick<PrivacyGuide, 'require'>): Album {
  return {
    async save(picture) {
      if (!await privacyGuide.require())
        return 'cancelled'
      return new Promise(resolve => uni.saveImageToPhotosAlbum({
        filePath: pathOf(picture),
        success: () => resolve('saved'),
        fail: ({ errMsg }) => resolve(/auth|denied|deny/.test(errMsg) ? 'denied' : /cancel/.test(errMsg) ? 'cancelled' : 'failed'),
      }))
    },
    openSettings: () => new Promise(resolve => uni.openSetting({ complete: () => resolve() })),
    // Since base library 2.14.3.
    share: wx.showShareImageMenu && (picture => new Promise(resolve => wx.showShareImageMenu({ path: pathOf(picture), complete: () => resolve() }))),
  }
}
