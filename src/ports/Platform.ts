/** The little that screens ask of the device they run on. */
export interface Platform {
  /** The system's language tag, such as `zh-CN` or `en-GB`. */
  readonly language: string
  /** Where the server is: an origin without a slash at the end. */
  readonly serverUrl: string
  readonly appVersion: string
  /** WeChat's developer tools, which have no live tags; a phone finds out by using them. */
  readonly isDevTools: boolean
  /** The picture's quality until the person chooses another: what phones send with guests on stage, or what desks can. */
  readonly usualQuality: 'SD' | 'HD'
  /** Now, whether anybody listens or not. */
  isOnline: () => boolean
  /** Called when the network comes or goes; returns what stops. */
  onNetwork: (listener: (isOnline: boolean) => void) => () => void
  /** Puts a text on the clipboard; false when that is not allowed. */
  copy: (text: string) => Promise<boolean>
  /** Opens the server's documents; undefined where there is no browser for them. */
  readonly openDocs: (() => void) | undefined
}
