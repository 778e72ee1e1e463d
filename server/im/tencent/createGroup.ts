import type { Clock } from '../../clock'
import type { ImApi } from './imApi'
import { CREATE_RETRY_MS, CREATE_TIMEOUT_MS } from './limits'
import { TencentImError } from './TencentImError'

/** Tries for two seconds and no longer. @throws TencentImError */
export async function createGroup(api: Pick<ImApi, 'createGroup'>, clock: Pick<Clock, 'now' | 'after'>, roomId: string, ownerId: string | undefined): Promise<'ours' | 'foreign'> {
  const deadline = clock.now() + CREATE_TIMEOUT_MS
  while (true) {
    try {
      return await api.createGroup(roomId, ownerId, deadline - clock.now())
    }
    catch (error) {
      const isLast = clock.now() + CREATE_RETRY_MS >= deadline
      if (isLast || !(error instanceof TencentImError && error.isPassing))
        throw error
      await new Promise<void>(resolve => clock.after(CREATE_RETRY_MS, resolve))
    }
  }
}
