import { describe, expect, it, vi } from 'vitest'
import { createVirtualClock } from '@/src/testing/virtualClock'
import { createTagWatch, isUngranted, SILENCE_MS } from './tagWatch'

type Answer = (options: { success?: (result: unknown) => void, fail?: (failure: { errMsg: string }) => void }) => void

const silent: Answer = () => {}
const granted: Answer = ({ success }) => success?.({})
const refused = (errMsg: string): Answer => ({ fail }) => fail?.({ errMsg })

function setUp(answer: Answer, isDevTools = false) {
  const clock = createVirtualClock()
  const onMissing = vi.fn()
  const watch = createTagWatch({ clock, isDevTools, onMissing })
  const start = vi.fn(answer)
  const snapshot = vi.fn(answer)
  return { clock, onMissing, watch, start, snapshot, tag: watch.over({ start, snapshot }) }
}

describe('whether WeChat gives us the tags', () => {
  it('[SM6] nothing within five seconds of the first call means no', async () => {
    const { clock, onMissing, tag } = setUp(silent)
    tag.start({})
    await clock.advance(SILENCE_MS - 1)
    expect(onMissing).not.toHaveBeenCalled()
    await clock.advance(1)
    expect(onMissing).toHaveBeenCalledOnce()
    expect(clock.pending).toBe(0)
  })

  it('[SM6] an event is a sign of life, and after one silence means nothing', async () => {
    const { clock, onMissing, tag, watch } = setUp(silent)
    tag.start({})
    watch.heard()
    tag.start({})
    await clock.advance(SILENCE_MS)
    expect(onMissing).not.toHaveBeenCalled()
  })

  it.each([
    ['an answer', granted],
    ['a refusal for a reason of its own', refused('operateLivePusher:fail:system permission denied')],
    ['a refusal in the background', refused('operateXWebLivePusher:fail jsapi has no permission, event=operateXWebLivePusher, runningState=background, permissionMsg=permission ok, detail=')],
  ])('[SM6] %s is one, too', async (_, answer) => {
    const { clock, onMissing, tag } = setUp(answer)
    tag.start({})
    await clock.advance(SILENCE_MS)
    expect(onMissing).not.toHaveBeenCalled()
  })

  it('[SM6] a refusal for want of permission is a no at once, after whoever called has heard it', () => {
    const { onMissing, tag } = setUp(refused('insertXWebLivePusher:fail:access denied'))
    const order: string[] = []
    onMissing.mockImplementation(() => void order.push('missing'))
    tag.start({ fail: () => void order.push('failed') })
    expect(order).toEqual(['failed', 'missing'])
  })

  it('[SM6] in DevTools no answer counts: the calls succeed and do nothing', async () => {
    const { clock, onMissing, tag, watch } = setUp(granted, true)
    tag.start({})
    watch.heard()
    await clock.advance(0)
    expect(onMissing).toHaveBeenCalledOnce()
  })

  it('[SM6] calls that begin nothing are not waited for, and all go through as they are', async () => {
    const { clock, onMissing, snapshot, tag } = setUp(silent)
    const options = { success: () => {} }
    tag.snapshot(options)
    await clock.advance(SILENCE_MS)
    expect(snapshot).toHaveBeenCalledWith(options)
    expect(onMissing).not.toHaveBeenCalled()
  })

  it('[SM7] another try is judged anew', async () => {
    const { clock, onMissing, tag } = setUp(silent)
    tag.start({})
    await clock.advance(SILENCE_MS)
    tag.start({})
    await clock.advance(SILENCE_MS)
    expect(onMissing).toHaveBeenCalledTimes(2)
  })

  it('[SM6] a stop ends the wait', async () => {
    const { clock, onMissing, tag, watch } = setUp(silent)
    tag.start({})
    watch.stop()
    expect(clock.pending).toBe(0)
    await clock.advance(SILENCE_MS)
    expect(onMissing).not.toHaveBeenCalled()
  })
})

it.each([
  ['insertXWebLivePusher:fail:access denied', true],
  ['operateXWebLivePlayer:fail jsapi has no permission, event=operateXWebLivePlayer, runningState=foreground, permissionMsg=, detail=', true],
  ['operateLivePusher:fail jsapi has no permission, event=x, runningState=suspend, permissionMsg=permission ok, detail=network api interrupted in suspend state', false],
  ['insertLivePusher:fail:system permission denied', false],
  ['operateLivePusher:fail internal error', false],
  ['', false],
])('[SM6] "%s" says that it is not granted: %s', (errMsg, isIt) => {
  expect(isUngranted(errMsg)).toBe(isIt)
})
