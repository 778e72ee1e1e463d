import type { Cases } from './Cases'
import { DAY_MS } from './fakeWorld'

const URL = { PUBLIC_URL: 'https://live.example.com' }
const PRODUCTION = { NODE_ENV: 'production' }

export const addressCases: Cases = {
  'public-url': [
    [{}, 'skipped', 'Not set'],
    [{ env: URL }, 'ok', 'https://live.example.com'],
    [{ env: { PUBLIC_URL: 'http://127.0.0.1:8080' } }, 'ok', 'trying out'],
    [{ env: PRODUCTION }, 'warning', 'callbacks do not arrive'],
    [{ env: { ...PRODUCTION, PUBLIC_URL: 'https://192.168.1.20' } }, 'failed', 'this machine or network only'],
    [{ env: { PUBLIC_URL: 'http://live.example.com' } }, 'failed', 'not https'],
  ],
  'public-url.reach': [
    [{}, 'skipped', 'no PUBLIC_URL'],
    [{ env: URL, answers: { 'https://live.example.com/healthz': { ok: true, version: '0.1.0' } } }, 'ok', 'Version 0.1.0'],
    [{ env: URL }, 'unknown', 'live.example.com is not reachable from here'],
    [{ env: URL, answers: { 'https://live.example.com/healthz': { ok: false, version: '0.1.0' } } }, 'warning', 'cannot work yet'],
    [{ env: URL, answers: { 'https://live.example.com/': 404 } }, 'failed', 'not this server'],
  ],
  'public-url.tls': [
    [{}, 'skipped', 'No https'],
    [{ env: URL, certificate: {} }, 'ok', 'Good until'],
    [{ env: URL }, 'unknown', 'not reachable'],
    [{ env: URL, certificate: { validTo: Date.now() + 3.5 * DAY_MS } }, 'warning', 'in 3 days'],
    [{ env: URL, certificate: { validTo: Date.parse('2026-01-02') } }, 'failed', 'ran out on 2026-01-02'],
    [{ env: URL, certificate: { problem: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } }, 'failed', 'chain is not complete'],
    [{ env: URL, certificate: { problem: 'ERR_TLS_CERT_ALTNAME_INVALID' } }, 'failed', 'not trusted'],
  ],
  'trust-proxy': [
    [{}, 'skipped', 'No proxy'],
    [{ env: { ...URL, HTTPS: '1' } }, 'skipped', 'No proxy'],
    [{ env: { ...URL, TRUST_PROXY: '1' } }, 'ok', '1'],
    [{ env: URL }, 'warning', 'TRUST_PROXY is 0'],
  ],
  'webrtc': [
    [{}, 'skipped', 'Development'],
    [{ env: { MEDIA: 'tencent' } }, 'skipped', 'does not pass'],
    [{ env: { ...PRODUCTION, MEDIA_PUBLIC_IP: '203.0.113.7', RTC_UDP_PORTS: '50000-50399' } }, 'ok', '203.0.113.7'],
    [{ env: { ...PRODUCTION, MEDIA_PUBLIC_IP: '203.0.113.7' } }, 'warning', 'RTC_UDP_PORTS not set'],
  ],
}
