/** To be told, once, when an anchor goes live the next time: by a subscribe message of WeChat's. */
import * as v from 'valibot'

/** Of whom the asker will be told. */
export const LiveReminder = v.object({ anchorId: v.string() })
export type LiveReminder = v.InferOutput<typeof LiveReminder>

/** What `/healthz` says of it. */
export const ReminderOffer = v.object({ reminders: v.boolean() })
