import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keptCertificate } from './certificate'

const NOW = Date.parse('2030-01-01T00:00:00Z')
const DAY_MS = 86_400_000
let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'lianmai-tls-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

it('[OP9] the certificate names localhost and the LAN addresses, and is kept with its key to itself', async () => {
  const { cert, key } = await keptCertificate(dataDir, ['192.168.1.7'], NOW)
  const certificate = new X509Certificate(cert)
  expect(certificate.checkHost('localhost')).toBe('localhost')
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1')
  expect(certificate.checkIP('192.168.1.7')).toBe('192.168.1.7')
  expect(certificate.checkIP('192.168.1.8')).toBeUndefined()
  expect(Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)).toBeLessThanOrEqual(825 * DAY_MS)
  expect(statSync(path.join(dataDir, 'tls', 'key.pem')).mode & 0o777).toBe(0o600)
  expect(await keptCertificate(dataDir, ['192.168.1.7'], NOW + DAY_MS)).toEqual({ cert, key })
})

it('[OP9] another address or a certificate that runs out makes a new one', async () => {
  const first = await keptCertificate(dataDir, ['192.168.1.7'], NOW)
  const moved = await keptCertificate(dataDir, ['10.0.0.5'], NOW)
  expect(moved.cert).not.toBe(first.cert)
  const later = await keptCertificate(dataDir, ['10.0.0.5'], NOW + 380 * DAY_MS)
  expect(later.cert).not.toBe(moved.cert)
})

it('[OP9] a file that was half written, or of another pair, makes a new pair', async () => {
  const { key: other } = await keptCertificate(dataDir, [], NOW - 380 * DAY_MS)
  const first = await keptCertificate(dataDir, [], NOW)
  writeFileSync(path.join(dataDir, 'tls', 'key.pem'), other)
  const second = await keptCertificate(dataDir, [], NOW)
  expect(second.cert).not.toBe(first.cert)
  truncateSync(path.join(dataDir, 'tls', 'cert.pem'), 100)
  expect((await keptCertificate(dataDir, [], NOW)).cert).not.toBe(second.cert)
})
