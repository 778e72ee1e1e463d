/** Why the cloud does not do what it was asked. The codes: https://cloud.tencent.com/document/product/269/1671 */
export class ImRefusal extends Error {
  constructor(readonly code: number, info: string) {
    super(info)
  }
}

export const notAllowed = (info: string) => new ImRefusal(10_007, info)
export const badRequest = (info: string) => new ImRefusal(10_004, info)
export const noSuchGroup = (groupId: string) => new ImRefusal(10_010, `group ${groupId} does not exist`)
export const refusedByApp = () => new ImRefusal(10_016, 'refused by the callback')
export const silenced = () => new ImRefusal(10_017, 'may not speak')
export const unknownAccount = (userId: string) => new ImRefusal(10_019, `account ${userId} does not exist`)
export const unknownCorrespondent = () => new ImRefusal(20_003, 'From_Account or To_Account does not exist')
export const refusedForOne = () => new ImRefusal(20_006, 'refused by the callback')
export const tooManyMessages = () => new ImRefusal(10_023, 'too many messages in this group')
export const notLoggedIn = () => new ImRefusal(20_002, 'the login is not known')
