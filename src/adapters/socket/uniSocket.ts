/** Sockets of uni-app: the browser's WebSocket on the web, wx.connectSocket in WeChat. */
import type { Connect } from './Socket'
import { CloseCode } from '@/shared/protocol/ws'

const ABNORMAL = 1006
const NORMAL = 1000

export const connectUniSocket: Connect = (url, events) => {
  let isOver = false
  const end = (code: number): void => {
    if (isOver)
      return
    isOver = true
    events.closed(code)
  }
  const fail = ({ errMsg = '' }: { errMsg?: string }): void => void Promise.resolve().then(() => end(codeOf(errMsg)))
  const task = uni.connectSocket({ url, fail }) // with a callback it answers the task, without one a promise
  task.onOpen(() => !isOver && events.opened())
  task.onMessage(({ data }) => !isOver && typeof data === 'string' && events.received(data))
  task.onError(fail)
  task.onClose(({ code }: { code?: number }) => end(code ?? ABNORMAL))
  return {
    send: text => task.send({ data: text, fail }),
    close: () => task.close({ code: NORMAL }),
  }
}

/** WeChat tells a refused upgrade only in words: "Unexpected response code: 401". */
function codeOf(errMsg: string): number {
  return /\b401\b/.test(errMsg) ? CloseCode.unauthorized : ABNORMAL
}
