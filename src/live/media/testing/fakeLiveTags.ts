/**
 * The contexts of WeChat's live tags as phones have them: answers come later, stop() is refused in the background, older
 * versions lack calls.
 */
import type { PlayerCallName } from '../tags/playerTag'
import type { PusherCallName } from '../tags/pusherTag'
import { PLAYER_CALL_OPTIONS, PUSHER_CALL_OPTIONS } from '../tags/callOptions'

interface Answering { readonly success?: (result: object) => void, readonly fail?: (refusal: { errMsg: string }) => void }
type Method = (options?: Answering & Record<string, unknown>) => void

/** What a base library of 2.9.1 has. */
export const OLD_PUSHER_CALLS: readonly PusherCallName[] = ['toggleTorch', 'playBGM', 'stopBGM', 'pauseBGM', 'resumeBGM', 'setBGMVolume']
export const OLD_PLAYER_CALLS: readonly PlayerCallName[] = ['mute', 'requestFullScreen', 'exitFullScreen', 'snapshot']

const BACKGROUND = 'jsapi has no permission, event=stop, runningState=background'

/** A method that answers in a moment, after it has done `act`; a text refuses. */
function method(name: string, act: (options: Record<string, unknown>) => object | string | void): Method {
  return (options = {}) => {
    const answer = act(options)
    void Promise.resolve().then(() => typeof answer === 'string' ? options.fail?.({ errMsg: `${name}:fail ${answer}` }) : options.success?.({ errMsg: `${name}:ok`, ...answer }))
  }
}

const methods = (names: readonly string[]) => Object.fromEntries(names.map(name => [name, method(name, () => {})]))

export interface FakePusherPhone {
  readonly context: Record<string, Method>
  isInBackground: boolean
  /** What the phone still does. */
  readonly doing: ReadonlySet<'sending' | 'previewing'>
}

/** @param calls what this version has beside start, stop and their like */
export function createFakePusherPhone(calls: readonly string[] = Object.keys(PUSHER_CALL_OPTIONS)): FakePusherPhone {
  const doing = new Set<'sending' | 'previewing'>()
  const all: Record<string, Method> = {
    ...methods(calls),
    getMaxZoom: method('getMaxZoom', () => ({ maxZoom: 4 })),
  }
  const phone: FakePusherPhone = {
    doing,
    isInBackground: false,
    context: {
      ...Object.fromEntries(calls.map(name => [name, all[name]])),
      ...methods(['pause', 'resume', 'switchCamera']),
      start: method('start', () => void doing.add('sending')),
      stop: method('stop', () => {
        if (phone.isInBackground)
          return BACKGROUND
        doing.clear()
      }),
      startPreview: method('startPreview', () => void doing.add('previewing')),
      stopPreview: method('stopPreview', () => void doing.delete('previewing')),
      snapshot: method('snapshot', () => ({ tempImagePath: 'wxfile://snapshot.jpg', width: 720, height: 1280 })),
    },
  }
  return phone
}

export interface FakePlayerPhone {
  readonly context: Record<string, Method>
  readonly doing: ReadonlySet<'playing'>
}

export function createFakePlayerPhone(calls: readonly string[] = Object.keys(PLAYER_CALL_OPTIONS)): FakePlayerPhone {
  const doing = new Set<'playing'>()
  const all: Record<string, Method> = {
    ...methods(calls),
    snapshot: method('snapshot', () => ({ tempImagePath: 'wxfile://snapshot.jpg', width: 720, height: 1280 })),
  }
  return {
    doing,
    context: {
      ...Object.fromEntries(calls.map(name => [name, all[name]])),
      ...methods(['pause', 'resume']),
      play: method('play', () => void doing.add('playing')),
      stop: method('stop', () => void doing.delete('playing')),
    },
  }
}
