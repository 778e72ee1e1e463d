/** In WeChat people are known by its login code. */
import type { AccountToken } from '@/src/ports/AccountToken'
import type { Clock } from '@/src/ports/Clock'
import { createWebAccountToken } from './webAccountToken'

export function createAccountToken(clock: Pick<Clock, 'after'>): AccountToken | undefined {
  // #ifdef H5
  return createWebAccountToken(clock)
  // #endif
  // #ifdef MP-WEIXIN

  return undefined
  // #endif
}
