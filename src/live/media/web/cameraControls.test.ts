import { describe, expect, it, vi } from 'vitest'
import { createCameraControls } from './cameraControls'

function setup(capabilities: object) {
  let constraints: MediaTrackConstraints = { width: { ideal: 1280 } }
  const track = {
    getCapabilities: () => capabilities,
    getConstraints: () => constraints,
    applyConstraints: vi.fn(async (next: MediaTrackConstraints) => void (constraints = next)),
  }
  return { track, controls: createCameraControls(() => track as never), asked: () => constraints }
}

describe('zoom and torch', () => {
  it.each([
    [{ min: 1, max: 4 }, 4, 2, 2],
    [{ min: 100, max: 500 }, 5, 2, 200],
    [{ min: 0, max: 8 }, 8, 2, 2],
  ])('[PB57] of a camera that counts %o one can zoom %d times, and twice is %d', async (zoom, maxZoom, twice, unit) => {
    const { asked, controls } = setup({ zoom })
    expect([controls.canZoom, controls.maxZoom]).toEqual([true, maxZoom])
    await controls.setZoom(twice)
    expect(asked().advanced).toEqual([{ zoom: unit }])
    await expect(controls.setZoom(maxZoom + 0.1)).rejects.toMatchObject({ code: 'INVALID' })
  })

  it('[PB57] both stay with what else was asked of the camera', async () => {
    const { asked, controls } = setup({ zoom: { min: 1, max: 4 }, torch: true })
    await controls.setZoom(3)
    await controls.toggleTorch()
    expect(asked()).toEqual({ width: { ideal: 1280 }, advanced: [{ zoom: 3, torch: true }] })
    await controls.toggleTorch()
    expect(asked().advanced).toEqual([{ zoom: 3, torch: false }])
  })

  it('[PB57] a plain camera has neither, and so has none', () => {
    for (const controls of [setup({}).controls, createCameraControls(() => undefined)])
      expect([controls.canZoom, controls.hasTorch, controls.maxZoom]).toEqual([false, false, 1])
  })
})
