/** The picture on the person's own page. */
export const profile = {
  'picture': '换成自己的图片',
  'picture.failed': '这个文件打不开，请换一张图片',
  'avatar.hint': '点上面的头像换成自己的图片，或者选一个画好的',
}
