/** The stream's id in any of its addresses, as the old clients cut it out: before `?`, after the last `/`, up to the first dot. */
export function streamOf(url: string): string {
  const path = url.split('?')[0]
  return path.slice(path.lastIndexOf('/') + 1).split('.')[0]
}
