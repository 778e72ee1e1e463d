/** The events of <live-pusher> and <live-player> in the words of MediaPusher and MediaPlayer. Details are WeChat's and may lack anything. */
import type { NativeNews } from '../nativeCodes'
import type { NativeNetInfo } from './nativeStatistics'
import type { BgmNews, MediaDiagnostic, PlayerEmits, PusherEmits } from '@/src/live/components/media'
import type { Clock } from '@/src/ports/Clock'
import { withoutSecrets } from '../diagnosticsLog'
import { PLAYER_CODES, PUSHER_CODES, PUSHER_ERRORS, readNativeCode } from '../nativeCodes'

interface StateDetail { readonly code: number, readonly message?: string }
interface ErrorDetail { readonly errCode: number, readonly errMsg?: string }
interface NetDetail { readonly info: NativeNetInfo }
/** `progress` and `duration` are milliseconds. */
interface BgmDetail { readonly progress: number, readonly duration: number }
/** Some versions wrap it up in `info`. */
interface VolumeDetail { readonly volume?: number, readonly info?: { readonly volume?: number } }

type Tell<Emits extends Record<string, unknown[]>> = <Event extends keyof Emits>(event: Event, ...detail: Emits[Event]) => void

export interface PusherEventOptions {
  readonly pusher: { handleState: (code: number) => void, handleError: (code: number) => void, handleNetStatus: (info: NativeNetInfo) => void }
  readonly tell: Tell<PusherEmits>
  readonly clock: Clock
}

/** What the template of the tag calls, by the events' own names. */
export function createPusherEvents({ pusher, tell, clock }: PusherEventOptions) {
  const tellBgm = (news: BgmNews) => tell('bgm', news)
  return {
    statechange({ code, message }: StateDetail) {
      tell('diagnostic', codeLine('statechange', PUSHER_CODES, code, message, clock.now()))
      pusher.handleState(code)
    },
    error({ errCode, errMsg }: ErrorDetail) {
      tell('diagnostic', codeLine('error', PUSHER_ERRORS, errCode, errMsg, clock.now()))
      if (readNativeCode(PUSHER_ERRORS, errCode).type === 'bgmFailed')
        tellBgm({ type: 'failed' })
      pusher.handleError(errCode)
    },
    netstatus: ({ info }: NetDetail) => pusher.handleNetStatus(info),
    bgmstart: () => tellBgm({ type: 'started' }),
    bgmprogress: ({ progress, duration }: BgmDetail) => tellBgm({ type: 'progress', ms: progress, durationMs: duration }),
    bgmcomplete: () => tellBgm({ type: 'completed' }),
    audiovolumenotify: (detail?: VolumeDetail) => tellVolume(tell, detail),
    enterpictureinpicture: () => tell('pictureInPicture', true),
    leavepictureinpicture: () => tell('pictureInPicture', false),
  }
}

export interface PlayerEventOptions {
  readonly player: { handleState: (code: number) => void, handleFullscreen: (isOn: boolean) => void, handleNetStatus: (info: NativeNetInfo) => void }
  readonly tell: Tell<PlayerEmits>
  readonly clock: Clock
}

export function createPlayerEvents({ player, tell, clock }: PlayerEventOptions) {
  const tellCasting = (type: PlayerEmits['casting'][0]['type']) => (detail?: object) => tell('casting', { type, detail: detail ?? {} })
  return {
    statechange({ code, message }: StateDetail) {
      tell('diagnostic', codeLine('statechange', PLAYER_CODES, code, message, clock.now()))
      player.handleState(code)
    },
    /** In Tencent's samples, in no table. */
    error: ({ errCode, errMsg }: ErrorDetail) => tell('diagnostic', codeLine('error', PLAYER_CODES, errCode, errMsg, clock.now())),
    netstatus: ({ info }: NetDetail) => player.handleNetStatus(info),
    fullscreenchange({ fullScreen }: { fullScreen: boolean }) {
      player.handleFullscreen(fullScreen)
      tell('fullscreen', fullScreen)
    },
    audiovolumenotify: (detail?: VolumeDetail) => tellVolume(tell, detail),
    enterpictureinpicture: () => tell('pictureInPicture', true),
    leavepictureinpicture: () => tell('pictureInPicture', false),
    castinguserselect: tellCasting('selected'),
    castingstatechange: tellCasting('changed'),
    castinginterrupt: tellCasting('interrupted'),
  }
}

function codeLine(event: string, table: Readonly<Record<number, NativeNews>>, code: number, message: string | undefined, at: number): MediaDiagnostic {
  const text = withoutSecrets([event, code, message].filter(Boolean).join(' '))
  return table[code] ? { at, code, text } : { at, code, text, isUnknown: true }
}

function tellVolume(tell: (event: 'volume', level: number) => void, detail?: VolumeDetail) {
  const volume = detail?.volume ?? detail?.info?.volume
  if (volume !== undefined)
    tell('volume', volume)
}
