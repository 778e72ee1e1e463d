import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { ToolsApi } from '@/src/ports/ToolsApi'
import { ApiFailure } from '@/src/ports/RoomApi'
import { playUrls, publishUrls } from './fixtures'

/** Gives test addresses, or fails with `failure` while that is set. */
export class FakeToolsApi implements ToolsApi {
  failure: ErrorCode | undefined
  asked = 0

  async openTestStream() {
    this.asked++
    if (this.failure)
      throw new ApiFailure(this.failure, 'it was told to fail')
    return { publish: publishUrls('rtest-ume000000001'), play: playUrls('rtest-ume000000001') }
  }
}
