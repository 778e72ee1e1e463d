/** A certificate of our own for HTTPS=1: browsers warn once, and then let a phone on the LAN use its camera. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { generate } from 'selfsigned'

export interface Certificate {
  readonly key: string
  readonly cert: string
}

const DAY_MS = 24 * 60 * 60_000
/** iOS takes no certificate that is valid for more than 825 days. */
const VALID_MS = 397 * DAY_MS
const RENEW_BEFORE_MS = 30 * DAY_MS

/** The certificate kept in DATA_DIR, made anew when it runs out or this machine has got another address. */
export async function keptCertificate(dataDir: string, addresses: readonly string[], now: number): Promise<Certificate> {
  const folder = path.join(dataDir, 'tls')
  const files = { key: path.join(folder, 'key.pem'), cert: path.join(folder, 'cert.pem') }
  if (existsSync(files.key) && existsSync(files.cert)) {
    const kept = { key: readFileSync(files.key, 'utf8'), cert: readFileSync(files.cert, 'utf8') }
    if (isGood(kept, addresses, now))
      return kept
  }
  const made = await make(addresses, now)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(files.key, made.key, { mode: 0o600 })
  writeFileSync(files.cert, made.cert, { mode: 0o600 })
  return made
}

function isGood({ key, cert }: Certificate, addresses: readonly string[], now: number): boolean {
  try {
    const certificate = new X509Certificate(cert)
    return certificate.checkPrivateKey(createPrivateKey(key))
      && Date.parse(certificate.validTo) - RENEW_BEFORE_MS > now
      && addresses.every(address => certificate.checkIP(address) !== undefined)
  }
  catch {
    return false // half written: we were killed at the wrong moment
  }
}

async function make(addresses: readonly string[], now: number): Promise<Certificate> {
  const pems = await generate([{ name: 'commonName', value: 'Lianmai' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY_MS), // phones whose clock is behind
    notAfterDate: new Date(now - DAY_MS + VALID_MS),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }, ...['127.0.0.1', '::1', ...addresses].map(ip => ({ type: 7 as const, ip }))] },
    ],
  })
  return { key: pems.private, cert: pems.cert }
}
