/** What <live-pusher> is told. Pure. */
import type { PusherAttribute, PusherTag } from '../tags/pusherTag'
import type { PusherProps } from '@/src/live/components/media'
import { QUALITIES } from '../quality'
import { readTag, readWanted } from '../tags/attribute'
import { PUSHER_ATTRIBUTES } from '../tags/pusherTag'

const USUAL = readTag(PUSHER_ATTRIBUTES, {})

/**
 * The usual values, over them what this app chooses, over that what `props.attributes` wants; the address is the room's.
 *
 * @param props the component's
 * @param refuse hears the names of attributes whose value makes no sense; the app's choice stays
 */
export function pusherAttributes(props: PusherProps, refuse?: (name: PusherAttribute) => void): PusherTag {
  const { rtmp, source, quality, facing, isMirrored, isMuted, attributes = {} } = props
  const { longSide, shortSide, fps, minKbps, maxKbps } = QUALITIES[quality]
  return {
    ...USUAL,
    mode: 'RTC',
    enableCamera: source !== 'none',
    muted: isMuted,
    devicePosition: facing,
    localMirror: isMirrored ? 'enable' : 'disable',
    aspect: longSide * 3 === shortSide * 4 ? '3:4' : '9:16',
    videoWidth: shortSide,
    videoHeight: longSide,
    fps,
    minBitrate: minKbps,
    maxBitrate: maxKbps,
    enableAns: true,
    audioVolumeType: 'voicecall',
    ...readWanted(PUSHER_ATTRIBUTES, attributes, refuse),
    url: rtmp,
  }
}
