/** What the build knows. */
interface ImportMetaEnv {
  /** Mini-programs: the server's origin. */
  readonly VITE_SERVER_URL?: string
  /** WeChat: the template of the message that an anchor is live. */
  readonly VITE_WX_TEMPLATE_LIVE?: string
}

interface ImportMeta {
  readonly env: ImportMetaEnv
}
