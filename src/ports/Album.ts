/** Where a person keeps and shows pictures. */
import type { Picture } from './RoomApi'

export interface Album {
  /** `denied` needs the settings. Never rejects. */
  save: (picture: Picture, name: string) => Promise<'saved' | 'denied' | 'cancelled' | 'failed'>
  /** Where the denied permission can be given; resolves when the person is back. */
  openSettings: () => Promise<void>
  /** Opens WeChat's or the system's sharing of a picture; undefined where there is none. Never rejects. */
  readonly share: ((picture: Picture, name: string) => Promise<void>) | undefined
}
