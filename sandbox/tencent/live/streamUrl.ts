/** `webrtc://<domain>/<app>/<stream>?txSecret=…&txTime=…` */
export interface StreamUrl {
  readonly name: string
  /** As it was signed. */
  readonly query: string
}

/** Undefined when it is none of this domain and application. */
export function parseStreamUrl(text: unknown, domain: string, appName: string): StreamUrl | undefined {
  const [, host, app, name, query] = /^webrtc:\/\/([^/]+)\/([^/]+)\/([\w-]+)\?([\w=&]+)$/.exec(String(text)) ?? []
  return host === domain && app === appName && name !== undefined ? { name, query } : undefined
}
