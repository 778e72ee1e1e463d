/** Child process: the media engine with its WebRTC, FLV and RTMP doors. */
import { startRtcServer } from '../../server/media/embedded/rtc/testing/rtcServer'
import { answer } from '../fanout/child'
import { usage } from '../fanout/usage'

answer(async () => {
  const { url, rtmpUrl } = await startRtcServer()
  return ({ what }: { what: 'address' | 'usage' }) => what === 'usage' ? usage() : { url, rtmpUrl }
})
