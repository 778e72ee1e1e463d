/** Whether this page simulates, and the way to change that: the page opens anew, so that no tag comes or goes under one that runs. */
import type { MediaProblem } from '../components/media'
import { useLiveServices } from '@/src/app/liveServices'

export function useSimulation() {
  const { simulator } = useLiveServices()
  return {
    isOn: simulator.isOn(),
    /** The tag of this page may be missing. */
    hear: ({ code }: MediaProblem) => code === 'TAG_UNAVAILABLE' && simulator.noteTags(true),
    turn(isOn: boolean) {
      simulator.turn(isOn)
      openAnew()
    },
  }
}

function openAnew(): void {
  const pages = getCurrentPages()
  const { route, options } = pages[pages.length - 1] as { route?: string, options?: Record<string, string> }
  const query = Object.entries(options ?? {}).map(([name, value]) => `${name}=${value}`).join('&') // WeChat leaves them encoded
  void uni.redirectTo({ url: `/${route}${query ? `?${query}` : ''}` })
}
