import { afterEach, describe, expect, it, vi } from 'vitest'
import { onH5, onMp } from '@/src/testing/platform'
import { createPrivacyGuide } from './createPrivacyGuide'

type Setting = { needAuthorization: boolean, privacyContractName: string } | undefined

function phone(setting: Setting, isAgreed: boolean) {
  const opened = vi.fn()
  vi.stubGlobal('wx', {
    getPrivacySetting: ({ success, fail }: { success: (setting: Setting) => void, fail: () => void }) => setting ? success(setting) : fail(),
    requirePrivacyAuthorize: ({ success, fail }: { success: () => void, fail: () => void }) => isAgreed ? success() : fail(),
    openPrivacyContract: opened,
  })
  return { guide: createPrivacyGuide(), opened }
}

describe('the privacy guide', () => {
  afterEach(() => vi.unstubAllGlobals())

  onMp('[WX1] WeChat says whether there is one to agree to, and shows it', async () => {
    const { guide, opened } = phone({ needAuthorization: true, privacyContractName: '《连麦隐私保护指引》' }, false)
    expect([await guide.pending(), await guide.require()]).toEqual(['《连麦隐私保护指引》', false])
    guide.open()
    expect(opened).toHaveBeenCalledOnce()
  })

  onMp('[WX1] agreed to, or not to be found out, it is not in the way', async () => {
    const { guide } = phone({ needAuthorization: false, privacyContractName: '《连麦隐私保护指引》' }, true)
    expect([await guide.pending(), await guide.require()]).toEqual([undefined, true])
    expect(await phone(undefined, true).guide.pending()).toBeUndefined()
  })

  onMp('[WX3] a WeChat older than the guide has none', async () => {
    vi.stubGlobal('wx', {})
    const guide = createPrivacyGuide()
    expect([await guide.pending(), await guide.require(), guide.open()]).toEqual([undefined, true, undefined])
  })

  onH5('[WX3] browsers have none', async () => {
    const guide = createPrivacyGuide()
    expect([await guide.pending(), await guide.require(), guide.open()]).toEqual([undefined, true, undefined])
  })

  it('[WX4] the manifest switches WeChat\'s check on', async () => {
    const { default: manifest } = await import('@/manifest.json')
    expect(manifest['mp-weixin'].__usePrivacyCheck__).toBe(true)
  })
})
