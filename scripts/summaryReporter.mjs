import process from 'node:process'

/**
 * Tells the process that started vitest how many tests passed and failed. What kept tests from running counts as failed:
 * a file that does not load, a hook of a suite that throws, an error nobody caught.
 */
export default class SummaryReporter {
  onTestRunEnd(modules, unhandledErrors, reason) {
    process.send?.(countTests(modules, unhandledErrors, reason))
  }
}

export function countTests(modules, unhandledErrors, reason) {
  const tests = modules.flatMap(module => [...module.children.allTests()])
  const withState = state => tests.filter(test => test.result().state === state).length
  const brokenSuites = modules.flatMap(module => [module, ...module.children.allSuites()]).filter(suite => suite.errors().length > 0)
  const passed = withState('passed')
  const failed = withState('failed') + brokenSuites.length + unhandledErrors.length
  // Nothing run, or cut short, is not a success.
  return { passed, failed: failed === 0 && (passed === 0 || reason === 'interrupted') ? 1 : failed }
}
