/** A media engine that mixes, and people who publish to it. */
import type { TestMedia } from '../../embedded/testing/mediaServer'
import type { Mix, MixGuest } from '../../MediaProvider'
import type { Recording } from './recordStream'
import { person, startEncoder } from '../../embedded/testing/ffmpeg'
import { startTestMedia } from '../../embedded/testing/mediaServer'
import { until } from '../../embedded/testing/until'
import { MIX_QUALITIES } from '../quality'
import { colourAt } from './recordStream'

export const ROOM = 'r23456'
export const MIXED = `${ROOM}-umix`
export const ANCHOR = `${ROOM}-uanchor`
export const GUEST = `${ROOM}-uguest`
export const OTHER = `${ROOM}-uother`

export const HZ = { [ANCHOR]: 440, [GUEST]: 1000, [OTHER]: 1700 } as const
const MIXING = { command: process.env.FFMPEG_PATH ?? 'ffmpeg', quality: MIX_QUALITIES['360p'], maxRooms: 1 }

export interface TestStage extends TestMedia {
  readonly log: string[]
  readonly events: string[]
}

export async function startStage(): Promise<TestStage> {
  const log: string[] = []
  const media = await startTestMedia({ mixing: MIXING, log: message => log.push(message) })
  const events: string[] = []
  media.provider.onEvent(({ type, streamId }) => {
    if (streamId === MIXED)
      events.push(type)
  })
  return { ...media, log, events }
}

/** The anchor upright in red, the guest in lime, the other in blue; resolves when they are on air. */
export async function publish({ hub, pushUrl }: TestMedia, ...people: (keyof typeof HZ)[]) {
  const looks = { [ANCHOR]: ['red', '360x640'], [GUEST]: ['lime', '320x180'], [OTHER]: ['blue', '240x320'] } as const
  const encoders = people.map(streamId => startEncoder(pushUrl(streamId), person(looks[streamId][0], HZ[streamId], looks[streamId][1])))
  await until(() => people.every(streamId => hub.find(streamId)?.videoHeader && hub.find(streamId)?.audioHeader))
  return encoders
}

/** Answers for how long in ms nothing came from somebody, at worst so far: on a busy machine a mix is as smooth as its people. */
export function watchArrivals({ hub }: TestMedia, streamId: string): () => number {
  let lastAt = performance.now()
  let longest = 0
  const arrived = () => {
    longest = Math.max(longest, performance.now() - lastAt)
    lastAt = performance.now()
  }
  hub.find(streamId)!.attach({ isConverter: true, start() {}, receive: arrived, end() {} })
  return () => longest
}

export const seat = (streamId: string, number: MixGuest['seat'], hasPicture = true): MixGuest => ({ streamId, seat: number, hasPicture, hasSound: true })
export const mixOf = (...guests: MixGuest[]): Mix => ({ anchorStreamId: ANCHOR, guests })

/** The colours at the anchor's place and at the seats' 1, 2 and 3 of an upright canvas. */
export function coloursOf(recording: Recording, picture: Buffer): string {
  return ([[0.3, 0.3], [5 / 6, 490 / 640], [5 / 6, 310 / 640], [5 / 6, 130 / 640]] as const).map(([x, y]) => colourAt(recording, picture, x, y)).join(' ')
}

/** What can be seen one after the other, for at least 80 ms each. */
export function scenesOf(recording: Recording): string[] {
  const seen = recording.pictures.map(picture => coloursOf(recording, picture))
  return seen.filter((scene, index) => scene === seen[index + 1] && scene !== seen[index - 1]).filter((scene, index, scenes) => scene !== scenes[index - 1])
}

export const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))
