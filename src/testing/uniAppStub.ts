/**
 * Stands in for @dcloudio/uni-app, which needs a function of uni's Vue fork. Hooks are kept with the component, and a
 * test calls them as the platform would.
 */
import type { VueWrapper } from '@vue/test-utils'
import type { ComponentInternalInstance } from 'vue'
import { getCurrentInstance } from 'vue'

type Hook = (...args: any[]) => unknown

const kept = new WeakMap<ComponentInternalInstance, Map<string, Hook[]>>()

function register(name: string) {
  return (hook: Hook) => {
    const instance = getCurrentInstance()
    if (!instance)
      throw new Error(`${name} was called outside setup`)
    const hooks = kept.get(instance) ?? new Map<string, Hook[]>()
    hooks.set(name, [...hooks.get(name) ?? [], hook])
    kept.set(instance, hooks)
  }
}

export const onLoad = register('onLoad')
export const onShow = register('onShow')
export const onHide = register('onHide')
export const onUnload = register('onUnload')
export const onPullDownRefresh = register('onPullDownRefresh')
export const onReachBottom = register('onReachBottom')
export const onShareAppMessage = register('onShareAppMessage')
export const onShareTimeline = register('onShareTimeline')

/** Calls a page's hook and returns what it answered. */
export function callHook(wrapper: VueWrapper<any>, name: string, ...args: unknown[]): unknown[] {
  return (kept.get(wrapper.vm.$)?.get(name) ?? []).map(hook => hook(...args))
}
