/** What the build knows. */
interface ImportMetaEnv {
  /** Mini-programs: the server's origin. */
  readonly VITE_SERVER_URL?: string
}

interface ImportMeta {
  readonly env: ImportMetaEnv
}
