/** Why an application came to nothing, as an old client shows it to its person: in Chinese, which is what they all speak. */
import type { LinkMicEnd } from '../../../../shared/domain/linkMic'
import type { ErrorCode } from '../../../../shared/protocol/errorCode'

const ENDINGS: Partial<Record<LinkMicEnd, string>> = {
  rejected: '主播拒绝了你的连麦申请',
  closed: '主播关闭了连麦',
  expired: '主播没有应答',
  dropped: '连接已断开',
}

const REFUSALS: Partial<Record<ErrorCode, string>> = {
  LINK_MIC_CLOSED: '主播暂不接受连麦',
  LINK_MIC_WAIT: '申请太频繁，请稍后再试',
  LINK_MIC_QUEUE_FULL: '申请连麦的人太多，请稍后再试',
  LINK_MIC_STAGE_FULL: '连麦人数已满',
  REMOVED: '你已被请出直播间',
  ROOM_ENDED: '直播已结束',
  ROOM_NOT_FOUND: '直播已结束',
}

export const reasonOfEnding = (end: LinkMicEnd): string => ENDINGS[end] ?? '连麦申请已结束'
export const reasonOfRefusal = (code: ErrorCode): string => REFUSALS[code] ?? '暂时无法连麦'
