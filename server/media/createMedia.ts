import type { Logger } from 'pino'
import type { Clock } from '../clock'
import type { Config } from '../config'
import type { Media } from './Media'
import type { CanPublish } from './MediaProvider'
import { createEmbeddedMedia } from './embedded/embeddedMedia'
import { prepareMixing } from './mixer/prepareMixing'
import { createSrsMedia } from './srs/srsMedia'
import { createTencentMedia } from './tencent/tencentMedia'

export interface CreateMediaOptions {
  readonly config: Pick<Config, 'host' | 'rtmpPort' | 'keys' | 'media'>
  readonly clock: Clock
  readonly log: Logger
  readonly canPublish: CanPublish
  /** What an operator should know, once, after a start that succeeds. */
  readonly notice: (message: string) => void
}

/** The media world that the configuration asks for. */
export async function createMedia({ config: { host, rtmpPort, keys, media }, clock, log, canPublish, notice }: CreateMediaOptions): Promise<Media> {
  const parts = { pushKey: keys.push, playKey: keys.play, clock, canPublish, log: (message: string) => log.info({ part: 'media' }, message) }
  switch (media.provider.kind) {
    case 'embedded': return createEmbeddedMedia({
      ...parts,
      rtmpPort,
      host,
      udpPorts: media.udpPorts,
      publicIp: media.publicIp,
      limits: media.limits,
      mixing: await prepareMixing(media.mixing, notice),
    })
    case 'tencent': return createTencentMedia({
      settings: media.provider,
      pushKey: keys.push,
      playKey: keys.play,
      clock,
      log: log.child({ part: 'media' }),
      canPublish,
      isMixing: media.mixing !== null,
    })
    case 'srs': return createSrsMedia({
      settings: media.provider,
      pushKey: keys.push,
      playKey: keys.play,
      clock,
      log: log.child({ part: 'media' }),
      canPublish,
    })
  }
}
