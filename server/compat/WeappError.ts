/**
 * The six-digit codes of the old room service, as its clients know them:
 * https://cloud.tencent.com/document/product/454/73168 and MLVBLiveRoomDef.h of its native clients.
 */
export const WeappCode = {
  badRequest: 200_100,
  notJson: 200_101,
  paramsMissing: 201_000,
  loginParamsMissing: 201_001,
  noUserId: 201_002,
  otherUserId: 201_003,
  noRoomId: 201_004,
  noCount: 201_005,
  mixParamsMissing: 201_006,
  noField: 201_007,
  badOperation: 201_008,
  noValue: 201_009,
  notVerified: 202_000,
  tokenRefused: 202_001,
  logoutFailed: 202_004,
  unknownApp: 202_005,
  rateLimited: 202_006,
  roomFailed: 203_000,
  roomIdFailed: 203_001,
  createFailed: 203_002,
  destroyFailed: 203_003,
  listFailed: 203_004,
  alreadyInRoom: 203_005,
  enterFailed: 203_006,
  tooManyAnchors: 203_007,
  badPushUrl: 203_008,
  roomInfoTooLong: 203_009,
  notMember: 203_010,
  pushUrlFailed: 204_001,
  anchorsFailed: 204_002,
  roomGone: 204_003,
  playUrlFailed: 204_004,
  audienceFull: 205_001,
  audienceAddFailed: 205_002,
  audienceRemoveFailed: 205_003,
  audienceListFailed: 205_004,
  heartbeatFailed: 206_000,
  storageFailed: 207_001,
  mixFailed: 207_002,
  customSetFailed: 207_003,
  customGetFailed: 207_004,
  unknownAction: 207_005,
  unknownRoomType: 207_006,
} as const
export type WeappCode = typeof WeappCode[keyof typeof WeappCode]

/** Answered with HTTP 200 and its code; the message is for developers, in English, and repeats nothing secret. */
export class WeappError extends Error {
  override readonly name = 'WeappError'
  constructor(readonly code: WeappCode, message: string) {
    super(message)
  }
}
