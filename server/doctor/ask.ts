/** Questions over the network that may find nobody. */
import type { Outcome } from './Finding'
import type { World } from './World'
import { Buffer } from 'node:buffer'
import { isIP } from 'node:net'
import { jsonIn } from '../jsonIn'
import { text, unknown } from './Finding'

const ANSWER_MAX_BYTES = 256 * 1024

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** Undefined: nobody answered. */
export async function ask({ network }: World, address: string, init: RequestInit = {}): Promise<Answer | undefined> {
  try {
    const response = await network.fetch(address, { redirect: 'manual', ...init })
    return { status: response.status, headers: response.headers, body: await read(response) }
  }
  catch {
    return undefined
  }
}

/** As much as a sensible answer has; what streams on is let go. */
async function read(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size > ANSWER_MAX_BYTES)
      break
  }
  return Buffer.concat(chunks).toString()
}

/** Undefined unless the answer is JSON of an object. */
export function readJson(answer: Answer): Readonly<Record<string, unknown>> | undefined {
  const value = jsonIn(answer.body)
  return typeof value === 'object' && value !== null ? value as Record<string, unknown> : undefined
}

export function notReachable(address: string): Outcome {
  const host = URL.canParse(address) ? new URL(address).host : address
  return unknown(text(`从这台机器连不到 ${host}`, `${host} is not reachable from here`), text('换一台能上网的机器再查，或检查防火墙、代理', 'Ask again from a machine that reaches it, or look at firewall and proxy'))
}

/** A name that only this machine or its own network knows: a double, or a first try. */
export function isLocal(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '')
  return isIP(name) !== 0 || name === 'localhost' || name.endsWith('.localhost') || !name.includes('.')
}

/** `play.example.com` of `play.example.com:8443`. */
export const nameOf = (domain: string): string => domain.replace(/:\d+$/, '')
