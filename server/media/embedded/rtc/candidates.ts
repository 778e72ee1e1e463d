import { networkInterfaces } from 'node:os'

export const LOOPBACK = '127.0.0.1'
const CANDIDATE = /^a=candidate:(\S+) (\d) udp \d+ (\S+) (\d+) typ host/
/** RFC 8445, 5.1.2: host candidates, the first address preferred. */
const HOST_PRIORITY = 126 * 2 ** 24

/** This machine's IPv4 addresses on its networks. */
export function hostAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap(addresses => addresses ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address)
}

/**
 * Where a peer may find us: the address known outside our router, our own ones, and loopback for who came by loopback
 * (or for everybody on a machine without a network).
 */
export function candidateAddresses({ publicIp, isLoopback, hosts }: { publicIp?: string, isLoopback: boolean, hosts: readonly string[] }): string[] {
  const reachable = [publicIp, ...hosts].filter(address => address !== undefined)
  return [...new Set(isLoopback || reachable.length === 0 ? [LOOPBACK, ...reachable] : reachable)]
}

/** The one socket of a peer listens on every address; the library's one candidate becomes one for each of `addresses`. */
export function writeCandidates(sdp: string, addresses: readonly string[]): string {
  return sdp.split('\r\n').flatMap((line) => {
    const [, , component, , port] = CANDIDATE.exec(line) ?? []
    if (port === undefined)
      return [line]
    return addresses.map((address, index) => {
      const priority = HOST_PRIORITY + ((65_535 - index) << 8) + 256 - Number(component)
      return `a=candidate:${index + 1} ${component} udp ${priority} ${address} ${port} typ host`
    })
  }).join('\r\n')
}
