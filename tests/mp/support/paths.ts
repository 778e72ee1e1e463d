/** Resolves a path of the mini-program as its compiler does: `/` is the package's root. */
export function resolvePath(from: string, to: string): string {
  if (to.startsWith('/'))
    return to.slice(1)
  const segments = from.split('/').slice(0, -1)
  for (const segment of to.split('/')) {
    if (segment === '..')
      segments.pop()
    else if (segment !== '.' && segment !== '')
      segments.push(segment)
  }
  return segments.join('/')
}
