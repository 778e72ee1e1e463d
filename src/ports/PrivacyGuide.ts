/** What WeChat makes a person agree to before a mini-program may use camera, microphone or album. Elsewhere there is none. */
export interface PrivacyGuide {
  /** The name of the guide that is still to be agreed to; undefined when nothing is. Never rejects. */
  pending: () => Promise<string | undefined>
  /** Shows its text. */
  open: () => void
  /** In the middle of a tap: WeChat's own question, where there is one to ask. Resolves with whether it is agreed to. */
  require: () => Promise<boolean>
}
