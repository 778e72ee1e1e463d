import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../testing/VirtualClock'
import { signStream } from '../urlAuth'
import { createSrsUrls } from './srsUrls'
import { PLAY_KEY, PUSH_KEY, SETTINGS, STREAM } from './testing/SrsWorld'

const clock = new VirtualClock(1_790_000_000_999)
const EXPIRES_AT = 1_790_000_060_000
const urls = createSrsUrls({ settings: SETTINGS, pushKey: PUSH_KEY, playKey: PLAY_KEY, clock })

describe('uRLs of SRS', () => {
  it('[SR1] publish at its RTMP address and by WHIP, signed with the push key', () => {
    const signature = signStream(PUSH_KEY, STREAM, EXPIRES_AT)
    expect(urls.push(STREAM, 60_000)).toEqual({
      streamId: STREAM,
      rtmp: `rtmp://srs.example.com:1935/live/${STREAM}?${signature}`,
      rtmpServer: 'rtmp://srs.example.com:1935/live',
      rtmpKey: `${STREAM}?${signature}`,
      whip: `https://rtc.example.com:1990/rtc/v1/whip/?app=live&stream=${STREAM}&${signature}`,
      expiresAt: EXPIRES_AT,
    })
  })

  it('[SR1] play from its HTTP address, by RTMP and by WHEP, signed with the play key', () => {
    const signature = signStream(PLAY_KEY, STREAM, EXPIRES_AT)
    expect(urls.play(STREAM, 60_000)).toEqual({
      flv: `https://srs.example.com/live/${STREAM}.flv?${signature}`,
      hls: `https://srs.example.com/live/${STREAM}.m3u8?${signature}`,
      rtmp: `rtmp://srs.example.com:1935/live/${STREAM}?${signature}`,
      whep: `https://rtc.example.com:1990/rtc/v1/whep/?app=live&stream=${STREAM}&${signature}`,
      expiresAt: EXPIRES_AT,
    })
  })

  it('[SR1] have no WebRTC without SRS_RTC_URL', () => {
    const { push, play } = createSrsUrls({ settings: { ...SETTINGS, rtcUrl: null }, pushKey: PUSH_KEY, playKey: PLAY_KEY, clock })
    expect(push(STREAM, 60_000)).not.toHaveProperty('whip')
    expect(play(STREAM, 60_000)).not.toHaveProperty('whep')
  })
})
