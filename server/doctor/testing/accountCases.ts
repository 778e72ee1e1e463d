import type { Cases } from './Cases'

const SRS = { MEDIA: 'srs', PUBLIC_URL: 'https://live.example.com', SRS_API_URL: 'http://srs.internal:1985', SRS_HTTP_URL: 'https://srs.example.com' }
const VERSIONS = 'http://srs.internal:1985/api/v1/versions'
const JWKS = { ACCOUNT_JWKS_URL: 'https://accounts.example.com/jwks.json' }
const VERIFY = { ACCOUNT_VERIFY_URL: 'https://accounts.example.com/verify' }

/** Of SRS and of accounts. */
export const accountCases: Cases = {
  'srs.api': [
    [{}, 'skipped', 'MEDIA is not srs'],
    [{ env: SRS, answers: { [VERSIONS]: { code: 0, data: { version: '6.0.0' } } } }, 'ok', 'It answers'],
    [{ env: { MEDIA: 'srs' } }, 'failed', 'SRS_API_URL is not set'],
    [{ env: SRS, answers: { [VERSIONS]: 404 } }, 'failed', 'not the API of SRS (404)'],
    [{ env: SRS }, 'unknown', 'srs.internal:1985 is not reachable'],
  ],
  'srs.hooks': [
    [{}, 'skipped', 'MEDIA is not srs'],
    [{ env: SRS, answers: { 'https://live.example.com/callbacks/srs/': 403 } }, 'ok', 'refuses'],
    [{ env: SRS, answers: { 'https://live.example.com/callbacks/srs/': 404 } }, 'failed', 'is a 404'],
  ],
  'srs.doors': [
    [{}, 'skipped', 'MEDIA is not srs'],
    [{ env: SRS, answers: { 'https://srs.example.com': 200 } }, 'ok', 'https://srs.example.com'],
    [{ env: SRS }, 'unknown', 'srs.example.com is not reachable'],
    [{ env: { ...SRS, SRS_RTC_URL: 'http://srs.example.com:1985' } }, 'failed', 'browsers block it'],
  ],
  'accounts.who': [
    [{}, 'ok', 'guests'],
    [{ env: { GUESTS: '0', ...JWKS } }, 'ok', 'an account system'],
    [{ env: { GUESTS: '0' } }, 'failed', 'Nobody'],
  ],
  'accounts.external': [
    [{}, 'skipped', 'None is set'],
    [{ env: { ACCOUNT_JWT_SECRET: 'b3f1c07a9d5e48266f0c1d7e9a3b5284' } }, 'ok', 'shared secret'],
    [{ env: JWKS, answers: { [JWKS.ACCOUNT_JWKS_URL]: { keys: [{}, {}] } } }, 'ok', '2 keys'],
    [{ env: JWKS, answers: { [JWKS.ACCOUNT_JWKS_URL]: { keys: [] } } }, 'failed', 'has no keys'],
    [{ env: JWKS, answers: { [JWKS.ACCOUNT_JWKS_URL]: 404 } }, 'failed', 'has no keys (404)'],
    [{ env: JWKS }, 'unknown', 'not reachable'],
    [{ env: VERIFY, answers: { [VERIFY.ACCOUNT_VERIFY_URL]: 401 } }, 'ok', 'refuses a token'],
    [{ env: VERIFY, answers: { [VERIFY.ACCOUNT_VERIFY_URL]: { userId: 'anybody' } } }, 'warning', 'took a token'],
    [{ env: VERIFY, answers: { [VERIFY.ACCOUNT_VERIFY_URL]: 500 } }, 'failed', 'answers 500'],
    [{ env: VERIFY }, 'unknown', 'not reachable'],
  ],
  'admin-token': [
    [{}, 'skipped', 'there is no /api/admin'],
    [{ env: { ADMIN_TOKEN: 'b3f1c07a9d5e48266f0c' } }, 'ok', 'Set'],
  ],
  'packages': [
    [{}, 'skipped', 'No cloud'],
    [{ env: { MEDIA: 'tencent', IM: 'tencent' } }, 'unknown', 'Only the console'],
  ],
}
