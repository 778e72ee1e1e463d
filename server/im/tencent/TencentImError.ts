/** What Tencent IM answers when it does not do what it was asked. https://cloud.tencent.com/document/product/269/1671 */

/** Trying again a moment later may help: overloaded, timed out or broken for a moment on their side. */
const PASSING = new Set([10_002, 10_006, 20_004, 20_005, 40_006, 60_007, 60_008, 60_011, 70_169, 70_500, 90_992, 90_994, 90_995, 91_000])

export const ImCode = {
  /** More messages in this group than a group may have a second. */
  tooManyMessages: 10_023,
  noSuchGroup: 10_010,
  groupGone: 10_015,
  unknownAccount: 10_019,
  groupTaken: 10_021,
  /** Taken, by the account that asks. */
  groupOurs: 10_025,
} as const

export class TencentImError extends Error {
  override readonly name = 'TencentImError'

  /**
   * @param command what was asked, such as `group_open_http_svc/create_group`
   * @param code Tencent's ErrorCode; undefined: nobody answered, or not as documented
   * @param info their words, or what happened instead of an answer; without secrets
   */
  constructor(readonly command: string, readonly code: number | undefined, info: string) {
    super(`${command}: ${code ?? 'no answer'} ${info}`)
  }

  get isPassing(): boolean {
    return this.code === undefined || this.code === ImCode.tooManyMessages || PASSING.has(this.code)
  }
}
