/** What a UserSig says, and whether the key that it was read with signed that. */
export interface UserSigClaims {
  readonly sdkAppId: number
  readonly userId: string
  /** Unix milliseconds. */
  readonly expiresAt: number
  readonly isSigned: boolean
}

/** One way to sign: each application has keys for one of them. */
export interface UserSigKind {
  sign: (userId: string, ttlSeconds: number) => string
  /** Undefined for what is no UserSig of this kind. */
  read: (userSig: string) => UserSigClaims | undefined
}
