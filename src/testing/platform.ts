import { it } from 'vitest'

/** Which of the two builds this test run stands for. */
function testPlatform(): 'h5' | 'mp-weixin' {
  // #ifdef H5
  return 'h5'
  // #endif
  // #ifdef MP-WEIXIN

  return 'mp-weixin'
  // #endif
}

export const isH5 = testPlatform() === 'h5'

type Test = (title: string, run: () => unknown) => void
const elsewhere: Test = () => {}

/** A test of the web's branch alone. */
export const onH5: Test = isH5 ? it : elsewhere
/** A test of the mini-program's branch alone. */
export const onMp: Test = isH5 ? elsewhere : it
