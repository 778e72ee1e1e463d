/** The last minute of the running media, and what it says of the network. */
import type { MediaStatistics, NetworkGrade } from '@/src/live/components/media'
import { shallowRef } from 'vue'
import { networkGrade } from '@/src/live/media/networkGrade'

/** One sample a second. */
export const KEPT_SAMPLES = 60

export function useStatistics() {
  const samples = shallowRef<readonly MediaStatistics[]>([])
  const grade = shallowRef<NetworkGrade>('unknown')

  return {
    samples,
    grade,
    add(sample: MediaStatistics) {
      samples.value = [...samples.value, sample].slice(-KEPT_SAMPLES)
      grade.value = networkGrade(samples.value, grade.value)
    },
    clear() {
      samples.value = []
      grade.value = 'unknown'
    },
  }
}
