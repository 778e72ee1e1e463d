/** The addresses of a test stream, one by one. Pure. */
import type { AddressKind } from './address'
import type { TestStream } from '@/shared/protocol/testStream'
import { KIND_NAMES } from './toolWords'

export interface TestAddress {
  readonly id: string
  readonly kind: AddressKind
  /** As people know it. */
  readonly name: string
  readonly isPublish: boolean
  readonly url: string
}

const KINDS = { publish: ['rtmp', 'whip'], play: ['flv', 'wsFlv', 'rtmp', 'whep', 'leb', 'hls'] } as const

/** Those that the server gave, to play before to publish. */
export function testAddresses({ play, publish }: TestStream): readonly TestAddress[] {
  return [
    ...KINDS.play.map(kind => ({ id: `play ${kind}`, kind, isPublish: false, url: play[kind] })),
    ...KINDS.publish.map(kind => ({ id: `publish ${kind}`, kind, isPublish: true, url: publish[kind] })),
  ].flatMap(({ url, ...address }) => url === undefined ? [] : [{ ...address, url, name: KIND_NAMES[address.kind] }])
}
