/** What each door takes: every field it needs and none that it does not know. */
import * as v from 'valibot'

const openid = v.pipe(v.string(), v.minLength(1))
const checked = { version: v.literal(2), openid, scene: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4)) }

export const StableToken = v.strictObject({ grant_type: v.literal('client_credential'), appid: v.string(), secret: v.string(), force_refresh: v.optional(v.boolean()) })
export const Text = v.strictObject({ ...checked, content: v.pipe(v.string(), v.minLength(1), v.maxLength(2500)), nickname: v.optional(v.string()), title: v.optional(v.string()), signature: v.optional(v.string()) })
export const Media = v.strictObject({ ...checked, media_url: v.pipe(v.string(), v.url()), media_type: v.picklist([1, 2]) })
export const Code = v.strictObject({
  scene: v.pipe(v.string(), v.regex(/^[\w!#$&'()*+,/:;=?@.~-]{1,32}$/)),
  page: v.optional(v.pipe(v.string(), v.regex(/^[^/?][^?]*$/))),
  check_path: v.optional(v.boolean(), true),
  env_version: v.optional(v.picklist(['release', 'trial', 'develop']), 'release'),
  width: v.optional(v.pipe(v.number(), v.integer(), v.minValue(280), v.maxValue(1280)), 430),
  auto_color: v.optional(v.boolean()),
  is_hyaline: v.optional(v.boolean()),
})
export const Message = v.strictObject({
  touser: openid,
  template_id: v.string(),
  page: v.optional(v.string()),
  data: v.record(v.string(), v.strictObject({ value: v.string() })),
  miniprogram_state: v.picklist(['formal', 'trial', 'developer']),
  lang: v.picklist(['zh_CN', 'en_US', 'zh_HK', 'zh_TW']),
})
export type Message = v.InferOutput<typeof Message>
