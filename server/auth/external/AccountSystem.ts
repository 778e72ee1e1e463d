/** Another account system, which vouches for its people with tokens of its own. */
export interface AccountSystem {
  /**
   * Whom a token stands for.
   *
   * @throws AppError TOKEN_REFUSED, or CLOUD_UNAVAILABLE when the system has not answered within ACCOUNT_TIMEOUT_MS
   */
  personOf: (token: string) => Promise<ExternalPerson>
}

export interface ExternalPerson {
  /** Good for ever, and of one person. */
  readonly id: string
  /** Where the system knows one that may be shown here. */
  readonly nickname?: string
  readonly avatar?: number
}
