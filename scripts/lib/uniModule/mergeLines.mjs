import { IFDEF, PLATFORMS } from './platforms.mjs'

/**
 * One text for both platforms: what they share stands once, what only one has stands between its conditional comments.
 *
 * @param texts CSS, one for each platform in the order of PLATFORMS
 */
export function mergeLines(texts) {
  const [left, right] = texts.map(text => text.split('\n'))
  const shared = sharedLengths(left, right)
  const merged = []
  let owner
  const close = () => owner && merged.push('/* #endif */')
  const put = (line, platform) => {
    if (platform !== owner) {
      close()
      if (platform)
        merged.push(`/* #ifdef ${IFDEF[platform]} */`)
      owner = platform
    }
    merged.push(line)
  }
  let [l, r] = [0, 0]
  while (l < left.length || r < right.length) {
    if (l < left.length && left[l] === right[r]) {
      put(left[l++])
      r++
    }
    else if (r === right.length || (l < left.length && shared[l + 1][r] >= shared[l][r + 1])) {
      put(left[l++], PLATFORMS[0])
    }
    else {
      put(right[r++], PLATFORMS[1])
    }
  }
  close()
  return merged.join('\n')
}

/** [l][r]: how many lines the rests from there on have in common, in order. */
function sharedLengths(left, right) {
  const lengths = Array.from({ length: left.length + 1 }, () => Array.from({ length: right.length + 1 }).fill(0))
  for (let l = left.length - 1; l >= 0; l--) {
    for (let r = right.length - 1; r >= 0; r--)
      lengths[l][r] = left[l] === right[r] ? 1 + lengths[l + 1][r + 1] : Math.max(lengths[l + 1][r], lengths[l][r + 1])
  }
  return lengths
}
