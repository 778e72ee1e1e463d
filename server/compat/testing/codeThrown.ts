import { WeappError } from '../WeappError'

/** 0: nothing was. */
export function codeThrown(action: () => unknown): number {
  try {
    action()
    return 0
  }
  catch (error) {
    if (error instanceof WeappError)
      return error.code
    throw error
  }
}
