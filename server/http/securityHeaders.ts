import type { RequestHandler } from 'express'
import type { Domains } from '../domains'
import helmet from 'helmet'

export interface SecurityHeadersOptions {
  /** Whom the app talks to, when that is another name than the page's. */
  readonly domains: Domains
  /** The tools may play and publish at any address that a person gives them. */
  readonly reachesAnywhere: boolean
}

/**
 * What a browser may do with our pages: our own scripts, workers made from blobs (the players' demuxers), connections
 * to this server by HTTP and WebSocket under the name it was asked by and to the clouds that it is set up for, and
 * nothing framed elsewhere.
 */
export function securityHeaders({ domains, reachesAnywhere }: SecurityHeadersOptions): RequestHandler[] {
  const anywhere = ['http:', 'https:', 'ws:', 'wss:']
  const connected = new Set([...domains.request, ...domains.socket, ...domains.media])
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ['\'self\''],
          baseUri: ['\'self\''],
          connectSrc: ['\'self\'', request => socketSource(request.headers.host), ...reachesAnywhere ? anywhere : connected],
          fontSrc: ['\'self\'', 'data:'],
          formAction: ['\'self\''],
          frameAncestors: ['\'self\''],
          imgSrc: ['\'self\'', 'data:', 'blob:', ...domains.download],
          mediaSrc: ['\'self\'', 'blob:', ...reachesAnywhere ? anywhere : domains.media],
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
