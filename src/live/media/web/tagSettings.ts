/** Props and attributes of a tag as one: an attribute that is given outweighs what this app chooses itself. */
import type { Attribute, TagValues } from '../tags/attribute'
import type { CaptureSettings } from './devices'
import type { PlayerProps, PusherProps } from '@/src/live/components/media'
import { readWanted } from '../tags/attribute'
import { PLAYER_ATTRIBUTES } from '../tags/playerTag'
import { PUSHER_ATTRIBUTES } from '../tags/pusherTag'

export type PlayerSettings = Pick<PlayerProps, 'mode' | 'isMuted' | 'objectFit'> & { readonly isTurned: boolean }

export function pusherSettings({ attributes = {}, ...props }: PusherProps): CaptureSettings {
  const tag = readWanted(PUSHER_ATTRIBUTES, attributes)
  return {
    source: tag.enableCamera === false ? 'none' : props.source,
    quality: props.quality,
    facing: tag.devicePosition ?? props.facing,
    cameraId: props.cameraId,
    microphoneId: props.microphoneId,
    tag,
  }
}

export function playerSettings({ attributes = {}, ...props }: PlayerProps): PlayerSettings {
  const tag = readWanted(PLAYER_ATTRIBUTES, attributes)
  return {
    mode: tag.mode === undefined ? props.mode : tag.mode === 'RTC' ? 'lowLatency' : 'live',
    isMuted: tag.muted ?? props.isMuted,
    objectFit: tag.objectFit === undefined ? props.objectFit : tag.objectFit === 'contain' ? 'contain' : 'cover',
    isTurned: tag.orientation === 'horizontal',
  }
}

/** For diagnostics: the names of attributes whose value makes no sense. Empty when all make sense. */
export function refusedAttributes<Table extends Record<string, Attribute<unknown>>>(table: Table, attributes: Partial<TagValues<Table>> = {}): string {
  const names: string[] = []
  readWanted(table, attributes, name => names.push(String(name)))
  return names.join(', ')
}

/** What differs, by value. */
export function changesOf<Value extends object>(next: Value, before: Value): Partial<Value> {
  const isSame = (key: string, value: unknown) => JSON.stringify(before[key as keyof Value]) === JSON.stringify(value)
  return Object.fromEntries(Object.entries(next).filter(([key, value]) => !isSame(key, value))) as Partial<Value>
}
