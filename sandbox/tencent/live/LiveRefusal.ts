/** Why the API does not do what it was asked. Common codes: https://cloud.tencent.com/document/api/267/20474, those of mixing: 267/43404 */
export class LiveRefusal extends Error {
  constructor(readonly code: string, message: string) {
    super(message)
  }
}
