/** Music from the device's files, or in WeChat from a chat: a mini-program sees no other files. */
import type { ChosenMusic, PickMusic } from '@/src/ports/PickMusic'

export const pickMusic: PickMusic = () => new Promise((resolve) => {
  // #ifdef H5
  const input = Object.assign(document.createElement('input'), { type: 'file', accept: 'audio/*' })
  input.onchange = () => resolve(input.files?.[0] && addressOf(input.files[0]))
  input.oncancel = () => resolve(undefined)
  input.click()
  // #endif
  // #ifdef MP-WEIXIN
  // https://developers.weixin.qq.com/miniprogram/dev/api/media/image/wx.chooseMessageFile.html
  wx.chooseMessageFile({
    count: 1,
    type: 'file',
    extension: ['mp3', 'm4a', 'aac', 'wav'],
    success: ({ tempFiles: [{ path, name }] }) => resolve({ url: path, name, release() {} }),
    fail: () => resolve(undefined),
  })
  // #endif
})

// #ifdef H5
function addressOf(file: File): ChosenMusic {
  const url = URL.createObjectURL(file)
  return { url, name: file.name, release: () => URL.revokeObjectURL(url) }
}
// #endif
