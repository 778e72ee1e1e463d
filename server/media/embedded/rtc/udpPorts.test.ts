import { describe, expect, it } from 'vitest'
import { UdpPorts } from './udpPorts'

describe('udpPorts', () => {
  it('[RT17] claims are answered one after the other, from port to port, and begin again at the end', async () => {
    const ports = new UdpPorts(5000, 5003)
    let inside = 0
    const claim = () => ports.claim(async ([first]) => {
      expect(++inside).toBe(1)
      await new Promise(resolve => setImmediate(resolve))
      inside--
      return first
    })
    expect(await Promise.all([claim(), claim(), claim(), claim(), claim()])).toEqual([5000, 5001, 5002, 5000, 5001])
  })

  it('[RT17] a claim that fails or finds nothing does not stop the next', async () => {
    const ports = new UdpPorts(5000, 5003)
    await expect(ports.claim(async () => Promise.reject(new Error('no socket')))).rejects.toThrow('no socket')
    expect(await ports.claim(async () => undefined)).toBeUndefined()
    expect(await ports.claim(async ([first, last]) => first + last)).toBe(10_003)
  })

  it.each([[80, 90], [5000, 5000], [5001, 5000], [65_000, 70_000]])('[RT17] %i-%i is no range', (first, last) => expect(() => new UdpPorts(first, last)).toThrow('range'))
})
