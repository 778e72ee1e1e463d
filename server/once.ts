/** Runs at the first call; every later one gets the same answer. */
export function once<Result>(action: () => Result): () => Result {
  let first: { readonly result: Result } | undefined
  return () => (first ??= { result: action() }).result
}
