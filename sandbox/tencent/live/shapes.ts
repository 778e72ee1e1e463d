/** What each action takes; a field that is missing, or that there is none of, is refused. */
import * as v from 'valibot'

const NAME_MAX = 80
/** Of streams that are mixed, and of sessions. */
const mixName = v.pipe(v.string(), v.regex(/^\w{1,80}$/))
const streamName = v.pipe(v.string(), v.minLength(1), v.maxLength(NAME_MAX))
const wholeNumber = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))
const place = { DomainName: v.string(), AppName: v.string(), StreamName: streamName }
const utc = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/))
/** Pixels, or a part of the background. */
const length = v.union([wholeNumber(0, 2000), v.pipe(v.number(), v.minValue(0.01), v.maxValue(0.99))])
const pixels = wholeNumber(0, 2000)

export const CommonMixInput = v.strictObject({
  InputStreamName: mixName,
  LayoutParams: v.strictObject({
    ImageLayer: wholeNumber(1, 16),
    InputType: v.optional(v.picklist([0, 2, 3, 4, 5]), 0),
    ImageWidth: v.optional(length),
    ImageHeight: v.optional(length),
    LocationX: v.optional(length, 0),
    LocationY: v.optional(length, 0),
    Color: v.optional(v.pipe(v.string(), v.regex(/^0x[0-9a-f]{6}$/i))),
    WatermarkId: v.optional(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
  }),
  CropParams: v.optional(v.strictObject({ CropWidth: pixels, CropHeight: pixels, CropStartLocationX: v.optional(pixels, 0), CropStartLocationY: v.optional(pixels, 0) })),
})
export type CommonMixInput = v.InferOutput<typeof CommonMixInput>

export const ACTIONS = {
  DropLiveStream: v.strictObject(place),
  ForbidLiveStream: v.strictObject({ ...place, ResumeTime: v.optional(utc), Reason: v.optional(v.pipe(v.string(), v.maxLength(2048))) }),
  ResumeLiveStream: v.strictObject(place),
  DescribeLiveStreamState: v.strictObject(place),
  DescribeLiveStreamOnlineList: v.strictObject({
    DomainName: v.optional(v.string()),
    AppName: v.optional(v.string()),
    PageNum: v.optional(wholeNumber(1, 10_000), 1),
    PageSize: v.optional(wholeNumber(10, 100), 10),
    StreamName: v.optional(streamName),
  }),
  CreateCommonMixStream: v.strictObject({
    MixStreamSessionId: mixName,
    InputStreamList: v.pipe(v.array(CommonMixInput), v.minLength(1), v.maxLength(16)),
    OutputParams: v.strictObject({
      OutputStreamName: mixName,
      OutputStreamType: v.optional(v.picklist([0, 1]), 0),
      OutputStreamBitRate: v.optional(wholeNumber(1, 10_000)),
      OutputStreamGop: v.optional(wholeNumber(1, 10)),
      OutputStreamFrameRate: v.optional(wholeNumber(1, 60)),
      OutputAudioBitRate: v.optional(wholeNumber(1, 500)),
    }),
  }),
  CancelCommonMixStream: v.strictObject({ MixStreamSessionId: mixName }),
  DescribeLiveDomains: v.strictObject({ DomainType: v.optional(v.picklist([0, 1])), PageNum: v.optional(wholeNumber(1, 100_000), 1), PageSize: v.optional(wholeNumber(10, 100), 10) }),
  DescribeLivePushAuthKey: v.strictObject({ DomainName: v.string() }),
  DescribeLivePlayAuthKey: v.strictObject({ DomainName: v.string() }),
} as const

export type Action = keyof typeof ACTIONS
/** What the console shows, asked by the API. */
export type ConsoleAction = Extract<Action, 'DescribeLiveDomains' | 'DescribeLivePushAuthKey' | 'DescribeLivePlayAuthKey'>
export type Parameters<Name extends Action> = v.InferOutput<typeof ACTIONS[Name]>

export const isAction = (name: string): name is Action => name in ACTIONS
