/** The old room service's interface for clients that were built on it: whose UserSigs are good, and how strict it is. */
import * as v from 'valibot'
import { oneOf, onOff, wholeNumber } from './kinds'

export const weappVariables = {
  /** 0: there is no such door. */
  WEAPP: onOff('1'),
  /** Further applications of Tencent IM whose people may come in: `1400000001=secret key, 1400000002=/run/secrets/authkeys.txt`. */
  WEAPP_APPS: v.optional(v.string()),
  /** auto: whom the anchor has not accepted is refused where this server saw the answer, that is with IM=tencent. */
  WEAPP_CONSENT: v.optional(oneOf(['auto', 'required', 'trusted']), 'auto'),
  /** own: the old list shows the rooms of old clients alone. */
  WEAPP_ROOMS: v.optional(oneOf(['all', 'own']), 'all'),
  /** 1: /weapp/utils/get_login_info signs a UserSig for whoever asks; unset, for the application for trying things out alone. */
  WEAPP_LOGIN_INFO: v.optional(oneOf(['0', '1'])),
  /** Requests a second of one application; more are refused with 202006. */
  WEAPP_RATE: v.optional(wholeNumber(1, 100_000), '1000'),
}
export type WeappVariables = v.InferOutput<v.ObjectSchema<typeof weappVariables, undefined>>
