import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { onH5 } from '@/src/testing/platform'
import { useDialog } from '../stores/dialog'
import AppDialog from './AppDialog.vue'
import AppSheet from './AppSheet.vue'
import NetworkChip from './NetworkChip.vue'

describe('what lies over a screen', () => {
  it('[UI4] a question is answered once; closing it, or asking another, is a no', async () => {
    const wrapper = mount(AppDialog)
    const dialog = useDialog()
    const first = dialog.confirm({ title: '结束直播？', yes: '结束直播', isDanger: true })
    const second = dialog.confirm({ title: '离开？', yes: '离开' })
    await expect(first).resolves.toBe(false)
    await nextTick()
    expect(wrapper.text()).toContain('离开？')
    await wrapper.findAll('.app-button')[1].trigger('click')
    await expect(second).resolves.toBe(true)
    const third = dialog.confirm({ title: '离开？', yes: '离开' })
    await nextTick()
    await wrapper.get('.scrim').trigger('click')
    await expect(third).resolves.toBe(false)
    expect(wrapper.find('.panel').exists()).toBe(false)
  })

  onH5('[UI5] a sheet takes the focus, keeps it, closes by Escape and gives it back', async () => {
    document.body.innerHTML = '<button id="before"></button><div id="host"></div>'
    document.getElementById('before')!.focus()
    const sheet = mount(AppSheet, {
      props: { id: 'sheet', isOpen: false, title: '设置' },
      slots: { default: '<input id="field"><button id="hidden"></button>' },
      attachTo: '#host',
    })
    await sheet.setProps({ isOpen: true })
    await nextTick()
    expect(document.activeElement?.getAttribute('aria-label')).toBe('关闭')
    document.getElementById('hidden')!.focus = () => {} // as browsers do
    const tab = (shiftKey: boolean) => document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab', shiftKey, bubbles: true, cancelable: true }))
    tab(false)
    expect(document.activeElement?.id).toBe('field')
    tab(false)
    expect(document.activeElement?.getAttribute('aria-label')).toBe('关闭')
    tab(true)
    expect(document.activeElement?.id).toBe('field')
    document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    expect(sheet.emitted('close')).toHaveLength(1)
    await sheet.setProps({ isOpen: false })
    expect(document.activeElement?.id).toBe('before')
    sheet.unmount()
  })

  it('the connection is shown by bars, and in words when it is not good', async () => {
    const chip = mount(NetworkChip, { props: { grade: 'unknown' } })
    expect(chip.find('.network-chip').exists()).toBe(false)
    await chip.setProps({ grade: 'good' })
    expect(chip.get('.network-chip').attributes('aria-label')).toBe('网络良好')
    expect(chip.text()).toBe('')
    await chip.setProps({ grade: 'bad' })
    expect(chip.text()).toBe('网络很差')
  })
})
