/** The pages and components of a build, made known to glass-easel; each one's script runs when it is first used. */
import type { AssociatedBackend } from 'glass-easel-miniprogram-adapter'
import type { AppJson, Files } from './appJson'
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import { subPackageRoots } from './appJson'
import { defineBuiltIns } from './builtIns'
import { createModules } from './modules'
import { resolvePath } from './paths'
import { createReadyQueue } from './readyQueue'
import { compileTemplates } from './templates'

export interface Components {
  /** Runs a file of the build, once. */
  readonly load: (path: string) => unknown
  readonly createPage: (route: string) => ReturnType<AssociatedBackend['createRoot']>
  /** Runs the `ready` hooks that are due. */
  readonly flushReady: () => void
  readonly templateWarnings: readonly string[]
}

type Factory = (options: any) => unknown
interface Factories { Page: Factory, Component: Factory, Behavior: Factory }

/**
 * Nothing runs yet but the template compiler.
 *
 * @param files the build's code
 * @param appJson its app.json
 * @param globals what scripts see besides Page, Component and Behavior
 */
export function createComponents(files: Files, appJson: AppJson, globals: Record<string, unknown>): Components {
  const env = new MiniProgramEnv()
  const space = env.createCodeSpace('', true)
  defineBuiltIns(env.getGlobalCodeSpace(), space)
  const backend = env.associateBackend()
  const ready = createReadyQueue()
  const templates = compileTemplates(files)
  for (const path of Object.keys(templates.byPath))
    addTemplate(path)

  let current: Factories | undefined
  // uni's vendor.js keeps Page and Component when it loads, so which file is being defined is looked up when they are called.
  const factory = (name: keyof Factories) => (options: unknown) => {
    if (!current)
      throw new Error(`${name}() outside a component's file`)
    return current[name](options)
  }
  const load = createModules(files, subPackageRoots(appJson), { ...globals, Page: factory('Page'), Component: factory('Component'), Behavior: factory('Behavior') })
  const defined = new Set<string>()

  function addTemplate(path: string) {
    const config = configOf(path)
    const absolute = (components: Readonly<Record<string, string>> = {}, from: string) =>
      Object.fromEntries(Object.entries(components).map(([name, to]) => [name, `/${resolvePath(from, to)}`]))
    space.addCompiledTemplate(path, { groupList: templates.byPath, content: templates.byPath[path], fallbackListenerOnNativeNode: true } as never)
    space.addComponentStaticConfig(path, {
      ...config,
      styleIsolation: 'shared', // else class names get a prefix that no selector knows
      usingComponents: { ...absolute(appJson.usingComponents, 'app.json'), ...absolute(config.usingComponents, path) },
    } as never)
  }

  /** After the components it uses. */
  function define(path: string) {
    if (defined.has(path))
      return
    defined.add(path)
    for (const component of Object.values(appJson.usingComponents ?? {}))
      define(resolvePath('app.json', component))
    for (const component of Object.values(configOf(path).usingComponents ?? {}))
      define(resolvePath(path, component))
    space.componentEnv(path, ({ Page, Component, Behavior }) => {
      current = { Page: Page as Factory, Behavior: Behavior as Factory, Component: options => Component(ready.watch(options)) }
      load(`${path}.js`)
      current = undefined
    })
  }

  function configOf(path: string): { usingComponents?: Record<string, string> } {
    return JSON.parse(files[`${path}.json`] ?? '{}')
  }

  return {
    load,
    createPage(route) {
      define(route)
      return backend.createRoot('page', space, `/${route}`)
    },
    flushReady: ready.flush,
    templateWarnings: templates.warnings,
  }
}
