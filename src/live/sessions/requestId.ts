/** Names for requests that no other run of the app gives to its own. */
export function createRequestIds(random: () => number): () => string {
  const run = Array.from({ length: 3 }, () => Math.floor(random() * 36 ** 5).toString(36)).join('')
  let count = 0
  return () => `${run}-${++count}`
}
