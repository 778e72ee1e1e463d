/** Who somebody is beyond this server: WeChat's openid (and unionid, where known), the id of another account system, or an account of the old room service. */
export type Identity
  = | { readonly kind: 'weChat', readonly openId: string, readonly unionId?: string }
    | { readonly kind: 'external', readonly id: string }
  /** `account` is the userID that clients of the old room service log in with; each SDKAppID has its own. */
    | { readonly kind: 'weapp', readonly sdkAppId: number, readonly account: string }
