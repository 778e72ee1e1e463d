/** Who somebody is beyond this server: WeChat's openid (and unionid, where known), or the id of another account system. */
export type Identity
  = | { readonly kind: 'weChat', readonly openId: string, readonly unionId?: string }
    | { readonly kind: 'external', readonly id: string }
