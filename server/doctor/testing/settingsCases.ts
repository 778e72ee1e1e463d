import type { Cases } from './Cases'

const STRONG = 'b3f1c07a9d5e48266f0c1d7e9a3b5284'
const dotEnv = (text: string) => ({ read: (name: string) => name === '.env' ? text : undefined })
const openFile = (mode: number) => ({ file: (name: string) => name === '.env' ? { isFile: true, mode } : null })

export const settingsCases: Cases = {
  'environment': [
    [{}, 'ok', 'All can be used'],
    [{ env: { PORT: 'eighty' } }, 'failed', 'PORT'],
    [{ env: { IM: 'tencent' } }, 'failed', 'TENCENT_SDK_APP_ID'],
  ],
  'environment.names': [
    [{}, 'skipped', 'no .env'],
    [{ machine: dotEnv('PORT=80\nVITE_SERVER_URL=https://live.example.com\nHOME_OF=me\n') }, 'ok', 'known'],
    [{ machine: dotEnv('TENCENT_PUSHDOMAIN=push.example.com\n') }, 'warning', 'TENCENT_PUSHDOMAIN'],
  ],
  'secrets': [
    [{}, 'ok', 'None is weak'],
    [{ env: { PUSH_KEY: STRONG } }, 'ok', 'None is weak'],
    [{ env: { MEDIA: 'tencent', PUSH_KEY: 'a8f3d02b1c' } }, 'ok', 'None is weak'],
    [{ env: { ADMIN_TOKEN: 'my-password-is-long-enough' } }, 'warning', 'ADMIN_TOKEN'],
    [{ env: { PLAY_KEY: 'a8f3d02b1c' } }, 'warning', 'PLAY_KEY'],
    [{ env: { SESSION_SECRET: 'abab'.repeat(10) } }, 'warning', 'SESSION_SECRET'],
  ],
  'secrets.distinct': [
    [{ env: { PUSH_KEY: STRONG, PLAY_KEY: `${STRONG}1` } }, 'ok', 'No two'],
    [{ env: { ADMIN_TOKEN: STRONG, METRICS_TOKEN: STRONG } }, 'warning', 'METRICS_TOKEN, ADMIN_TOKEN'],
  ],
  'secrets.files': [
    [{}, 'ok', 'No stranger'],
    [{ env: { NODE_ENV: 'production' }, machine: openFile(0o600) }, 'ok', 'No stranger'],
    [{ machine: openFile(0o644) }, 'ok', 'development'],
    [{ env: { NODE_ENV: 'production' }, machine: openFile(0o644) }, 'warning', 'Any user may read .env'],
  ],
  'production': [
    [{}, 'skipped', 'Development'],
    [{ env: { NODE_ENV: 'production', METRICS_TOKEN: STRONG } }, 'ok', 'Yes'],
    [{ env: { IM: 'tencent' } }, 'warning', 'development mode'],
    [{ env: { NODE_ENV: 'production' } }, 'warning', '/metrics'],
    [{ env: { NODE_ENV: 'production', METRICS_TOKEN: STRONG, TEST_STREAMS: '1' } }, 'warning', 'publish to'],
  ],
  'signature': [[{}, 'ok', 'MD5']],
  'blocked-words': [
    [{}, 'skipped', 'None is set'],
    [{ env: { BLOCKED_WORDS_FILE: 'words.txt' }, machine: { read: () => 'one\n\ntwo\n' } }, 'ok', '2 words'],
    [{ env: { BLOCKED_WORDS_FILE: 'words.txt' }, machine: { read: () => '\n' } }, 'warning', 'empty'],
    [{ env: { BLOCKED_WORDS_FILE: 'words.txt' } }, 'failed', 'words.txt cannot be read'],
  ],
}
