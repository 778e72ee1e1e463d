import type { RequestHandler } from 'express'
import helmet from 'helmet'

export interface SecurityHeadersOptions {
  /** Where play URLs point to, when that is another name than the page's. */
  readonly publicUrl: string | null
  /** The tools may play and publish at any address that a person gives them. */
  readonly reachesAnywhere: boolean
}

/**
 * What a browser may do with our pages: our own scripts, workers made from blobs (the players' demuxers), connections
 * to this server by HTTP and WebSocket under the name it was asked by, and nothing framed elsewhere.
 */
export function securityHeaders({ publicUrl, reachesAnywhere }: SecurityHeadersOptions): RequestHandler[] {
  const named = publicUrl === null ? [] : [publicUrl, publicUrl.replace(/^http/, 'ws')]
  const elsewhere = reachesAnywhere ? ['http:', 'https:', 'ws:', 'wss:'] : named
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ['\'self\''],
          baseUri: ['\'self\''],
          connectSrc: ['\'self\'', request => socketSource(request.headers.host), ...elsewhere],
          fontSrc: ['\'self\'', 'data:'],
          formAction: ['\'self\''],
          frameAncestors: ['\'self\''],
          imgSrc: ['\'self\'', 'data:', 'blob:', ...named],
          mediaSrc: ['\'self\'', 'blob:', ...elsewhere],
          objectSrc: ['\'none\''],
          scriptSrc: ['\'self\''],
          scriptSrcAttr: ['\'none\''],
          styleSrc: ['\'self\'', '\'unsafe-inline\''], // uni-app sets styles from script
          workerSrc: ['\'self\'', 'blob:'],
        },
      },
      // On the LAN the app is served over plain http, where browsers ignore these two with a warning on every page.
      crossOriginOpenerPolicy: false,
      originAgentCluster: false,
      // Whoever ends TLS in front of us decides this.
      strictTransportSecurity: false,
    }),
    (_request, response, next) => {
      response.set('Permissions-Policy', 'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=()')
      next()
    },
  ]
}

/** Safari does not count WebSockets as 'self'. */
function socketSource(host: string | undefined): string {
  return host !== undefined && /^[\w.:[\]-]+$/.test(host) ? `ws://${host} wss://${host}` : '\'self\''
}
