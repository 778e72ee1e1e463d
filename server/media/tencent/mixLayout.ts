/** A stage in the words of CreateCommonMixStream (https://cloud.tencent.com/document/api/267/43404). Pure. */
import type { CanvasShape, Tile } from '../../../shared/domain/layout'
import type { Mix, MixGuest } from '../MediaProvider'
import { canvasShapeOf, guestTile } from '../../../shared/domain/layout'
import { streamNameOf } from './streamName'

/** Of a picture in pixels; 0 where the cloud does not know it (yet). */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

export interface CommonMixStream {
  /** At most 80 letters, digits and `_`. */
  readonly MixStreamSessionId: string
  readonly InputStreamList: readonly CommonMixInput[]
  readonly OutputParams: { readonly OutputStreamName: string, readonly OutputStreamType: 0 | 1 }
}

export interface CommonMixInput {
  readonly InputStreamName: string
  readonly LayoutParams: {
    /** 1 is the background; no number twice. */
    readonly ImageLayer: number
    readonly InputType?: InputType
    /** Pixels; with a background of unknown size parts of it, 0.01 to 0.99. */
    readonly ImageWidth?: number
    readonly ImageHeight?: number
    readonly LocationX?: number
    readonly LocationY?: number
  }
  /** The part of the input that is shown, in its own pixels: else it would be stretched into its place. */
  readonly CropParams?: { readonly CropWidth: number, readonly CropHeight: number, readonly CropStartLocationX: number, readonly CropStartLocationY: number }
}

const INPUT = { soundAndPicture: 0, sound: 4, picture: 5 } as const
type InputType = typeof INPUT[keyof typeof INPUT]

/** A stream of its own, not in the place of one of the inputs. */
const NEW_STREAM = 1
/** Where nothing is known of the anchor's picture, most likely a phone sent it. */
const USUAL_SHAPE: CanvasShape = 'portrait'

/** @param streamId of the mixed stream; its name is its session's, too @param sizeOf what is known of a stream's picture */
export function commonMixOf(streamId: string, { anchorStreamId, guests }: Mix, sizeOf: (streamId: string) => PictureSize): CommonMixStream {
  const size = sizeOf(anchorStreamId)
  const canvas = isKnown(size) ? { width: even(size.width), height: even(size.height) } : undefined
  return {
    MixStreamSessionId: streamNameOf(streamId),
    InputStreamList: [
      { InputStreamName: streamNameOf(anchorStreamId), LayoutParams: { ImageLayer: 1, InputType: INPUT.soundAndPicture, ...(canvas && { ImageWidth: canvas.width, ImageHeight: canvas.height }) } },
      ...guests.flatMap(guest => inputOf(guest, canvas, sizeOf(guest.streamId))),
    ],
    OutputParams: { OutputStreamName: streamNameOf(streamId), OutputStreamType: NEW_STREAM },
  }
}

/** Nothing of a guest who is neither seen nor heard. */
function inputOf({ streamId, seat, hasPicture, hasSound }: MixGuest, canvas: PictureSize | undefined, picture: PictureSize): CommonMixInput[] {
  const InputStreamName = streamNameOf(streamId)
  const ImageLayer = seat + 1
  if (!hasPicture)
    return hasSound ? [{ InputStreamName, LayoutParams: { ImageLayer, InputType: INPUT.sound } }] : []
  const { place, corner } = canvas ? inPixels(guestTile(seat, canvasShapeOf(canvas)), canvas) : inParts(guestTile(seat, USUAL_SHAPE))
  const crop = canvas && cropOf(picture, place)
  return [{
    InputStreamName,
    LayoutParams: {
      ImageLayer,
      InputType: hasSound ? INPUT.soundAndPicture : INPUT.picture,
      ImageWidth: place.width,
      ImageHeight: place.height,
      LocationX: corner.x,
      LocationY: corner.y,
    },
    ...(crop && { CropParams: crop }),
  }]
}

function inPixels({ x, y, width, height }: Tile, canvas: PictureSize) {
  return {
    place: { width: even(width * canvas.width), height: even(height * canvas.height) },
    corner: { x: Math.round(x * canvas.width), y: Math.round(y * canvas.height) },
  }
}

function inParts({ x, y, width, height }: Tile) {
  return { place: { width: part(width), height: part(height) }, corner: { x: part(x), y: part(y) } }
}

/** From the middle, as much as fits the shape of the place; undefined: all of it. */
function cropOf(picture: PictureSize, place: PictureSize): CommonMixInput['CropParams'] {
  if (!isKnown(picture))
    return undefined
  const scale = Math.max(place.width / picture.width, place.height / picture.height)
  const width = Math.min(picture.width, even(place.width / scale))
  const height = Math.min(picture.height, even(place.height / scale))
  if (width === picture.width && height === picture.height)
    return undefined
  return { CropWidth: width, CropHeight: height, CropStartLocationX: Math.floor((picture.width - width) / 2), CropStartLocationY: Math.floor((picture.height - height) / 2) }
}

const isKnown = ({ width, height }: PictureSize): boolean => width > 0 && height > 0
/** Colour is stored for two by two pixels. */
const even = (length: number): number => Math.max(2, Math.round(length / 2) * 2)
const part = (share: number): number => Math.round(share * 10_000) / 10_000
