/**
 * What the console shows, asked by the API: domains (https://www.tencentcloud.com/document/product/267/35186) and the keys of
 * their authentication (267/30771, 267/30772).
 */
import type { StreamKey } from '../../../server/settings'
import type { Actions } from './actions'
import type { ConsoleAction } from './shapes'
import { LiveRefusal } from './LiveRefusal'

const PUSH = 0
const PLAY = 1

export interface ConsoleActionsOptions {
  readonly pushDomain: string
  readonly playDomain: string
  readonly pushKey: StreamKey
  readonly playKey: StreamKey
}

export function createConsoleActions({ playDomain, playKey, pushDomain, pushKey }: ConsoleActionsOptions): Pick<Actions, ConsoleAction> {
  const check = (given: string, wanted: string) => {
    if (given !== wanted)
      throw new LiveRefusal('ResourceNotFound.DomainNotExist', `There is no domain ${given} of this type.`)
  }
  const describe = (Name: string, Type: typeof PUSH | typeof PLAY) => ({ Name, Type, Status: 1, BCName: 1, TargetDomain: '127.0.0.1', CreateTime: '2026-01-01 00:00:00', PlayType: 1, IsDelayLive: 0, CurrentCName: '' })
  return {
    DescribeLiveDomains({ DomainType, PageNum, PageSize }) {
      const domains = [describe(pushDomain, PUSH), describe(playDomain, PLAY)].filter(({ Type }) => DomainType === undefined || Type === DomainType)
      return { AllCount: domains.length, DomainList: domains.slice((PageNum - 1) * PageSize, PageNum * PageSize), CreateLimitCount: 100 }
    },
    DescribeLivePushAuthKey({ DomainName }) {
      check(DomainName, pushDomain)
      return { PushAuthKeyInfo: { DomainName, Enable: 1, MasterAuthKey: pushKey.key, BackupAuthKey: pushKey.backup ?? '', AuthDelta: 300 } }
    },
    DescribeLivePlayAuthKey({ DomainName }) {
      check(DomainName, playDomain)
      return { PlayAuthKeyInfo: { DomainName, Enable: 1, AuthKey: playKey.key, AuthBackKey: playKey.backup ?? '', AuthDelta: 300 } }
    },
  }
}
