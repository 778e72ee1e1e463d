import type { PictureSize } from './mixLayout'
import { describe, expect, it } from 'vitest'
import { commonMixOf } from './mixLayout'

const ANCHOR = 'r23456-u23456'
const GUEST = 'r23456-u34567'
const OTHER = 'r23456-u45678'
const unknown = () => ({ width: 0, height: 0 })
const sizes = (known: Record<string, PictureSize>) => (streamId: string) => known[streamId] ?? unknown()
const seen = { hasPicture: true, hasSound: true }

describe('a stage as Cloud Live mixes it', () => {
  it('[TC10] the anchor fills the canvas, guests lie where layout.ts has them, in pixels', () => {
    const mix = commonMixOf('r23456-umix', { anchorStreamId: ANCHOR, guests: [{ streamId: GUEST, seat: 1, ...seen }, { streamId: OTHER, seat: 3, ...seen }] }, sizes({ [ANCHOR]: { width: 360, height: 640 } }))
    expect(mix).toEqual({
      MixStreamSessionId: 'r23456Xumix',
      InputStreamList: [
        { InputStreamName: 'r23456Xu23456', LayoutParams: { ImageLayer: 1, InputType: 0, ImageWidth: 360, ImageHeight: 640 } },
        { InputStreamName: 'r23456Xu34567', LayoutParams: { ImageLayer: 2, InputType: 0, ImageWidth: 120, ImageHeight: 180, LocationX: 240, LocationY: 400 } },
        { InputStreamName: 'r23456Xu45678', LayoutParams: { ImageLayer: 4, InputType: 0, ImageWidth: 120, ImageHeight: 180, LocationX: 240, LocationY: 40 } },
      ],
      OutputParams: { OutputStreamName: 'r23456Xumix', OutputStreamType: 1 },
    })
  })

  it('[TC10] a lying picture has its own places', () => {
    const { InputStreamList: [, guest] } = commonMixOf('r23456-umix', { anchorStreamId: ANCHOR, guests: [{ streamId: GUEST, seat: 1, ...seen }] }, sizes({ [ANCHOR]: { width: 1280, height: 720 } }))
    expect(guest.LayoutParams).toEqual({ ImageLayer: 2, InputType: 0, ImageWidth: 256, ImageHeight: 202, LocationX: 1024, LocationY: 461 })
  })

  it('[TC10] where the cloud does not know the anchor\'s size, places are parts of it, and the anchor keeps its shape', () => {
    const { InputStreamList: [anchor, guest] } = commonMixOf('r23456-umix', { anchorStreamId: ANCHOR, guests: [{ streamId: GUEST, seat: 1, ...seen }] }, unknown)
    expect(anchor.LayoutParams).toEqual({ ImageLayer: 1, InputType: 0 })
    expect(guest.LayoutParams).toEqual({ ImageLayer: 2, InputType: 0, ImageWidth: 0.3333, ImageHeight: 0.2813, LocationX: 0.6667, LocationY: 0.625 })
    for (const part of [0.3333, 0.2813, 0.6667, 0.625])
      expect(part).toSatisfy(value => Number(value) >= 0.01 && Number(value) <= 0.99)
  })

  it('[TC10] a guest\'s picture is cut to its place from the middle, not stretched', () => {
    const of = (size: PictureSize) => commonMixOf('r23456-umix', { anchorStreamId: ANCHOR, guests: [{ streamId: GUEST, seat: 1, ...seen }] }, sizes({ [ANCHOR]: { width: 360, height: 640 }, [GUEST]: size })).InputStreamList[1].CropParams
    expect(of({ width: 1280, height: 720 })).toEqual({ CropWidth: 480, CropHeight: 720, CropStartLocationX: 400, CropStartLocationY: 0 })
    expect(of({ width: 360, height: 640 })).toEqual({ CropWidth: 360, CropHeight: 540, CropStartLocationX: 0, CropStartLocationY: 50 })
    expect(of({ width: 240, height: 360 })).toBeUndefined()
  })

  it.each([
    ['heard', { hasPicture: false, hasSound: true }, [{ InputStreamName: 'r23456Xu34567', LayoutParams: { ImageLayer: 3, InputType: 4 } }]],
    ['neither seen nor heard', { hasPicture: false, hasSound: false }, []],
  ])('[TC10] a guest who is only %s', (_name, has, inputs) => {
    expect(commonMixOf('r23456-umix', { anchorStreamId: ANCHOR, guests: [{ streamId: GUEST, seat: 2, ...has }] }, unknown).InputStreamList.slice(1)).toEqual(inputs)
  })

  it('[TC10] a guest who is only seen', () => {
    const { InputStreamList: [, guest] } = commonMixOf('r23456-umix', { anchorStreamId: ANCHOR, guests: [{ streamId: GUEST, seat: 2, hasPicture: true, hasSound: false }] }, unknown)
    expect(guest.LayoutParams).toMatchObject({ ImageLayer: 3, InputType: 5 })
  })
})
