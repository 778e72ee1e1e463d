import type { Cases } from './Cases'

const TAKEN = { isPortTaken: async () => true }
const OURS = { 'http://127.0.0.1:8080/healthz': { ok: true, version: '0.1.0', media: { streams: 0 } } }
const CLOUD = { MEDIA: 'tencent', TENCENT_LIVE_API_URL: 'https://cloud.example.com' }
const dated = (ms: number) => ({ 'https://cloud.example.com': () => new Response('', { headers: { date: new Date(ms).toUTCString() } }) })
const NOON = Date.parse('2026-11-22T12:00:00Z')

export const machineCases: Cases = {
  'node': [
    [{}, 'ok', '20.12.0'],
    [{ machine: { nodeVersion: '22.1.0' } }, 'ok', '22.1.0'],
    [{ machine: { nodeVersion: '20.9.0' } }, 'failed', 'too old'],
    [{ machine: { nodeVersion: '18.20.8' } }, 'failed', 'too old'],
  ],
  'port': [
    [{}, 'ok', '8080 is free'],
    [{ machine: TAKEN, answers: OURS }, 'ok', 'our server'],
    [{ machine: TAKEN, env: { HTTPS: '1' }, answers: { 'http://127.0.0.1:8080/': () => new Response(null, { status: 308, headers: { location: 'https://127.0.0.1:8080/healthz' } }) } }, 'ok', 'our server'],
    [{ env: { PORT: '0' } }, 'skipped', 'any free one'],
    [{ machine: TAKEN }, 'failed', 'another program'],
    [{ machine: TAKEN, answers: { 'http://127.0.0.1:8080/': { hello: 'world' } } }, 'failed', 'another program'],
  ],
  'rtmp-port': [
    [{}, 'ok', '1935 is free'],
    [{ machine: TAKEN, answers: OURS }, 'ok', 'our server'],
    [{ env: { MEDIA: 'tencent' } }, 'skipped', 'do not pass'],
    [{ machine: TAKEN }, 'failed', 'another program'],
  ],
  'data-dir': [
    [{}, 'ok', 'can be written'],
    [{ machine: { canWrite: () => false } }, 'failed', 'cannot be written'],
  ],
  'disk': [
    [{}, 'ok', '10240 MB'],
    [{ machine: { freeBytes: () => undefined } }, 'unknown', 'Cannot be told'],
    [{ machine: { freeBytes: () => 100 * 1024 ** 2 } }, 'warning', 'Only 100 MB'],
  ],
  'database': [
    [{}, 'ok', 'the first start makes it'],
    [{ machine: { file: () => ({ isFile: true, mode: 0o600 }), read: () => 'SQLite format 3\0rest' } }, 'ok', 'lianmai.db'],
    [{ machine: { file: () => ({ isFile: true, mode: 0o600 }), read: () => 'hello' } }, 'failed', 'no database'],
    [{ machine: { file: () => ({ isFile: true, mode: 0o000 }) } }, 'failed', 'no database'],
  ],
  'ffmpeg': [
    [{}, 'ok', 'can be mixed'],
    [{ env: { MIX: 'off' } }, 'skipped', 'MIX=off'],
    [{ env: { MEDIA: 'srs' } }, 'skipped', 'elsewhere'],
    [{ machine: { ffmpegProblem: async () => 'there is no ffmpeg' } }, 'warning', 'there is no ffmpeg'],
  ],
  'web-app': [
    [{}, 'ok', 'Built'],
    [{ machine: { hasWebApp: () => false } }, 'skipped', 'npm start builds it'],
  ],
  'clock': [
    [{}, 'skipped', 'No cloud'],
    [{ env: CLOUD, now: NOON, answers: dated(NOON + 5000) }, 'ok', 'Right'],
    [{ env: CLOUD, now: NOON, answers: dated(NOON - 30_000) }, 'warning', '30 s off'],
    [{ env: CLOUD, now: NOON, answers: dated(NOON + 600_000) }, 'failed', '600 s off'],
    [{ env: CLOUD }, 'unknown', 'Nobody'],
    [{ env: CLOUD, answers: { 'https://cloud.example.com': 200 } }, 'unknown', 'Nobody'],
  ],
}
