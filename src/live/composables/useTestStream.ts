/** A test address of the person's own, asked for by a tap. */
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { TestStream } from '@/shared/protocol/testStream'
import { onBeforeUnmount, shallowRef } from 'vue'
import { useLiveServices } from '@/src/app/liveServices'
import { failureCode } from '../sessions/failureCode'

export type Asked
  = | { readonly status: 'none' | 'asking' }
    | { readonly status: 'given', readonly stream: TestStream }
    | { readonly status: 'refused', readonly code: ErrorCode }

/** `onGiven` hears every address that is given. */
export function useTestStream(onGiven: (stream: TestStream) => void) {
  const { toolsApi } = useLiveServices()
  const asked = shallowRef<Asked>({ status: 'none' })
  let isGone = false
  onBeforeUnmount(() => {
    isGone = true
  })

  async function ask(): Promise<void> {
    if (asked.value.status === 'asking')
      return
    asked.value = { status: 'asking' }
    try {
      const stream = await toolsApi.openTestStream()
      asked.value = { status: 'given', stream }
      if (!isGone)
        onGiven(stream)
    }
    catch (cause) {
      asked.value = { status: 'refused', code: failureCode(cause) }
    }
  }

  return { asked, ask }
}
