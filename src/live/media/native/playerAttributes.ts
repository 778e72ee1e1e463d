/** What <live-player> is told. Pure. */
import type { PlayerAttribute, PlayerTag } from '../tags/playerTag'
import type { PlayerProps } from '@/src/live/components/media'
import { readTag, readWanted } from '../tags/attribute'
import { PLAYER_ATTRIBUTES } from '../tags/playerTag'

const USUAL = readTag(PLAYER_ATTRIBUTES, {})

/** On the mic every tenth of a second counts. */
const LOW_LATENCY = { mode: 'RTC', minCache: 0.1, maxCache: 0.3 } as const
/** Another page over this one leaves the picture in a small window. */
const LIVE = { mode: 'live', minCache: 1, maxCache: 3, pictureInPictureMode: ['push'] } as const

/**
 * The usual values, over them what this app chooses, over that what `props.attributes` wants.
 *
 * @param props the component's
 * @param src the address of the way that is played at the moment
 * @param refuse hears the names of attributes whose value makes no sense; the app's choice stays
 */
export function playerAttributes(props: PlayerProps, src: string, refuse?: (name: PlayerAttribute) => void): PlayerTag {
  const { mode, isMuted, objectFit, attributes = {} } = props
  return {
    ...USUAL,
    ...mode === 'lowLatency' ? LOW_LATENCY : LIVE,
    muted: isMuted,
    objectFit: objectFit === 'cover' ? 'fillCrop' : 'contain',
    ...readWanted(PLAYER_ATTRIBUTES, attributes, refuse),
    src,
  }
}
