/** What Tencent Cloud refused, in its own words; their code list: https://cloud.tencent.com/document/api/267/20474 */
export class TencentApiError extends Error {
  override readonly name = 'TencentApiError'

  /** `requestId` is what Tencent's support asks for. */
  constructor(readonly action: string, readonly code: string, message: string, readonly requestId: string) {
    super(`${action}: ${code}: ${message} (RequestId ${requestId})`)
  }

  /** Too many at once, or a fault on their side: the same request may do later. */
  get isTransient(): boolean {
    return /^(?:RequestLimitExceeded|InternalError|LimitExceeded\.Frequency)(?:\.|$)/.test(this.code)
  }
}
