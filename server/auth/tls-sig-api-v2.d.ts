declare module 'tls-sig-api-v2' {
  /** Signs with the secret key of a Tencent IM application; reads the system's clock. */
  export class Api {
    constructor(sdkAppId: number, secretKey: string)
    /** @param expireSeconds from now */
    genUserSig(userId: string, expireSeconds: number): string
  }
}
