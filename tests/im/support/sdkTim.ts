/** Tencent's own SDK as the old clients' libraries use it. */
import type { SdkMessage } from '@/sandbox/tencent/im/testing/sdk'
import type { Tim, TimListener } from '@/tests/weapp/support/Tim'
import { createSdkUser } from '@/sandbox/tencent/im/testing/sdk'
import { TYPES } from '@/src/live/adapters/tim/timSdk'
import { loadCopy } from './sdkCopy'

export interface SdkTim extends Tim {
  /** Everything that was heard. */
  readonly messages: readonly SdkMessage[]
  readonly login: (userID: string, userSig: string) => Promise<void>
  readonly say: (groupID: string, text: string) => Promise<unknown>
  readonly close: () => Promise<void>
}

/** Taken, by the one who asks: every library takes that for success. */
const GROUP_IS_MINE = 10_025

/** `isOnPhone`: the SDKs of Android and iOS are in a group that they own; this one has to join it. */
export async function openSdkTim(sdkAppId: number, socketUrl: string, isOnPhone: boolean): Promise<SdkTim> {
  const sdk = await loadCopy()
  const { tim, messages, login, join, say } = await createSdkUser(sdk, sdkAppId, socketUrl)
  let listener: TimListener | undefined
  tim.on(sdk.EVENT.MESSAGE_RECEIVED, ({ data }) => (data as SdkMessage[]).forEach(message => listener && tell(listener, message)))

  async function send(to: string, conversationType: string, data: string): Promise<void> {
    await tim.sendMessage(await tim.createCustomMessage({ to, conversationType, payload: { data, description: '', extension: '' } }))
  }

  return {
    messages,
    login,
    say,
    async createGroup(groupID) {
      await tim.createGroup({ groupID, name: groupID, type: TYPES.liveRoom }).catch((error: { code: number }) => {
        if (error.code !== GROUP_IS_MINE)
          throw error
      })
      if (isOnPhone)
        await join(groupID)
    },
    joinGroup: async groupID => void await join(groupID),
    quitGroup: async groupID => void await tim.quitGroup(groupID),
    dismissGroup: async groupID => void await tim.dismissGroup(groupID),
    sendToPerson: (account, data) => send(account, TYPES.person, data),
    sendToGroup: (groupID, data) => send(groupID, TYPES.group, data),
    listen: heard => void (listener = heard),
    close: () => tim.destroy().then(() => {}, () => {}), // it was not logged in
  }
}

function tell(listener: TimListener, { type, conversationType, from, to, payload }: SdkMessage): void {
  if (type === TYPES.custom && conversationType === TYPES.person && isOld(payload.data))
    listener.fromPerson(from, payload.data)
  else if (type === TYPES.custom && conversationType === TYPES.group)
    listener.fromGroup(to, from, payload.data)
  else if (type === TYPES.groupNotice && payload.operationType === TYPES.dismissed)
    listener.dismissed(payload.groupProfile.groupID)
  else if (type === TYPES.groupNotice && payload.operationType === TYPES.customNotice)
    listener.noticed(payload.groupProfile.groupID, payload.userDefinedField)
}

const isOld = (data: string) => 'cmd' in JSON.parse(data)
