/**
 * `defineProps<PlayerProps>()` makes Vue's compiler read the file that has PlayerProps, for which it needs TypeScript. A project in
 * JavaScript has none, so the names are written out: `defineProps<{ urls?: PlayerProps['urls'], … }>()`.
 */
import path from 'node:path'
import { babelParse, inferRuntimeType, resolveTypeElements } from 'vue/compiler-sfc'
import { Problem } from '../problem.mjs'
import { scriptsIn } from './importsIn.mjs'

const MACRO = /\bdefine(Props|Emits)<([A-Z]\w*)>\(/g

/**
 * @param root the folder that `@/` means
 * @param file the component
 * @param text its text
 * @returns edits of the text
 */
export function typeEdits(root, file, text) {
  return scriptsIn(file, text).flatMap(({ start, code }) => [...code.matchAll(MACRO)].map(({ 0: call, 1: macro, 2: type, index }) => {
    const at = start + index + call.indexOf('<') + 1
    return { start: at, end: at + type.length, text: spellOut(path.join(root, file), code, type, macro) }
  }))
}

function spellOut(filename, code, type, macro) {
  const context = {
    filename,
    source: code,
    ast: babelParse(code, { sourceType: 'module', plugins: ['typescript'] }).program.body,
    options: {},
    error: (message) => { throw new Problem(`${filename}: ${type}: ${message}`) },
    getString: node => code.slice(node.start, node.end),
  }
  const { props, calls } = resolveTypeElements(context, { type: 'TSTypeReference', typeName: { type: 'Identifier', name: type } })
  if (calls)
    throw new Problem(`${filename}: ${type} has call signatures; write its events as properties.`)
  const members = Object.values(props).map((member) => {
    const name = member.key.name ?? JSON.stringify(member.key.value)
    const runtime = macro === 'Props' ? inferRuntimeType(context, member.typeAnnotation.typeAnnotation, member._ownerScope) : []
    // By `boolean` Vue knows that an attribute without a value is true; a type of another file it would not look up.
    if (runtime.includes('Boolean') && runtime.length > 1)
      throw new Problem(`${filename}: ${type}.${name} is a boolean or something else.`)
    return `${name}${member.optional ? '?' : ''}: ${runtime.includes('Boolean') ? 'boolean' : `${type}['${member.key.name ?? member.key.value}']`}`
  })
  return `{ ${members.join(', ')} }`
}
