/** WeChat's two ways to answer: callbacks when any is given, a promise otherwise; never before the call has returned. */
export interface Callbacks<Result = any> {
  success?: (result: Result & { errMsg: string }) => void
  fail?: (error: { errMsg: string }) => void
  complete?: (result: any) => void
}

export function succeed(name: string, options: Callbacks | undefined, result: object = {}): Promise<any> | undefined {
  return answer(options, 'success', { errMsg: `${name}:ok`, ...result })
}

export function fail(name: string, options: Callbacks | undefined, reason: string): Promise<any> | undefined {
  return answer(options, 'fail', { errMsg: `${name}:fail ${reason}` })
}

function answer(options: Callbacks | undefined, outcome: 'success' | 'fail', result: any): Promise<any> | undefined {
  if (!options?.success && !options?.fail && !options?.complete)
    return outcome === 'success' ? Promise.resolve(result) : Promise.reject(result)
  queueMicrotask(() => {
    options[outcome]?.(result)
    options.complete?.(result)
  })
}
