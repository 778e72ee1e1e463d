/** …/api/open-api/subscribe-message/wx.requestSubscribeMessage.html: its answers and error numbers in our words. */
import type { ReminderAnswer } from '@/src/ports/LiveReminder'

/** The person has switched all messages of this mini-program off. */
const SWITCHED_OFF = 20004

/** `filter`: two templates have one title. `acceptWith…`: with a sound, or an alert. */
function meaningOf(word: string | undefined): ReminderAnswer {
  if (word?.startsWith('accept'))
    return 'accepted'
  return word === 'reject' ? 'rejected' : word === 'ban' ? 'banned' : 'unavailable'
}

export function askInWeChat(template: string): Promise<ReminderAnswer> {
  return new Promise(resolve => wx.requestSubscribeMessage({
    tmplIds: [template],
    success: answer => resolve(meaningOf(answer[template])),
    fail: ({ errCode }) => resolve(errCode === SWITCHED_OFF ? 'rejected' : 'unavailable'),
  }))
}
