/** A trouble in words, and the one thing that a person can do. Empty while there is none; a weak network is for useNetworkNews. */
import type { ComputedRef } from 'vue'
import type { MediaTrouble } from '../components/media'
import { computed } from 'vue'
import { useText } from '@/src/composables/useText'
import { useSecondsLeft } from './useSecondsLeft'

export interface TroubleWords {
  readonly title: string
  readonly body: string
  /** `retry` is a start(), `resume` a resume() of the pusher or player. */
  readonly action: 'retry' | 'resume' | null
  /** Something is under way. */
  readonly isBusy: boolean
}

const NOTHING: TroubleWords = { title: '', body: '', action: null, isBusy: false }

export function useTroubleWords(trouble: () => MediaTrouble | null): ComputedRef<TroubleWords> {
  const { t } = useText()
  const untilNext = () => {
    const told = trouble()
    return told?.kind === 'waiting' ? told.until : undefined
  }
  const seconds = useSecondsLeft(untilNext)

  return computed(() => {
    const told = trouble()
    switch (told?.kind) {
      case 'reconnecting': return { ...NOTHING, title: told.attempt > 1 ? t('trouble.reconnecting.again', { attempt: told.attempt }) : t('trouble.reconnecting'), isBusy: true }
      case 'waiting': return { title: t('trouble.waiting'), body: t('trouble.waiting.body', { seconds: seconds.value }), action: 'retry', isBusy: false }
      case 'offline': return { title: t('trouble.offline'), body: t('trouble.offline.body'), action: 'retry', isBusy: false }
      case 'stuck': return { title: t('trouble.stuck'), body: t('trouble.stuck.body'), action: 'retry', isBusy: false }
      case 'paused': return told.by === 'person'
        ? { ...NOTHING, title: t('trouble.paused.person'), action: 'resume' }
        : { ...NOTHING, title: t(`trouble.paused.${told.by}`), body: t(`trouble.paused.${told.by}.body`), action: told.by === 'background' ? null : 'resume' }
      default: return NOTHING
    }
  })
}
