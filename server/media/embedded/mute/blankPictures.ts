import type { ParameterSets } from '../flvFrames'
import type { PictureSize } from '../rtc/sps'
import { BitWriter } from '../rtc/bits'
import { lowDelaySps } from '../rtc/lowDelaySps'
import { addEmulationPrevention, NalType } from '../rtc/nalUnit'

const BLOCK = 16
/** What level 5.1 allows; nobody publishes more, and a lie about it must not fill the memory. */
const MAX_BLOCKS = 36_864
const USUAL: PictureSize = { width: 640, height: 360 }
/** The lowest level that allows so many macroblocks (ITU-T H.264, table A-1). */
const LEVELS: readonly [blocks: number, level: number][] = [[1620, 30], [3600, 31], [8192, 40], [MAX_BLOCKS, 51]]
/** frame_num counts modulo this. */
const FRAME_NUMBERS = 16
const NAL_REFERENCE = 0x60
/** Slice types (ITU-T H.264, table 7-6), all slices of the picture being so. */
const Slice = { P: 5, I: 7 } as const
/** Intra 16×16, predicted from the mean of its neighbours, without further coefficients (table 7-11). */
const FLAT_BLOCK = 3

/** A black H.264 picture and pictures that repeat it, in constrained baseline: some kilobytes, then a few bytes each. */
export class BlankPictures {
  readonly parameterSets: ParameterSets
  private readonly blocks: number
  private frameNumber = 0
  private idrPictureId = 0

  /** Without a size, or with one that cannot be, pictures of the usual size. */
  constructor(size: PictureSize | undefined) {
    const { width, height } = size && isPossible(size) ? size : USUAL
    const columns = Math.ceil(width / BLOCK)
    const rows = Math.ceil(height / BLOCK)
    this.blocks = columns * rows
    const crop = { right: (columns * BLOCK - width) >> 1, bottom: (rows * BLOCK - height) >> 1 }
    this.parameterSets = { sps: sequence(columns, rows, crop), pps: pictureParameters() }
  }

  /** A picture that needs no other; to be sent behind the parameter sets. */
  key(): Buffer {
    this.frameNumber = 0
    this.idrPictureId ^= 1 // two IDR pictures in a row must differ in it
    const slice = sliceHead(Slice.I, 0).ue(this.idrPictureId).u(0, 2).se(0) // idr_pic_id; how to mark references: as usual; slice_qp_delta
    darkBlock(slice)
    for (let block = 1; block < this.blocks; block++)
      flatBlock(slice).u(1, 1) // no coefficient: as dark as its neighbours
    return nal(NalType.IdrSlice, slice)
  }

  /** The picture before once more: every macroblock is skipped. */
  repeat(): Buffer {
    this.frameNumber = (this.frameNumber + 1) % FRAME_NUMBERS
    return nal(1, sliceHead(Slice.P, this.frameNumber).u(0, 3).se(0).ue(this.blocks)) // usual number, order and marking of references; slice_qp_delta; mb_skip_run
  }
}

const isPossible = ({ width, height }: PictureSize) => width > 1 && height > 1 && Math.ceil(width / BLOCK) * Math.ceil(height / BLOCK) <= MAX_BLOCKS

const nal = (type: number, bits: BitWriter) => Buffer.concat([Buffer.from([NAL_REFERENCE | type]), addEmulationPrevention(bits.finish())])

/** ITU-T H.264, 7.3.2.1.1: constrained baseline, pictures come in the order in which they are shown (pic_order_cnt_type 2). */
function sequence(columns: number, rows: number, crop: { right: number, bottom: number }): Buffer {
  const level = LEVELS.find(([blocks]) => columns * rows <= blocks)![1]
  const bits = new BitWriter().u(66, 8).u(0xC0, 8).u(level, 8).ue(0).ue(0).ue(2).ue(1).u(0, 1).ue(columns - 1).ue(rows - 1).u(1, 1).u(1, 1) // size, frames only, direct_8x8_inference
  if (crop.right + crop.bottom > 0)
    bits.u(1, 1).ue(0).ue(crop.right).ue(0).ue(crop.bottom)
  else
    bits.u(0, 1)
  return lowDelaySps(nal(NalType.Sps, bits.u(0, 1)))!
}

/** ITU-T H.264, 7.3.2.2: CAVLC, one slice group, one reference, QP 26, nothing else. */
const pictureParameters = () => nal(NalType.Pps, new BitWriter().ue(0).ue(0).u(0, 2).ue(0).ue(0).ue(0).u(0, 3).se(0).se(0).se(0).u(0, 3))

/** ITU-T H.264, 7.3.3: from first_mb_in_slice to frame_num. */
const sliceHead = (type: number, frameNumber: number) => new BitWriter().ue(0).ue(type).ue(0).u(frameNumber, 4)

/** mb_type, intra_chroma_pred_mode, mb_qp_delta. */
const flatBlock = (slice: BitWriter) => slice.ue(FLAT_BLOCK).ue(0).se(0)

/**
 * The first macroblock has no neighbours and is predicted as middle grey, 128. One coefficient, the mean, takes it to 16:
 * at QP 26 a level counts 52 sixty-fourths (8.5.10), and 52 × −138 / 64 ≈ −112. In CAVLC (9.2): one coefficient, no
 * trailing one; prefix 15 and 12 bits for the level; no zeros before it.
 */
function darkBlock(slice: BitWriter) {
  const LEVEL = -138
  const levelCode = -2 * LEVEL - 1 - 2 // the first level of a block without trailing ones cannot be ±1
  flatBlock(slice).u(0b000101, 6).u(1, 16).u(levelCode - 30, 12).u(1, 1)
}
