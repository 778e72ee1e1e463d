type Call<Result = unknown> = (options: { success?: (result: Result) => void, fail?: () => void }) => void

/** What we use of LivePusherContext besides `call`. */
export interface NativePusherContext {
  start: Call
  stop: Call
  pause: Call
  resume: Call
  startPreview: Call
  stopPreview: Call
  switchCamera: Call
  snapshot: (options: { quality: 'compressed', success: (result: { tempImagePath: string }) => void, fail: () => void }) => void
}
