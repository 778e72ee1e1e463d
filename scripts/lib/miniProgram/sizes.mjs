const KB = 1024
/** https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages.html */
const LIMIT_BYTES = 2 * KB * KB

const nameOf = name => ({ __APP__: 'main package', __FULL__: 'all' })[name] ?? name.replace(/^\/|\/$/g, '')

/** @param {{ name: string, size: number }[]} packages bytes by package */
export const sizesInWords = packages => packages.map(({ name, size }) => `${nameOf(name)} ${Math.ceil(size / KB)} KB`).join(', ')

/** WeChat's compiler lets any size pass; its server does not. Answers what is too large, or undefined. */
export function checkSizes(packages) {
  const tooLarge = packages.filter(({ name, size }) => name !== '__FULL__' && size > LIMIT_BYTES)
  return tooLarge.length ? `Larger than the 2 MB that WeChat allows: ${sizesInWords(tooLarge)}.` : undefined
}
