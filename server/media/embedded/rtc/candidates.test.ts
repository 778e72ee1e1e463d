import { describe, expect, it } from 'vitest'
import { candidateAddresses, hostAddresses, writeCandidates } from './candidates'

describe('candidateAddresses', () => {
  it.each([
    ['a peer of the network', { isLoopback: false, hosts: ['192.0.2.5'] }, ['192.0.2.5']],
    ['a peer of this machine', { isLoopback: true, hosts: ['192.0.2.5'] }, ['127.0.0.1', '192.0.2.5']],
    ['a machine without a network', { isLoopback: false, hosts: [] }, ['127.0.0.1']],
    ['a machine behind a router', { isLoopback: false, publicIp: '198.51.100.1', hosts: ['10.0.0.2'] }, ['198.51.100.1', '10.0.0.2']],
    ['a machine with its public address', { isLoopback: false, publicIp: '198.51.100.1', hosts: ['198.51.100.1'] }, ['198.51.100.1']],
  ])('[RT17] %s', (_, options, expected) => expect(candidateAddresses(options)).toEqual(expected))
})

it('[RT17] the socket\'s one candidate becomes one for each address, the first preferred', () => {
  const sdp = ['m=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=candidate:626da 1 udp 2116026367 127.0.0.1 41000 typ host', 'a=end-of-candidates', ''].join('\r\n')
  const lines = writeCandidates(sdp, ['198.51.100.1', '10.0.0.2']).split('\r\n')
  expect(lines).toEqual([
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'a=candidate:1 1 udp 2130706431 198.51.100.1 41000 typ host',
    'a=candidate:2 1 udp 2130706175 10.0.0.2 41000 typ host',
    'a=end-of-candidates',
    '',
  ])
})

it('[RT17] this machine\'s own addresses are IPv4 and not loopback', () => {
  expect(hostAddresses().every(address => /^\d+\.\d+\.\d+\.\d+$/.test(address) && !address.startsWith('127.'))).toBe(true)
})
