import { describe, expect, it } from 'vitest'
import { domError } from '../testing/fakeMedia'
import { deviceProblem, httpFailure } from './problems'

describe('refusals in our words', () => {
  it.each([
    ['NotAllowedError', 'camera', 'CAMERA_DENIED'],
    ['NotAllowedError', 'microphone', 'MICROPHONE_DENIED'],
    ['NotAllowedError', 'screen', 'SCREEN_DENIED'],
    ['SecurityError', 'camera', 'CAMERA_DENIED'],
    ['NotFoundError', 'camera', 'NO_CAMERA'],
    ['OverconstrainedError', 'microphone', 'NO_MICROPHONE'],
    ['NotReadableError', 'camera', 'DEVICE_BUSY'],
    ['AbortError', 'microphone', 'DEVICE_BUSY'],
    ['TypeError', 'camera', 'UNSUPPORTED'],
  ] as const)('[PB11] %s of the %s is %s', (name, device, code) => {
    expect(deviceProblem(domError(name), device)).toBe(code)
  })

  it.each([
    ...[401, 403, 410].map(status => [status, 'refused'] as const),
    [404, 'gone'] as const,
    ...[400, 405, 406, 413, 415, 422].map(status => [status, 'unsupported'] as const),
    ...[408, 409, 429, 500, 502, 503, 504].map(status => [status, 'lost'] as const),
  ])('[PB8] the status %i means %s', (status, failure) => {
    expect(httpFailure(status)).toBe(failure)
  })
})
