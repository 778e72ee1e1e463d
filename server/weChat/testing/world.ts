/** A double of WeChat, and our client of it with time in the test's hands. */
import type { WeChatDouble } from '../../../sandbox/weChat/startWeChat'
import type { WeChatWorldOptions } from '../../../sandbox/weChat/WeChatWorld'
import type { WeChatSettings } from '../../settings'
import type { WeChatClient } from '../weChatClient'
import { startWeChat } from '../../../sandbox/weChat/startWeChat'
import { VirtualClock } from '../../testing/VirtualClock'
import { createWeChatClient } from '../weChatClient'

export const APP_ID = 'wx0123456789abcdef'
export const SECRET = 'secret-of-the-mini-program'

export interface World {
  readonly weChat: WeChatDouble
  readonly clock: VirtualClock
  readonly settings: WeChatSettings
  readonly client: WeChatClient
}

export async function createWorld(options: Partial<WeChatWorldOptions> = {}): Promise<World> {
  const clock = new VirtualClock()
  const weChat = await startWeChat({ appId: APP_ID, secret: SECRET, now: clock.now, ...options })
  const settings: WeChatSettings = { appId: APP_ID, secret: SECRET, apiUrl: weChat.url, checksContent: true, messageToken: 'AAAAA', liveTemplate: 'template', version: 'release' }
  return { weChat, clock, settings, client: createWeChatClient({ settings, fetch, clock }) }
}
