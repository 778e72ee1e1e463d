/** Sessions of CreateCommonMixStream (https://cloud.tencent.com/document/api/267/43404), carried by the engine's own mixer where ffmpeg is there. */
import type { EmbeddedMedia } from '../../../server/media/embedded/embeddedMedia'
import type { SeatNumber } from '../../../shared/domain/layout'
import type { LiveStreams } from './LiveStreams'
import type { CommonMixInput, Parameters } from './shapes'
import { LiveRefusal } from './LiveRefusal'

const AUDIO_ONLY = 4
const VIDEO_ONLY = 5
/** Of pictures and canvases, which are no streams. */
const DRAWN = [2, 3]

export class LiveMixing {
  private readonly outputs = new Map<string, string>()

  constructor(private readonly media: EmbeddedMedia, private readonly streams: LiveStreams) {}

  async create({ MixStreamSessionId, InputStreamList, OutputParams: { OutputStreamName: output, OutputStreamType } }: Parameters<'CreateCommonMixStream'>): Promise<void> {
    const inputs = [...InputStreamList].sort((a, b) => a.LayoutParams.ImageLayer - b.LayoutParams.ImageLayer)
    this.checkLayers(inputs)
    for (const { InputStreamName, LayoutParams } of inputs) {
      if (!DRAWN.includes(LayoutParams.InputType) && !this.streams.isLive(InputStreamName))
        throw new LiveRefusal('FailedOperation.StreamNotExist', `${InputStreamName} is not live.`)
    }
    const present = this.outputs.get(MixStreamSessionId)
    if (present !== undefined && present !== output)
      throw new LiveRefusal('InvalidParameter.SessionOutputStreamChanged', 'The session has another output.')
    const isInput = inputs.some(({ InputStreamName }) => InputStreamName === output)
    if (OutputStreamType === 0 || isInput)
      throw new LiveRefusal('InvalidParameter.InvalidOutputType', 'This double only makes new streams.')
    if (present === undefined && this.streams.isLive(output))
      throw new LiveRefusal('InvalidParameter.InvalidOutputStreamID', `${output} is live already.`)
    if (!this.media.provider.capabilities.mix)
      throw new LiveRefusal('FailedOperation.ProcessMixError', 'There is no ffmpeg on this machine.')
    const [anchor, ...guests] = inputs
    this.outputs.set(MixStreamSessionId, output)
    await this.media.provider.mix(output, {
      anchorStreamId: anchor.InputStreamName,
      guests: guests.map(({ InputStreamName, LayoutParams: { ImageLayer, InputType } }) => ({
        streamId: InputStreamName,
        seat: ImageLayer - 1 as SeatNumber, // the engine's mixer lays pictures by seats
        hasPicture: InputType !== AUDIO_ONLY,
        hasSound: InputType !== VIDEO_ONLY,
      })),
    })
  }

  async cancel(session: string): Promise<void> {
    const output = this.outputs.get(session)
    if (output === undefined)
      throw new LiveRefusal('InvalidParameter.CancelSessionNotExist', 'There is no such session.')
    this.outputs.delete(session)
    await this.media.provider.stopMix(output)
  }

  private checkLayers(inputs: readonly CommonMixInput[]): void {
    const layers = inputs.map(({ LayoutParams }) => LayoutParams.ImageLayer)
    if (layers[0] !== 1 || new Set(layers).size !== layers.length)
      throw new LiveRefusal('InvalidParameter.InvalidLayerParam', 'Layers begin with 1, and none may be there twice.')
    const [{ LayoutParams: background }, ...others] = inputs
    for (const { LayoutParams: { InputType, ImageWidth, ImageHeight, LocationX, LocationY } } of others) {
      if (InputType === AUDIO_ONLY)
        continue
      if (ImageWidth === undefined || ImageHeight === undefined || !fits(LocationX, ImageWidth, background.ImageWidth) || !fits(LocationY, ImageHeight, background.ImageHeight))
        throw new LiveRefusal('InvalidParameter.InvalidLayerParam', 'A picture lies outside of the background.')
    }
  }
}

/** Parts of one, or pixels of a background of known size; a mixture of both says nothing. */
function fits(start: number, length: number, whole: number | undefined): boolean {
  const isPart = length < 1
  if (isPart !== (start < 1 && start !== 0))
    return start === 0
  return start + length <= (isPart ? 1.0001 : whole ?? 0)
}
