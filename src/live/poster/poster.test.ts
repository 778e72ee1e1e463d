import type { Draw, Font } from './drawing'
import type { Easel, LoadingImage } from './easel'
import type { Brush } from './paint'
import type { PosterContent } from './posterLayout'
import { describe, expect, it, vi } from 'vitest'
import { aRoom, aUser } from '@/src/testing/fixtures'
import { createVirtualClock, settle } from '@/src/testing/virtualClock'
import { cropTo } from './drawing'
import { LOAD_TIMEOUT_MS, loadImage } from './easel'
import { makePoster } from './makePoster'
import { paint } from './paint'
import { POSTER, posterLayout } from './posterLayout'
import { SHARE_CARD, shareCardLayout } from './shareCardLayout'
import { wrapLines } from './wrapLines'

/** Chinese is as wide as its size, everything else half of that. */
const measure = (text: string, { size }: Font) => [...text].reduce((width, character) => width + (character > '\u2E7F' ? size : size / 2), 0)
const widthOf = (text: string) => measure(text, { size: 10, isBold: false })

describe('lines', () => {
  it.each<[string, string, number, string[]]>([
    ['a short text is one line', '周末弹唱', 2, ['周末弹唱']],
    ['Chinese breaks anywhere', '今晚八点一起看星星吧', 2, ['今晚八点一起看星', '星吧']],
    ['what does not fit ends in an ellipsis', '今晚八点一起看星星然后去吃夜宵再唱一首歌', 2, ['今晚八点一起看星', '星然后去吃夜宵…']],
    ['words stay whole', 'an evening by the sea', 2, ['an evening by', 'the sea']],
    ['a word wider than a line breaks', 'Donaudampfschifffahrt', 2, ['Donaudampfschiff', 'fahrt']],
    ['no line begins with a comma', '今晚八点一起看星，星', 2, ['今晚八点一起看', '星，星']],
    ['an emoji is never halved', '一二三四五六七👨‍👩‍👧八九', 1, ['一二三四五六七…']],
    ['one line of a name', '名字特别特别长的人', 1, ['名字特别特别长…']],
    ['nothing', '  ', 2, []],
  ])('[WX21] %s', (_, text, maxLines, expected) => {
    expect(wrapLines(text, 80, maxLines, widthOf)).toEqual(expected)
  })

  it('[WX21] no line is wider than it may be, whatever is written', () => {
    const text = 'Hello，世界！👩🏽‍🚀🇨🇳 a1b2c3 —— 很长很长的标题，里面什么都有：emoji、English words 和数字 1234567890。'
    for (let width = 20; width < 300; width += 7) {
      for (const line of wrapLines(text, width, 3, widthOf))
        expect(widthOf(line)).toBeLessThanOrEqual(Math.max(width, widthOf('👩🏽‍🚀，…')))
    }
  })
})

describe('the layout', () => {
  const content: PosterContent = { title: '周末弹唱', anchor: '阿青', status: '正在直播', isLive: true, hint: '长按或扫码', appName: '连麦', colours: ['#111', '#222'], code: [[true]] }
  const textsOf = (draws: readonly Draw[]) => draws.flatMap(draw => draw.type === 'text' ? [draw.text] : [])
  const named = (draws: readonly Draw[], name: string) => draws.find(draw => draw.type === 'picture' && draw.picture === name)

  it('[WX20] shows title, anchor, state, code and where it leads', () => {
    const { draws, ...size } = posterLayout(content, measure)
    expect(size).toEqual(POSTER)
    expect(textsOf(draws)).toEqual(['正在直播', '周末弹唱', '阿', '阿青', '长按或扫码', '连麦'])
    expect(draws.at(-1)).toMatchObject({ type: 'code', code: [[true]] })
  })

  it('[WX20] everything lies on the poster, and the title clear of the code', () => {
    const { draws } = posterLayout({ ...content, title: '很长的标题'.repeat(8), anchor: '很长的名字'.repeat(4), hint: '很长的说明'.repeat(12), cover: { width: 1600, height: 900 }, face: { width: 96, height: 96 } }, measure)
    const code = draws.find(draw => draw.type === 'code')!
    for (const draw of draws) {
      if (draw.type === 'text') {
        const left = draw.align === 'center' ? draw.x - measure(draw.text, draw.font) / 2 : draw.x
        expect([left >= 0, left + measure(draw.text, draw.font) <= POSTER.width, draw.y <= POSTER.height]).toEqual([true, true, true])
        if (draw.y > code.box.y)
          expect(left + measure(draw.text, draw.font)).toBeLessThanOrEqual(code.box.x)
      }
      else if (draw.type !== 'ring') {
        expect([draw.box.x >= 0, draw.box.y >= 0, draw.box.x + draw.box.width <= POSTER.width, draw.box.y + draw.box.height <= POSTER.height]).toEqual([true, true, true, true])
      }
    }
    expect(textsOf(draws).filter(text => text.startsWith('很长的标题'))).toHaveLength(1) // and a second line that goes on
    expect(textsOf(draws)[2]).toMatch(/…$/)
  })

  it('[WX22] without a cover one is drawn, without a face the name begins', () => {
    const bare = posterLayout(content, measure).draws
    expect([named(bare, 'cover'), named(bare, 'face')]).toEqual([undefined, undefined])
    const full = posterLayout({ ...content, cover: { width: 900, height: 1600 }, face: { width: 96, height: 96 } }, measure).draws
    expect(named(full, 'cover')).toMatchObject({ from: { x: 0, width: 900 } })
    expect(named(full, 'face')).toMatchObject({ radius: 42 })
    expect(textsOf(full)).not.toContain('阿')
  })

  it('[WX23] a code may be a picture as well', () => {
    expect(named(posterLayout({ ...content, code: { width: 430, height: 430 } }, measure).draws, 'code')).toMatchObject({ from: { x: 0, y: 0, width: 430, height: 430 } })
  })

  it('[WX20] of a cover its middle shows', () => {
    expect(cropTo({ width: 1600, height: 900 }, { width: 100, height: 100 })).toEqual({ x: 350, y: 0, width: 900, height: 900 })
    expect(cropTo({ width: 90, height: 160 }, { width: 200, height: 100 })).toEqual({ x: 0, y: 57.5, width: 90, height: 45 })
  })

  it('[WX11] the card of a room without a cover is 5:4', () => {
    const { draws, ...size } = shareCardLayout({ ...content, title: '很长的标题'.repeat(5) }, measure)
    expect(size).toEqual(SHARE_CARD)
    expect(SHARE_CARD.width / SHARE_CARD.height).toBe(5 / 4)
    expect(textsOf(draws)).toEqual([expect.stringMatching(/…$/), '正在直播 · 阿青'])
  })
})

describe('painting', () => {
  function fakeBrush() {
    const calls: [string, ...unknown[]][] = []
    const brush = new Proxy({} as Record<string, unknown>, {
      get: (kept, name: string) => name in kept
        ? kept[name]
        : (...args: unknown[]) => {
            calls.push([name, ...args])
            return name === 'measureText' ? { width: 10 } : { addColorStop: () => {} }
          },
      set: (kept, name: string, value) => Reflect.set(kept, name, value),
    })
    return { brush: brush as unknown as Brush, calls }
  }

  it('[WX23] fields of a code are whole px, in the middle of a white box', () => {
    const { brush, calls } = fakeBrush()
    paint(brush, { width: 100, height: 100, draws: [{ type: 'code', code: [[true, false, true], [false, true, false], [true, false, true]], box: { x: 0, y: 0, width: 20, height: 20 }, radius: 2 }] }, {})
    expect(calls.filter(([name]) => name === 'fillRect')).toEqual([[1, 1], [13, 1], [7, 7], [1, 13], [13, 13]].map(([x, y]) => ['fillRect', x, y, 6, 6]))
  })

  it('[WX22] a picture that is not there is left out', () => {
    const { brush, calls } = fakeBrush()
    const box = { x: 0, y: 0, width: 20, height: 20 }
    paint(brush, { width: 20, height: 20, draws: [{ type: 'picture', picture: 'cover', from: box, box }] }, {})
    expect(calls.map(([name]) => name)).toEqual(['save', 'restore'])
  })

  function fakeEasel(broken: (address: string) => boolean = () => false) {
    const { brush, calls } = fakeBrush()
    const asked: string[] = []
    const easel: Easel = {
      canvas: { width: 0, height: 0, getContext: () => brush },
      save: async () => ({ filePath: 'wxfile://tmp/poster.jpg' }),
      createImage: () => ({
        width: 100,
        height: 100,
        onload: null,
        onerror: null,
        get src() {
          return asked.at(-1) ?? ''
        },
        set src(address: string) {
          asked.push(address)
          queueMicrotask(() => broken(address) ? this.onerror?.('broken') : (this.onload as (() => void) | null)?.())
        },
      }) as LoadingImage,
    }
    return { easel, asked, calls }
  }
  const order = { room: aRoom({ cover: '/covers/a.jpg', anchor: aUser({ picture: '/pictures/a.jpg' }) }), status: '', hint: '', appName: '', serverUrl: 'https://host', clock: createVirtualClock(), roomCode: async () => ({ fields: [[true]] }) }

  it('[WX20] everything is fetched from the server the room is on', async () => {
    const { asked, calls, easel } = fakeEasel()
    expect(await makePoster(easel, order)).toEqual({ picture: { filePath: 'wxfile://tmp/poster.jpg' }, isCoverMissing: false })
    expect(asked).toEqual(['https://host/covers/a.jpg', 'https://host/pictures/a.jpg'])
    expect(calls.filter(([name]) => name === 'drawImage')).toHaveLength(2)
    expect([easel.canvas.width, easel.canvas.height]).toEqual([750, 1334])
  })

  it('[WX22] a cover that cannot be loaded is drawn, and that is said', async () => {
    const { calls, easel } = fakeEasel(address => address.includes('covers'))
    expect(await makePoster(easel, order)).toMatchObject({ isCoverMissing: true })
    expect(calls.filter(([name]) => name === 'drawImage')).toHaveLength(1)
    expect(await makePoster(fakeEasel().easel, { ...order, room: aRoom() })).toMatchObject({ isCoverMissing: false })
  })

  it('[WX23] [WE21] a picture of a code stands in its place where it can be had', async () => {
    const roomCode = async () => ({ fields: [[true]], picture: 'https://host/api/rooms/rone/code' })
    const { calls, easel } = fakeEasel()
    await makePoster(easel, { ...order, roomCode })
    expect(calls.filter(([name]) => name === 'drawImage')).toHaveLength(3)
    const without = fakeEasel(address => address.includes('/code'))
    await makePoster(without.easel, { ...order, roomCode })
    expect(without.calls.filter(([name]) => name === 'drawImage')).toHaveLength(2)
  })

  it('[WX22] a picture that never answers is given up', async () => {
    const clock = createVirtualClock()
    const loaded = vi.fn()
    void loadImage({ createImage: () => ({}) as LoadingImage }, 'https://host/slow.jpg', clock).then(loaded)
    await clock.advance(LOAD_TIMEOUT_MS - 1)
    expect(loaded).not.toHaveBeenCalled()
    await clock.advance(1)
    await settle()
    expect(loaded).toHaveBeenCalledWith(undefined)
  })
})
