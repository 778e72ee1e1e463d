/** What of the insides of mpegts.js 1.8.2 is needed here. */
interface VideoTrack {
  samples: { length: number }[]
  length: number
  sequenceNumber: number
}

interface Demuxer {
  readonly _videoTrack: VideoTrack
  onTrackMetadata: (type: string, metadata: unknown) => void
  onDataAvailable: (audio: unknown, video: VideoTrack) => void
}

interface Remuxer {
  _videoStashedLastSample: VideoTrack['samples'][number] | null
  _remuxVideo: (track: VideoTrack, force: boolean) => void
}

interface Insides {
  readonly _player_engine?: { readonly _transmuxer?: { readonly _controller?: { readonly _demuxer?: Demuxer, readonly _remuxer?: Remuxer } } }
}

const inOrder = new WeakSet<Demuxer>()

/**
 * mpegts.js holds back the one or two pictures of which it does not know yet how long they last. When the pictures' size
 * changes they come out behind the new configuration, where a browser cannot decode them or leaves them out, and the
 * picture stands still at the hole. With this they come out before it. To be called whenever the player has media info.
 */
export function keepPicturesInOrder(player: object): void {
  const { _demuxer: demuxer, _remuxer: remuxer } = (player as Insides)._player_engine?._transmuxer?._controller ?? {}
  if (!demuxer || !remuxer || inOrder.has(demuxer))
    return
  inOrder.add(demuxer)
  putInOrder(demuxer, remuxer)
}

function putInOrder(demuxer: Demuxer, remuxer: Remuxer) {
  const { onTrackMetadata, onDataAvailable } = demuxer
  let pending: { readonly heldPictures: number, readonly announce: () => void } | undefined

  demuxer.onTrackMetadata = (type, metadata) => {
    const heldPictures = demuxer._videoTrack.samples.length
    if (type === 'video' && heldPictures + (remuxer._videoStashedLastSample ? 1 : 0) > 0)
      pending = { heldPictures: pending?.heldPictures ?? heldPictures, announce: () => onTrackMetadata(type, metadata) }
    else
      onTrackMetadata(type, metadata)
  }

  demuxer.onDataAvailable = (audio, video) => {
    if (pending && video.samples.length > pending.heldPictures) { // the next picture tells how long the held ones last
      sendHeld(video, pending.heldPictures)
      pending.announce()
      pending = undefined
    }
    onDataAvailable(audio, video)
  }

  function sendHeld(video: VideoTrack, count: number) {
    const stashed = remuxer._videoStashedLastSample
    const next = video.samples[count]
    const held = [...stashed ? [stashed] : [], ...video.samples.slice(0, count)]
    const track = { ...video, samples: [...held, next], length: bytesOf([...held, next]) }
    remuxer._videoStashedLastSample = null
    remuxer._remuxVideo(track, true)
    remuxer._videoStashedLastSample = null // the next picture, which comes with the others
    video.samples = video.samples.slice(count)
    video.length = bytesOf(video.samples)
    video.sequenceNumber = track.sequenceNumber
  }
}

const bytesOf = (samples: VideoTrack['samples']) => samples.reduce((sum, { length }) => sum + length, 0)
