/**
 * What uni writes into every template although nothing in the whole program asks for it. It compiles one component at a
 * time and cannot know; here all of them lie side by side.
 */

/** Path inside the build → text. */
export type Texts = Record<string, string>

/** As shortScopes.ts names them. */
const SCOPE = /_[0-9a-z]+/
/** Users that make a component common. */
const MANY = 4
const TAG = /<([a-z][\w-]*)((?:\s(?:"[^"]*"|[^">])*)?)(\/?)>/g

/** The same program in fewer bytes. Files that are no template, style or component's record are left alone. */
export function lightenTemplates(files: Texts): Texts {
  return [dropLoneScopes, dropHostClasses, dropUnaskedAttributes, shareComponents].reduce((texts, step) => ({ ...texts, ...step(texts) }), files)
}

/** A scope without another class beside it: no selector means it, unless a style says the scope alone. */
function dropLoneScopes(files: Texts): Texts {
  const styles = Object.entries(files).filter(([file]) => file.endsWith('.wxss')).map(([, text]) => text).join('\n')
  const alone = new Set([...styles.matchAll(new RegExp(`(?:^|[\\s>+~,{}(])[a-z-]*\\.(${SCOPE.source})`, 'gm'))].map(([, scope]) => scope))
  return mapTemplates(files, text => text.replace(new RegExp(` (?:class|virtualHostClass)="(${SCOPE.source})"`, 'g'), (whole, scope: string) => alone.has(scope) ? whole : ''))
}

/** A component without a node of its own has no use for a class, only for what it hands on; `r` is how uni finds it. */
function dropHostClasses(files: Texts): Texts {
  const isVirtual = (path: string | undefined) => /virtualHostClass\]?\}\}/.test(files[`${path}.wxml`] ?? '')
  return mapTags(files, (attributes, child) => isVirtual(child)
    ? attributes.replace(/ class="([^"]*)"( virtualHostClass="\1")/, (whole, classes: string, handed: string) => /(?:^|[\s'])r(?:[\s']|$)/.test(classes) ? whole : handed)
    : attributes)
}

/** `style` and `hidden` of a component's root, for components that nobody gives any. */
function dropUnaskedAttributes(files: Texts): Texts {
  return [
    { handed: 'virtualHostStyle', value: '{{virtualHostStyle}}', own: 'style' },
    { handed: 'virtualHostHidden', value: '{{virtualHostHidden || false}}', own: 'hidden' },
  ].reduce((texts, { handed, own, value }) => {
    const asked = childrenGiven(texts, handed, value)
    const passing = ` ${handed}="${value}"`
    return { ...texts, ...mapTemplates(texts, (text, path) => asked.has(path) ? text : text.replaceAll(` ${own}="${value}"`, '').replaceAll(passing, '')) }
  }, files)
}

/** Components that are given it, by themselves or handed on by one that is. */
function childrenGiven(files: Texts, attribute: string, handedOn: string): Set<string> {
  const given = new Set<string>()
  const heirs: [parent: string, child: string][] = []
  mapTags(files, (attributes, child, parent) => {
    const value = new RegExp(` ${attribute}="([^"]*)"`).exec(attributes)?.[1]
    if (child !== undefined && value === handedOn)
      heirs.push([parent, child])
    else if (child !== undefined && value !== undefined)
      given.add(child)
    return attributes
  })
  for (let before = -1; before !== given.size;) {
    before = given.size
    heirs.filter(([parent]) => given.has(parent)).forEach(([, child]) => given.add(child))
  }
  return given
}

/** What many use and the main package holds is named once, in app.json. */
function shareComponents(files: Texts): Texts {
  const records = Object.keys(files).filter(file => file.endsWith('.json') && file !== 'app.json').map(file => ({ file, ...JSON.parse(files[file]) })).filter(({ usingComponents }) => usingComponents)
  const users = new Map<string, number>()
  for (const { file, usingComponents } of records)
    Object.entries<string>(usingComponents).map(([name, to]) => commonPath(file, name, to)).forEach(path => path && users.set(path, 1 + (users.get(path) ?? 0)))

  const shared: Record<string, string> = {}
  const lighter = records.map(({ file, usingComponents, ...record }) => {
    const own = Object.entries<string>(usingComponents).filter(([name, to]) => {
      const path = commonPath(file, name, to)
      const isShared = (users.get(path ?? '') ?? 0) >= MANY
      if (isShared)
        shared[name] = `/${path}`
      return !isShared
    })
    return [file, JSON.stringify(own.length > 0 ? { ...record, usingComponents: Object.fromEntries(own) } : record)]
  })
  const { usingComponents, ...app } = JSON.parse(files['app.json'])
  return { ...Object.fromEntries(lighter), 'app.json': JSON.stringify({ ...app, usingComponents: { ...usingComponents, ...shared } }) }
}

/** `src/components/AppTap` for the main package's component that is used by its own name. */
function commonPath(file: string, name: string, to: string): string | undefined {
  const path = resolve(file, to)
  return path === `src/components/${name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}` ? path : undefined
}

/** `change` gets the attributes of each tag with the paths of the component it stands for, if any, and of the template. */
function mapTags(files: Texts, change: (attributes: string, child: string | undefined, parent: string) => string): Texts {
  return mapTemplates(files, (text, path) => {
    const used: Record<string, string> = JSON.parse(files[`${path}.json`] ?? '{}').usingComponents ?? {}
    return text.replace(TAG, (_, name: string, attributes: string, end: string) => `<${name}${change(attributes, used[name] && resolve(path, used[name]), path)}${end}>`)
  })
}

function mapTemplates(files: Texts, change: (text: string, path: string) => string): Texts {
  return Object.fromEntries(Object.entries(files).filter(([file]) => file.endsWith('.wxml')).map(([file, text]) => [file, change(text, file.slice(0, -'.wxml'.length))]))
}

const resolve = (from: string, to: string) => to.startsWith('/') ? to.slice(1) : new URL(to, `file:///${from}`).pathname.slice(1)
