/**
 * Sends reminders as WeChat's subscribe messages. A message is tried once: after a failure WeChat may have sent it all the same,
 * and who declined (43101) has declined.
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html
 */
import type { ReminderSender } from '../reminders/ReminderSender'
import type { WeChatSettings } from '../settings'
import type { Keyword } from './reminderMessage'
import type { WeChatClient } from './weChatClient'
import * as v from 'valibot'
import { fillKeywords, keywordsOf } from './reminderMessage'
import { ROOM_PAGE } from './roomCodes'
import { WeChatError } from './WeChatError'

/** Two of them, template and message, are less than what a reminder waits for. */
const TIMEOUT_MS = 4500
const STATES = { release: 'formal', trial: 'trial', develop: 'developer' } as const

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/getTemplateList.html */
const Templates = v.object({ data: v.array(v.object({ priTmplId: v.string(), content: v.string() })) })

export interface ReminderSenderOptions {
  readonly client: Pick<WeChatClient, 'ask'>
  readonly settings: Pick<WeChatSettings, 'version'>
  /** Id of the template, as the console shows it. */
  readonly template: string
}

export function createReminderSender({ client, settings, template }: ReminderSenderOptions): ReminderSender {
  let keywords: Promise<Keyword[]> | undefined

  async function readTemplate(): Promise<Keyword[]> {
    const { data } = await client.ask({ method: 'GET', path: '/wxaapi/newtmpl/gettemplate', timeoutMs: TIMEOUT_MS, isRepeatable: true }, Templates)
    const found = data.find(({ priTmplId }) => priTmplId === template)
    if (!found)
      throw new Error('VITE_WX_TEMPLATE_LIVE names a template that this mini-program does not have')
    return keywordsOf(found.content)
  }

  async function send(body: Record<string, unknown>): Promise<void> {
    try {
      await client.ask({ method: 'POST', path: '/cgi-bin/message/subscribe/send', body, timeoutMs: TIMEOUT_MS, isRepeatable: false }, v.object({}))
    }
    catch (error) {
      // 47003: the fields do not fit. The template may have been changed: the next message looks at it anew.
      if (error instanceof WeChatError && error.errcode === 47003)
        keywords = undefined
      throw error
    }
  }

  return {
    async send(openId, reminder) {
      keywords ??= readTemplate()
      const reading = keywords
      const known = await reading.catch((error: unknown) => {
        if (keywords === reading)
          keywords = undefined
        throw error
      })
      await send({
        touser: openId,
        template_id: template,
        page: `${ROOM_PAGE}?id=${reminder.roomId}`,
        data: fillKeywords(known, reminder),
        miniprogram_state: STATES[settings.version],
        lang: 'zh_CN',
      })
    },
  }
}
