/** WeChat's subscribe messages, over our own server's door. Undefined where there are none: in browsers, and without a template. */
import type { SessionAccess } from '../withSession'
import type { HttpRequest } from '@/src/adapters/http/httpRequest'
import type { LiveReminder } from '@/src/ports/LiveReminder'
import { LiveReminder as Answer, ReminderOffer } from '@/shared/protocol/reminder'
import { parseAnswer } from '@/src/adapters/http/httpRequest'
import { withSession } from '../withSession'
import { askInWeChat } from './askInWeChat'
import { templateId } from './templateId'

export interface LiveReminderOptions extends SessionAccess {
  readonly request: HttpRequest
  /** Of the message's template; undefined where there is none. */
  readonly template?: string
}

export function createLiveReminder({ request, template = templateId(), ...access }: LiveReminderOptions): LiveReminder | undefined {
  if (template === undefined)
    return undefined
  return {
    isOffered: () => request({ method: 'GET', path: '/healthz' }).then(health => parseAnswer(ReminderOffer, health).reminders).catch(() => false),
    ask: () => askInWeChat(template),
    add: roomId => withSession(access, async token =>
      void parseAnswer(Answer, await request({ method: 'POST', path: `/api/rooms/${encodeURIComponent(roomId)}/reminders`, token }))),
  }
}
