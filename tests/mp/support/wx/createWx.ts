/** The `wx` a mini-program sees: network and storage work, the rest is recorded and succeeds. */
import type { Callbacks } from './answer'
import type { Events } from './events'
import { fail, succeed } from './answer'
import { CAPSULE, SYSTEM } from './device'
import { createEvents } from './events'
import { createFileSystemManager, SNAPSHOT_PATH } from './files'
import { createNetwork, hangUp } from './network'
import { createRequest } from './request'
import { createSelectorQuery } from './selectorQuery'
import { createConnectSocket } from './socket'

/** The page stack, as wx's navigation calls need it. */
export interface Navigation {
  navigateTo: (url: string) => void
  redirectTo: (url: string) => void
  reLaunch: (url: string) => void
  navigateBack: (delta: number) => void
  current: () => any
}

export interface Wx {
  readonly api: Record<string, any>
  /** Every recorded call: name and arguments. Calls on contexts are named `LivePusherContext.start` and so on. */
  readonly calls: [name: string, ...args: unknown[]][]
  /** Names of calls on contexts that fail until they are taken out. */
  readonly refused: Set<string>
  /** The network comes or goes, with all that is open on it. */
  readonly setNetwork: (isUp: boolean) => void
  /** What is open, and who listens. */
  readonly alive: () => { readonly sockets: number, readonly listeners: number }
  /** Something else happens to the phone: `emit('KeyboardHeightChange', { height: 300 })`. */
  readonly emit: Events['emit']
  /** Ends what is open on the network. */
  readonly close: () => void
}

/** Calls that are recorded and succeed. Others than those listed here do not exist, so that a typing error shows. */
const RECORDED = [
  'showToast hideToast showLoading hideLoading showModal showActionSheet',
  'setNavigationBarTitle setNavigationBarColor startPullDownRefresh stopPullDownRefresh pageScrollTo hideHomeButton',
  'setKeepScreenOn setClipboardData getClipboardData vibrateShort setVisualEffectOnCapture',
  'showShareMenu updateShareMenu previewImage saveImageToPhotosAlbum getImageInfo downloadFile uploadFile',
  'authorize openSetting',
].join(' ').split(' ')

/**
 * One phone's `wx`.
 *
 * @param navigation the page stack it moves
 * @param overrides functions that replace ours, e.g. a refused permission
 */
export function createWx(navigation: Navigation, overrides: Record<string, unknown> = {}): Wx {
  const calls: [string, ...unknown[]][] = []
  const refused = new Set<string>()
  const network = createNetwork()
  const storage = new Map<string, unknown>()
  const events = createEvents()
  let logins = 0
  const record = (name: string, ...args: unknown[]) => void calls.push([name, ...args])

  /** Each method of a context is recorded, and succeeds unless it is refused. */
  const context = (name: string, owner: unknown) => new Proxy({}, {
    get: (_, method: string) => (options?: Callbacks & object) => {
      record(`${name}.${method}`, options, owner)
      if (refused.has(`${name}.${method}`))
        return fail(method, options, 'refused')
      return succeed(method, options, method === 'snapshot' ? { tempImagePath: SNAPSHOT_PATH, width: 360, height: 640 } : {})
    },
  })
  const moving = (name: string, move: (options: any) => void) => (options: any = {}) => {
    record(name, options)
    try {
      move(options)
    }
    catch (error) {
      return fail(name, options, (error as Error).message)
    }
    return succeed(name, options)
  }
  const always = (names: string, value: unknown) => Object.fromEntries(names.split(' ').map(name => [name, () => value]))

  const api: Record<string, any> = {
    ...always('getSystemInfoSync getWindowInfo getAppBaseInfo getDeviceInfo getSystemSetting', SYSTEM),
    ...always('getLaunchOptionsSync getEnterOptionsSync', { path: '', query: {}, scene: 1001 }),
    getSystemInfo: (options: Callbacks) => succeed('getSystemInfo', options, SYSTEM),
    getAppAuthorizeSetting: () => ({ cameraAuthorized: 'authorized', microphoneAuthorized: 'authorized' }),
    getSetting: (options: Callbacks) => succeed('getSetting', options, { authSetting: { 'scope.camera': true, 'scope.record': true } }),
    getAccountInfoSync: () => ({ miniProgram: { appId: 'wx0', envVersion: 'release' } }),
    getMenuButtonBoundingClientRect: () => CAPSULE,
    getNetworkType: (options: Callbacks) => succeed('getNetworkType', options, { networkType: network.isUp ? 'wifi' : 'none' }),
    login: (options: Callbacks) => succeed('login', options, { code: `code-${++logins}` }),
    canIUse: () => true,
    nextTick: (callback: () => void) => void Promise.resolve().then(callback),
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void storage.set(key, structuredClone(value)),
    setStorage(options: Callbacks & { key: string, data: unknown }) {
      storage.set(options.key, structuredClone(options.data))
      return succeed('setStorage', options)
    },
    removeStorageSync: (key: string) => void storage.delete(key),
    getStorageInfoSync: () => ({ keys: [...storage.keys()], currentSize: 0, limitSize: 10240 }),
    request: createRequest(network),
    connectSocket: createConnectSocket(network),
    getFileSystemManager: createFileSystemManager,
    createSelectorQuery: () => createSelectorQuery(navigation.current()),
    createLivePusherContext: () => context('LivePusherContext', undefined),
    createLivePlayerContext: (id: string, component?: { is: string }) => context('LivePlayerContext', { id, component: component?.is }),
    navigateTo: moving('navigateTo', ({ url }) => navigation.navigateTo(url)),
    redirectTo: moving('redirectTo', ({ url }) => navigation.redirectTo(url)),
    reLaunch: moving('reLaunch', ({ url }) => navigation.reLaunch(url)),
    switchTab: moving('switchTab', ({ url }) => navigation.reLaunch(url)),
    navigateBack: moving('navigateBack', ({ delta = 1 }) => navigation.navigateBack(delta)),
    ...Object.fromEntries(RECORDED.map(name => [name, (options?: Callbacks) => {
      record(name, options)
      return succeed(name, options)
    }])),
    ...events.functions,
    ...overrides,
  }
  return {
    // No proxy: uni-app copies what wx lists as its own.
    api,
    calls,
    refused,
    emit: events.emit,
    alive: () => ({ sockets: network.sockets, listeners: events.listeners() }),
    setNetwork(isUp) {
      network.isUp = isUp
      if (!isUp)
        hangUp(network)
      events.emit('NetworkStatusChange', { isConnected: isUp, networkType: isUp ? 'wifi' : 'none' })
    },
    close: () => hangUp(network),
  }
}
