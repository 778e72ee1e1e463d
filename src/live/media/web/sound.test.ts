import { describe, expect, it, vi } from 'vitest'
import { createFakeVideo, domError } from '../testing/fakeMedia'
import { createSound } from './sound'

function setup() {
  const { video, play } = createFakeVideo()
  const onAutoplayMuted = vi.fn()
  const onBlocked = vi.fn()
  return { video, play, onAutoplayMuted, onBlocked, sound: createSound({ video, onAutoplayMuted, onBlocked }) }
}

describe('autoplay', () => {
  it('[PB14] plays with sound where that is allowed', async () => {
    const { video, sound, onAutoplayMuted } = setup()
    await sound.play()
    expect(video.muted).toBe(false)
    expect(onAutoplayMuted).not.toHaveBeenCalled()
  })

  it('[PB14] refused, it plays muted, says so, and a tap gives the sound back', async () => {
    const { video, play, sound, onAutoplayMuted } = setup()
    play.mockRejectedValueOnce(domError('NotAllowedError'))
    await sound.play()
    expect(play).toHaveBeenCalledTimes(2)
    expect(video.muted).toBe(true)
    expect(onAutoplayMuted).toHaveBeenCalledOnce()
    sound.unmuteByGesture()
    expect(video.muted).toBe(false)
    expect(play).toHaveBeenCalledTimes(3)
  })

  it('[PB14] the page\'s own mute survives the tap, and is no reason to tell of autoplay', async () => {
    const { video, sound, onAutoplayMuted } = setup()
    sound.setMuted(true)
    await sound.play()
    sound.unmuteByGesture()
    expect(video.muted).toBe(true)
    expect(onAutoplayMuted).not.toHaveBeenCalled()
  })

  it('[PB14] not even muted: the page is told', async () => {
    const { play, sound, onBlocked } = setup()
    play.mockRejectedValue(domError('NotAllowedError'))
    await sound.play()
    expect(onBlocked).toHaveBeenCalledOnce()
    expect(play).toHaveBeenCalledTimes(2)
  })

  it('[PB14] a source that was replaced meanwhile is no refusal', async () => {
    const { play, sound, onAutoplayMuted, onBlocked } = setup()
    play.mockRejectedValueOnce(domError('AbortError'))
    await sound.play()
    expect(play).toHaveBeenCalledOnce()
    expect(onAutoplayMuted).not.toHaveBeenCalled()
    expect(onBlocked).not.toHaveBeenCalled()
  })
})
