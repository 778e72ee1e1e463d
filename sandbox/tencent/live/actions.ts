/** What the actions of the API do, and what they answer beside the RequestId. */
import type { LiveMixing } from './LiveMixing'
import type { LiveStreams } from './LiveStreams'
import type { Action, ConsoleAction, Parameters } from './shapes'
import { LiveRefusal } from './LiveRefusal'

const WEEK_MS = 7 * 24 * 60 * 60_000
const FORBID_MAX_MS = 90 * 24 * 60 * 60_000

export interface ActionsOptions {
  readonly streams: LiveStreams
  readonly mixing: LiveMixing
  readonly pushDomain: string
  readonly appName: string
  readonly now: () => number
}

export type Actions = { readonly [Name in Action]: (parameters: Parameters<Name>) => object | Promise<object> }

export function createActions({ streams, mixing, pushDomain, appName, now }: ActionsOptions): Omit<Actions, ConsoleAction> {
  function checkPlace({ DomainName, AppName }: { readonly DomainName: string, readonly AppName: string }): void {
    if (DomainName !== pushDomain)
      throw new LiveRefusal('ResourceNotFound.DomainNotExist', `${DomainName} is no push domain of this account.`)
    if (AppName !== appName)
      throw new LiveRefusal('InvalidParameterValue', `There is no application ${AppName}.`)
  }

  return {
    DropLiveStream(parameters) {
      checkPlace(parameters)
      streams.drop(parameters.StreamName)
      return {}
    },
    ForbidLiveStream(parameters) {
      checkPlace(parameters)
      const until = parameters.ResumeTime === undefined ? now() + WEEK_MS : Date.parse(parameters.ResumeTime)
      if (until <= now() || until > now() + FORBID_MAX_MS)
        throw new LiveRefusal('InvalidParameterValue', 'ResumeTime is not within the next 90 days.')
      streams.forbid(parameters.StreamName, until)
      return {}
    },
    ResumeLiveStream(parameters) {
      checkPlace(parameters)
      streams.resume(parameters.StreamName)
      return {}
    },
    DescribeLiveStreamState(parameters) {
      checkPlace(parameters)
      const { StreamName } = parameters
      return { StreamState: streams.isForbidden(StreamName) ? 'forbid' : streams.isLive(StreamName) ? 'active' : 'inactive' }
    },
    DescribeLiveStreamOnlineList({ DomainName = pushDomain, AppName = appName, PageNum, PageSize, StreamName }) {
      const online = DomainName === pushDomain && AppName === appName ? streams.online.filter(({ name }) => StreamName === undefined || name === StreamName) : []
      return {
        TotalNum: online.length,
        TotalPage: Math.ceil(online.length / PageSize),
        PageNum,
        PageSize,
        OnlineInfo: online.slice((PageNum - 1) * PageSize, PageNum * PageSize).map(({ name, begunAt }) => ({
          StreamName: name,
          AppName: appName,
          DomainName: pushDomain,
          PushToDelay: 0,
          PublishTimeList: [{ PublishTime: `${new Date(begunAt).toISOString().slice(0, 19)}Z` }],
        })),
      }
    },
    async CreateCommonMixStream(parameters) {
      await mixing.create(parameters)
      return {}
    },
    async CancelCommonMixStream({ MixStreamSessionId }) {
      await mixing.cancel(MixStreamSessionId)
      return {}
    },
  }
}
