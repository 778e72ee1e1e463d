/** What stops a camera, a microphone or a picture, and what to do about it. One key for every MediaProblemCode. */
export const media = {
  CAMERA_DENIED: '摄像头权限被关闭了。请在设置中允许使用摄像头。',
  MICROPHONE_DENIED: '麦克风权限被关闭了。请在设置中允许使用麦克风。',
  NO_CAMERA: '没有找到摄像头。可以改用测试画面、屏幕共享或纯语音。',
  NO_MICROPHONE: '没有找到麦克风。请接上麦克风后重试。',
  DEVICE_BUSY: '摄像头或麦克风正被其他程序使用。请关闭它后重试。',
  SCREEN_DENIED: '没有获得屏幕共享的许可。',
  INSECURE_CONTEXT: '浏览器只允许 https 或本机地址使用摄像头。请换用 https 地址打开。',
  UNSUPPORTED: '当前浏览器无法播放或推流。请换用新版 Chrome、Edge 或 Safari。',
  REFUSED: '服务器拒绝了这路画面，地址可能已过期。请重试。',
  REPLACED: '你已在别的页面或设备上开播',
  STREAM_GONE: '主播的画面中断了。',
  NETWORK: '网络中断，正在重连。',
  AUTOPLAY_BLOCKED: '浏览器暂时关闭了声音。点击开启声音。',
  TAG_UNAVAILABLE: '这里没有微信的直播组件：小程序还没有开通，或正在开发者工具里运行。',
  NO_SIMULATOR: '这台服务器不提供模拟画面（正式环境没有）。',
  PRIVACY_DENIED: '需要先同意隐私保护指引，才能使用摄像头和麦克风。',
}
