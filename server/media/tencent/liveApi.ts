/** What is asked of Tencent Cloud Live, API 2018-08-01: https://cloud.tencent.com/document/api/267/20456 */
import type { TencentApi } from '../../tencent/tencentApi'
import type { CommonMixStream } from './mixLayout'
import * as v from 'valibot'
import { streamIdOfName, streamNameOf } from './streamName'

/** Most that the cloud gives at once. */
const PAGE_SIZE = 100
/** Beyond them streams are only known by their callbacks. */
const PAGES_MAX = 20

const StreamState = v.object({ StreamState: v.picklist(['active', 'inactive', 'forbid']) })
const OnlineList = v.object({ TotalPage: v.number(), OnlineInfo: v.array(v.object({ StreamName: v.string() })) })

export type LiveStreamState = v.InferOutput<typeof StreamState>['StreamState']

export interface LiveApi {
  /** Cuts a publication; its publisher may come back. Nothing happens when there is none. 267/20469 */
  drop: (streamId: string) => Promise<void>
  /** Cuts it and takes none until then (unix ms). 267/20468 */
  forbid: (streamId: string, until: number, reason: string) => Promise<void>
  /** Takes publications again. 267/20467 */
  resume: (streamId: string) => Promise<void>
  /** 267/20470 */
  stateOf: (streamId: string) => Promise<LiveStreamState>
  /** Our streams that are published now; asked for at most once a minute (267/20472). */
  online: () => Promise<readonly string[]>
  /** Begins a mix, or changes the one of that session. 267/43404 */
  mix: (mix: CommonMixStream) => Promise<void>
  /** 267/43405 */
  cancelMix: (streamId: string) => Promise<void>
}

export interface LiveApiOptions {
  readonly api: TencentApi
  readonly pushDomain: string
  readonly appName: string
}

export function createLiveApi({ api, pushDomain: DomainName, appName: AppName }: LiveApiOptions): LiveApi {
  const place = { DomainName, AppName }
  return {
    async drop(streamId) {
      await api.call('DropLiveStream', { ...place, StreamName: streamNameOf(streamId) })
    },
    async forbid(streamId, until, Reason) {
      await api.call('ForbidLiveStream', { ...place, StreamName: streamNameOf(streamId), ResumeTime: `${new Date(until).toISOString().slice(0, 19)}Z`, Reason })
    },
    async resume(streamId) {
      await api.call('ResumeLiveStream', { ...place, StreamName: streamNameOf(streamId) })
    },
    async stateOf(streamId) {
      return v.parse(StreamState, await api.call('DescribeLiveStreamState', { ...place, StreamName: streamNameOf(streamId) })).StreamState
    },
    async online() {
      const streamIds: string[] = []
      for (let PageNum = 1, pages = 1; PageNum <= Math.min(pages, PAGES_MAX); PageNum++) {
        const page = v.parse(OnlineList, await api.call('DescribeLiveStreamOnlineList', { ...place, PageNum, PageSize: PAGE_SIZE }))
        streamIds.push(...page.OnlineInfo.flatMap(({ StreamName }) => streamIdOfName(StreamName) ?? []))
        pages = page.TotalPage
      }
      return streamIds
    },
    async mix(mix) {
      await api.call('CreateCommonMixStream', mix)
    },
    async cancelMix(streamId) {
      await api.call('CancelCommonMixStream', { MixStreamSessionId: streamNameOf(streamId) })
    },
  }
}
