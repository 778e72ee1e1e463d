/** Kinds of values that an environment variable may hold. Each message completes the sentence "<VARIABLE> …". */
import { isIP } from 'node:net'
import * as v from 'valibot'

export const oneOf = <const Options extends readonly string[]>(options: Options) => v.picklist(options, `must be one of ${options.join(', ')}`)
export const onOff = (fallback: '0' | '1') => v.pipe(v.optional(oneOf(['0', '1']), fallback), v.transform(text => text === '1'))
export const wholeNumber = (min: number, max: number) => v.pipe(v.string(), v.regex(/^\d+$/, `must be a whole number from ${min} to ${max}`), v.transform(Number), v.minValue(min, `must be at least ${min}`), v.maxValue(max, `must be at most ${max}`))
export const port = (fallback: number) => v.optional(wholeNumber(0, 65_535), String(fallback))
export const secret = (min: number) => v.optional(v.pipe(v.string(), v.minLength(min, `must have at least ${min} characters; "openssl rand -hex 32" makes a good one`)))
/** A key that a console shows. */
export const keyFrom = (console: string, min = 8) => v.optional(v.pipe(v.string(), v.regex(/^[\x21-\x7E]+$/, `has characters that no key has: copy it again from ${console}`), v.minLength(min, `is too short: copy it again from ${console}`)))
export const limits = (defaults: Readonly<Record<string, { readonly env: string, readonly value: number }>>) => Object.fromEntries(Object.values(defaults).map(({ env, value }) => [env, v.optional(wholeNumber(1, Number.MAX_SAFE_INTEGER), String(value))]))

/** The address of a server, without a path: its origin. */
export function origin(protocols: readonly string[], example: string) {
  return v.pipe(
    v.string(),
    v.check(text => URL.canParse(text) && protocols.includes(new URL(text).protocol), `must be an address such as ${example}`),
    v.check(isOpen, `must be an address without a name and a password, such as ${example}`),
    v.transform(text => new URL(text)),
    v.check(url => /^\/?$/.test(url.pathname) && url.search === '', `must be an address without a path, such as ${example}`),
    v.transform(url => `${url.protocol}//${url.host}`),
  )
}

/** An address with its path; a slash at its end is taken off. */
export function address(protocols: readonly string[], example: string) {
  return v.pipe(
    v.string(),
    v.check(text => URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).search === '', `must be an address such as ${example}`),
    v.check(isOpen, `must be an address without a name and a password, such as ${example}`),
    v.transform(text => text.replace(/\/$/, '')),
  )
}

/** Without credentials: fetch refuses such an address, and logs and answers would show it. */
function isOpen(text: string): boolean {
  const { username, password } = URL.canParse(text) ? new URL(text) : { username: '', password: '' }
  return username === '' && password === ''
}

/** The name of a host; with a port for a double on this machine. */
export function domain(example: string) {
  return v.pipe(
    v.string(),
    v.regex(/^[a-z\d](?:[a-z\d.-]*[a-z\d])?(?::\d{1,5})?$/i, `must be a domain such as ${example}, without "http://" and without a path`),
    v.transform(text => text.toLowerCase()),
  )
}

export const portRange = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}-\d{1,5}$/, 'must be a range of UDP ports such as 50000-50100'),
  v.transform(text => text.split('-').map(Number) as [number, number]),
  v.check(([first, last]) => first >= 1024 && last <= 65_535 && first < last, 'must be a rising range between 1024 and 65535'),
)

/** Proxies in front of us: how many, or which (addresses, subnets, `loopback`), as Express' `trust proxy` takes it. */
export const trustProxy = v.pipe(
  v.string(),
  v.check(text => /^(?:\d|loopback|uniquelocal)$/.test(text) || text.split(',').every(isSubnet), 'must be the number of proxies in front of the server (0 to 9), or their addresses separated by commas'),
  v.transform(text => /^\d$/.test(text) ? Number(text) : text),
)

/** An IP address, or one with the length of its prefix. */
function isSubnet(text: string): boolean {
  const [address, prefix = '1', ...rest] = text.split('/')
  const bits = isIP(address) === 6 ? 128 : 32
  return isIP(address) !== 0 && /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= bits && rest.length === 0
}
