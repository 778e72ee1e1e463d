/** WeChat's servers, put together: what server/app.ts mounts when there is an AppID with its secret. */
import type { Logger } from 'pino'
import type { WeChatAccounts } from '../auth/WeChatAccounts'
import type { Clock } from '../clock'
import type { ContentCheck } from '../moderation/ContentCheck'
import type { ReminderSender } from '../reminders/ReminderSender'
import type { WeChatSettings } from '../settings'
import type { Fetch } from './exchange'
import type { PushEvent, PushQuery } from './messagePush'
import type { OpenIdOf } from './openIds'
import type { RoomCodes } from './roomCodes'
import { createWeChatAccounts } from './login'
import { createCallerCheck } from './messagePush'
import { createPictureCheck } from './pictureCheck'
import { createReminderSender } from './reminderSender'
import { createRoomCodes } from './roomCodes'
import { createTextCheck } from './textCheck'
import { createWeChatClient } from './weChatClient'

export interface WeChat {
  readonly accounts: WeChatAccounts
  readonly codes: RoomCodes
  /** Undefined where WECHAT_CONTENT_CHECK is off. */
  readonly content: ContentCheck | undefined
  /** Undefined without a template. */
  readonly reminderSender: ReminderSender | undefined
  /** Undefined without a token of the message push. */
  readonly push: WeChatPush | undefined
}

/** What WeChat tells us by itself. */
export interface WeChatPush {
  readonly judgeCaller: (query: PushQuery) => ReturnType<ReturnType<typeof createCallerCheck>>
  readonly handle: (event: PushEvent) => void
}

export interface WeChatOptions {
  readonly fetch: Fetch
  readonly clock: Pick<Clock, 'now' | 'after'>
  readonly log: Pick<Logger, 'info' | 'warn'>
  readonly openIdOf: OpenIdOf
}

export function createWeChat(settings: WeChatSettings, { fetch, clock, log, openIdOf }: WeChatOptions): WeChat {
  const client = createWeChatClient({ settings, fetch, clock })
  const pictures = createPictureCheck({ client, openIdOf, clock })

  function handle({ Event, appid, trace_id: traceId, result }: PushEvent): void {
    if (Event !== 'wxa_media_check' || traceId === undefined)
      return
    const isOurs = appid === settings.appId && pictures.judged(traceId, result?.suggest === 'risky')
    log.info({ part: 'weChat', traceId, suggest: result?.suggest, isOurs }, 'WeChat has looked at a picture')
  }

  return {
    accounts: createWeChatAccounts(client, settings),
    codes: createRoomCodes(client, settings),
    content: settings.checksContent ? { isTextFine: createTextCheck({ client, openIdOf, clock, log }), checkPicture: pictures.checkPicture } : undefined,
    reminderSender: settings.liveTemplate === null ? undefined : createReminderSender({ client, settings, template: settings.liveTemplate }),
    push: settings.messageToken === null ? undefined : { judgeCaller: createCallerCheck({ token: settings.messageToken, clock }), handle },
  }
}
