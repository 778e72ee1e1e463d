/** Compiles the WXML of a build with WeChat's own template compiler. */
import type { Files } from './appJson'
import { TmplGroup } from 'glass-easel-template-compiler'

export interface Templates {
  /** What the compiler dislikes, with the file's name. */
  readonly warnings: readonly string[]
  /** By path without `.wxml`, as glass-easel wants them. */
  readonly byPath: Record<string, any>
}

export function compileTemplates(files: Files): Templates {
  const group = new TmplGroup()
  const warnings: string[] = []
  for (const [path, source] of Object.entries(files)) {
    if (path.endsWith('.wxs'))
      group.addScript(path.slice(0, -'.wxs'.length), source)
    if (path.endsWith('.wxml')) {
      for (const { message } of group.addTmpl(path.slice(0, -'.wxml'.length), source) as { message: string }[])
        warnings.push(`${path}: ${message}`)
    }
  }
  // The generated code hands every event to Q.C with its handler.
  const code = group.getTmplGenObjectGroups().replace('var Q={', 'var Q={C:$handle,')
  group.free()
  // eslint-disable-next-line no-new-func
  const byPath = new Function('$handle', `return ${code}`)(handle)
  return { warnings, byPath }
}

interface Node { readonly id: string, readonly dataset: Record<string, unknown> }
interface GlassEaselEvent { type: string, timeStamp: number, detail: unknown, mark?: object, target: Node, currentTarget: Node }

/** WeChat gives handlers plain records, and uni-app counts on their own `detail` and `target`. */
function handle(caller: unknown, event: GlassEaselEvent, handler: (this: unknown, event: object) => unknown): unknown {
  const present = (node: Node) => ({ id: node?.id ?? '', dataset: node?.dataset ?? {}, offsetLeft: 0, offsetTop: 0 })
  const { type, timeStamp, detail, mark = {}, target, currentTarget } = event
  return handler.call(caller, { type, timeStamp, detail, mark, target: present(target), currentTarget: present(currentTarget), touches: [], changedTouches: [] })
}
