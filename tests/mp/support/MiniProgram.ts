/**
 * Runs a compiled mini-program on glass-easel, the component framework of WeChat itself, in a DOM.
 *
 * It shows rendering, events, properties of native tags, routes, subpackages and calls of wx.*. It cannot show real media,
 * native rendering, login or privacy prompts: those need WeChat DevTools or a phone.
 */
import type { AppJson, Files } from './appJson'
import type { Wx } from './wx/createWx'
import { globalOptions } from 'glass-easel'
import { createComponents } from './components'
import { createPhoneClock } from './phoneClock'
import { collectWarnings } from './warnings'
import { createWx } from './wx/createWx'

globalOptions.useMethodCallerListeners = true // uni-app keeps its handlers ("e0", "e1" …) on the instance
globalOptions.throwGlobalError = true

export interface Page {
  readonly route: string
  readonly query: Record<string, string>
  readonly container: HTMLElement
  /** What WeChat calls the page: its hooks are methods. */
  readonly instance: any
  readonly close: () => void
}

export interface Alive {
  readonly timers: number
  readonly sockets: number
  /** Of wx.on… without their wx.off… */
  readonly listeners: number
}

export interface MiniProgram {
  /** Starts the app with its first page, or with the one named, as a shared link does. */
  readonly launch: (url?: string) => Page
  /** The page in front. */
  readonly page: () => Page
  readonly navigateBack: (delta?: number) => void
  /** The person switches to another app, and back. */
  readonly hide: () => void
  readonly show: () => void
  readonly wx: Wx
  /** The phone's time goes on by this many ms at once; timers that are due meanwhile ring. */
  readonly skip: (ms: number) => Promise<void>
  /** What has been started and not ended. */
  readonly alive: () => Alive
  /** Of the template compiler, with the file's name. */
  readonly templateWarnings: readonly string[]
  /** Of components while they run. */
  readonly warnings: readonly string[]
  readonly close: () => void
}

/**
 * The program, not yet started.
 *
 * @param files the build's code
 * @param overrides functions of wx that replace ours, e.g. a refused permission
 */
export function createMiniProgram(files: Files, overrides: Record<string, unknown> = {}): MiniProgram {
  const appJson: AppJson = JSON.parse(files['app.json'])
  const routes = [...appJson.pages, ...(appJson.subPackages ?? []).flatMap(({ root, pages }) => pages.map(page => `${root.replace(/\/$/, '')}/${page}`))]
  const stack: Page[] = []
  const warnings = collectWarnings()
  const clock = createPhoneClock()
  const page = () => stack.at(-1)!
  let app: any

  const wx = createWx({ navigateTo, redirectTo, reLaunch, navigateBack, current: () => page().instance }, overrides)
  const components = createComponents(files, appJson, {
    ...clock.globals,
    wx: wx.api,
    global: {},
    App: (options: any) => void (app = options),
    getApp: () => app,
    getCurrentPages: () => stack.map(({ instance }) => instance),
    requirePlugin: () => ({}),
    __wxConfig: { envVersion: 'release' },
  })

  function launch(url = routes[0]): Page {
    components.load('app.js')
    const options = { path: url.split('?')[0], query: queryOf(url), scene: 1001, referrerInfo: {} }
    app.onLaunch?.(options)
    app.onShow?.(options)
    navigateTo(url)
    return page()
  }

  function navigateTo(url: string) {
    const route = url.split('?')[0].replace(/^\//, '')
    if (!routes.includes(route))
      throw new Error(`page "${route}" is not found`)
    const query = queryOf(url)
    const root = components.createPage(route)
    // Set before `attached`: by its route uni-app tells a page from a component.
    const instance: any = Object.assign(root.get(), { route, __route__: route, options: query })
    const container = document.body.appendChild(document.createElement('page'))
    stack.at(-1)?.instance.onHide?.()
    const close = () => {
      instance.onUnload?.()
      root.release()
      container.remove()
    }
    stack.push({ route, query, container, instance, close })
    root.attach(container as never, container.appendChild(document.createElement('span')) as never)
    instance.onLoad?.(query)
    instance.onShow?.()
    components.flushReady()
    instance.onReady?.()
  }

  function redirectTo(url: string) {
    stack.pop()!.close()
    navigateTo(url)
  }

  function reLaunch(url: string) {
    closeAll()
    navigateTo(url)
  }

  function navigateBack(delta = 1) {
    for (let i = 0; i < delta && stack.length > 1; i++)
      stack.pop()!.close()
    page().instance.onShow?.()
  }

  function closeAll() {
    while (stack.length)
      stack.pop()!.close()
  }

  return {
    launch,
    page,
    navigateBack,
    hide: () => {
      page().instance.onHide?.()
      app.onHide?.()
      wx.emit('AppHide')
    },
    show: () => {
      const options = { path: page().route, query: page().query, scene: 1001, referrerInfo: {} }
      app.onShow?.(options)
      wx.emit('AppShow', options)
      page().instance.onShow?.()
    },
    wx,
    skip: clock.skip,
    alive: () => ({ timers: clock.timers(), ...wx.alive() }),
    templateWarnings: components.templateWarnings,
    warnings: warnings.list,
    close: () => {
      closeAll()
      wx.close()
      clock.stop()
      warnings.stop()
    },
  }
}

function queryOf(url: string): Record<string, string> {
  const pairs = (url.split('?')[1] ?? '').split('&').filter(Boolean)
  return Object.fromEntries(pairs.map(pair => pair.split('=').map(decodeURIComponent)))
}
