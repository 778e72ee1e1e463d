/**
 * Takes one step after the other; one that fails keeps none of the others from being taken.
 *
 * @throws the first failure, after the last step
 */
export async function stopAll(steps: readonly (() => unknown)[], onFailure: (error: unknown) => void): Promise<void> {
  const failures: unknown[] = []
  for (const step of steps) {
    try {
      await step()
    }
    catch (error) {
      onFailure(error)
      failures.push(error)
    }
  }
  if (failures.length > 0)
    throw failures[0]
}
