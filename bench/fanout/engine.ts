/** Child process: the media engine on an Express server, as in production. */
import { startTestMedia, STREAM } from '../../server/media/embedded/testing/mediaServer'
import { answer } from './child'
import { usage } from './usage'

const DAY_MS = 86_400_000

answer(async () => {
  const media = await startTestMedia()
  const path = media.play(STREAM, DAY_MS).flv.replace(media.origin.http, '')
  return ({ what }: { what: 'address' | 'usage' }) => what === 'usage' ? usage() : { port: media.httpPort, push: media.pushUrl(STREAM, DAY_MS), path }
})
