/** Child process: the media engine with many rooms, whose players see the anchors' streams or the rooms' programmes. */
import type { LiveStream } from '../../server/media/embedded/liveStream'
import { FlvTagType } from '../../server/media/embedded/flv'
import { isRefusal } from '../../server/media/embedded/streamHub'
import { startTestMedia } from '../../server/media/embedded/testing/mediaServer'
import { AUDIO_HEADER, picture, VIDEO_HEADER } from '../../server/media/embedded/testing/rtmpPublisher'
import { answer } from '../fanout/child'
import { usage } from '../fanout/usage'

const DAY_MS = 86_400_000

/** `moved`: the programmes have shown something else before, so that their time is not the anchors'. */
export type Way = 'direct' | 'shared' | 'moved'
export type Question = { readonly what: 'open', readonly rooms: number, readonly way: Way } | { readonly what: 'goOver' } | { readonly what: 'usage' }

answer(async () => {
  const media = await startTestMedia()
  const before: LiveStream[] = []

  function openRoom(index: number, way: Way) {
    const roomId = `r${String(index).padStart(5, '2')}`
    const [anchor, mix, programme] = ['uanchor', 'umix', 'uall'].map(userId => `${roomId}-${userId}`)
    media.provider.programme(programme, [mix, anchor])
    if (way === 'moved')
      before.push(showSomethingElse(mix))
    return { push: media.pushUrl(anchor, DAY_MS), path: media.play(way === 'direct' ? anchor : programme, DAY_MS).flv.replace(media.origin.http, '') }
  }

  function showSomethingElse(streamId: string): LiveStream {
    const stream = media.hub.publish(streamId, 'trusted', { id: streamId, kind: 'mix', close: () => {} })
    if (isRefusal(stream))
      throw new Error(stream)
    stream.push(FlvTagType.Video, 0, VIDEO_HEADER)
    stream.push(FlvTagType.Audio, 0, AUDIO_HEADER)
    stream.push(FlvTagType.Video, DAY_MS, picture(true, Buffer.alloc(10)))
    return stream
  }

  return (question: Question) => {
    if (question.what === 'usage')
      return usage()
    if (question.what === 'goOver')
      return before.splice(0).map(stream => media.hub.unpublish(stream))
    return { port: media.httpPort, rooms: Array.from({ length: question.rooms }, (_, index) => openRoom(index, question.way)) }
  }
})
