/** Resolves as soon as it is so; the test's timeout is the limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition())
    await new Promise(resolve => setTimeout(resolve, 5))
}
