/** What MediaPusher and MediaPlayer are given, and what they emit, in order. */
import type { PlayerEmits, PlayerProps, PusherEmits, PusherProps } from '../media'

export const PUSHER_PROPS: PusherProps = { rtmp: 'rtmp://media.test/live/r1-u1?txSecret=abc', whip: 'http://media.test/whip/r1-u1?txSecret=abc', source: 'camera', quality: 'HD', facing: 'front', cameraId: '', microphoneId: '', isMirrored: true, isMuted: false }
export const PLAYER_PROPS: PlayerProps = { urls: { flv: 'http://media.test/live/r1-u1.flv?txSecret=abc', rtmp: '', expiresAt: 0 }, mode: 'live', isMuted: false, volume: 1, objectFit: 'cover' }

export const PUSHER_EVENTS: readonly (keyof PusherEmits)[] = ['status', 'problem', 'statistics', 'preview', 'sourceEnded', 'devices', 'trouble', 'bgm', 'volume', 'pictureInPicture', 'diagnostic']
export const PLAYER_EVENTS: readonly (keyof PlayerEmits)[] = ['status', 'problem', 'statistics', 'size', 'autoplayMuted', 'trouble', 'fullscreen', 'volume', 'pictureInPicture', 'casting', 'diagnostic']

/** Listeners for `mount` that write down all of these. */
export function record<Event extends string>(events: readonly Event[], told: (readonly [Event, unknown])[]) {
  return Object.fromEntries(events.map(event => [`on${event[0].toUpperCase()}${event.slice(1)}`, (detail: unknown) => told.push([event, detail])]))
}
