import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signTc3, tc3Key, tc3StringToSign } from './tc3'

/** The worked example of Tencent's own document on signature v3 (213/30654), in its older and its present form. */
const EXAMPLE = {
  secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
  secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
  service: 'cvm',
  headers: { 'content-type': 'application/json; charset=utf-8', 'host': 'cvm.tencentcloudapi.com' },
  payload: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
  timestamp: 1_551_113_065,
}

describe('signature v3 of Tencent Cloud', () => {
  it('[TC2] signs the documented request as documented', () => {
    expect(tc3StringToSign(EXAMPLE)).toBe('TC3-HMAC-SHA256\n1551113065\n2019-02-25/cvm/tc3_request\n5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031')
    expect(signTc3(EXAMPLE)).toBe('TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168')
  })

  it('[TC2] signs the documented request with its action; the document hides the key, but shows what is derived from it', () => {
    const text = tc3StringToSign({ ...EXAMPLE, headers: { ...EXAMPLE.headers, 'x-tc-action': 'DescribeInstances' } })
    expect(text.split('\n')[3]).toBe('7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84')
    const derived = Buffer.from('b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af', 'hex')
    expect(createHmac('sha256', derived).update(text).digest('hex')).toBe('10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f')
  })

  it('[TC2] does not depend on the order of headers, and on every byte of the body', () => {
    const { 'content-type': type, host } = EXAMPLE.headers
    expect(signTc3({ ...EXAMPLE, headers: { host, 'content-type': type } })).toBe(signTc3(EXAMPLE))
    expect(signTc3({ ...EXAMPLE, payload: `${EXAMPLE.payload} ` })).not.toBe(signTc3(EXAMPLE))
  })

  it('[TC2] derives a key for each day and service', () => {
    const keys = [EXAMPLE, { ...EXAMPLE, service: 'live' }, { ...EXAMPLE, timestamp: EXAMPLE.timestamp + 24 * 60 * 60 }].map(request => tc3Key(request).toString('hex'))
    expect(new Set(keys).size).toBe(3)
  })
})
