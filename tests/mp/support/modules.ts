/** Runs the JavaScript of a build as WeChat does: CommonJS, without a browser's globals, subpackages apart. */
import type { Files } from './appJson'
import { resolvePath } from './paths'

/** Not there in WeChat; code that reaches for them fails on a phone, so it must fail here. */
const ABSENT = ['window', 'document', 'location', 'navigator', 'localStorage', 'sessionStorage', 'process', 'XMLHttpRequest', 'WebSocket', 'fetch', 'self', 'globalThis', 'Buffer', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'crypto', 'AbortController', 'structuredClone', 'queueMicrotask', 'btoa', 'atob', 'setImmediate', 'performance']

/** Answers what loads a file, once. `globals` are what scripts see besides the language itself. */
export function createModules(files: Files, packageRoots: readonly string[], globals: Record<string, unknown>): (path: string) => unknown {
  const loaded = new Map<string, { exports: unknown }>()
  const packageOf = (path: string) => packageRoots.find(root => path.startsWith(`${root}/`))
  const scope = { ...Object.fromEntries(ABSENT.map(name => [name, undefined])), ...globals }

  function load(path: string): unknown {
    const known = loaded.get(path)
    if (known)
      return known.exports
    if (files[path] === undefined)
      throw new Error(`module not found: ${path}`)
    const module = { exports: {} }
    loaded.set(path, module)
    const require = (id: string) => {
      const target = resolvePath(path, id).replace(/(?:\.js)?$/, '.js')
      const owner = packageOf(target)
      if (owner !== undefined && owner !== packageOf(path))
        throw new Error(`${path} may not require ${target}: it lies in another subpackage`)
      return load(target)
    }
    // eslint-disable-next-line no-new-func
    const script = new Function('$scope', `with($scope){return function(require,module,exports){${files[path]}\n}}\n//# sourceURL=mp:///${path}`)
    script(scope)(require, module, module.exports)
    return module.exports
  }
  return load
}
