import type { Request } from 'express'
import type { Origin } from '../media/MediaProvider'
import { BadRequest } from '../errors'

export type OriginOf = (request: Request) => Origin

/**
 * Where the asking client reaches this server: PUBLIC_URL, or the very name it used (a proxy's X-Forwarded-Host and
 * -Proto count where TRUST_PROXY says so). RTMP is on the same host; without a port of our own it is nowhere.
 */
export function createOriginOf({ publicUrl, rtmpPort }: { publicUrl: string | null, rtmpPort: () => number | null }): OriginOf {
  return (request) => {
    const http = publicUrl ?? `${request.protocol}://${request.host}`
    // The Host header comes from the client and goes into URLs.
    if (!/^https?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(http))
      throw BadRequest('The Host header is not a host.')
    return { http, rtmp: `rtmp://${new URL(http).hostname}:${rtmpPort() ?? 0}` }
  }
}
