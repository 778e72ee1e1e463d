/** The log of everything that is sent and played while the app runs, for whoever must find out why a picture is missing. */
import type { DiagnosticLine } from '../media/diagnosticsLog'
import type { MediaStatistics } from '@/src/live/components/media'
import { defineStore } from 'pinia'
import { shallowReactive, shallowRef } from 'vue'
import { useLiveServices } from '@/src/app/liveServices'
import { useServices } from '@/src/app/services'
import { presentDiagnosis, withLine } from '../media/diagnosticsLog'

export type MediumKind = 'pusher' | 'player'

export const useDiagnostics = defineStore('diagnostics', () => {
  /** Oldest first. */
  const lines = shallowRef<readonly DiagnosticLine[]>([])
  const open = new Map<() => string, MediaStatistics | undefined>()
  /** The platform's last number since it last was well, of whichever medium of a kind said one. */
  const codes = shallowReactive<Partial<Record<MediumKind, number>>>({})

  function note(from: string, text: string): void {
    lines.value = withLine(lines.value, { at: useServices().clock.now(), from, text })
  }

  /** A medium that is open; `name` may change while it is. Its figures are copied until it closes. */
  function join(name: () => string) {
    open.set(name, undefined)
    return {
      note: (text: string) => note(name(), text),
      measure: (statistics: MediaStatistics) => void open.set(name, statistics),
      close: () => void open.delete(name),
    }
  }

  async function diagnose(roomId?: string): Promise<string> {
    const { clock, platform } = useServices()
    const device = await useLiveServices().describeDevice()
    return presentDiagnosis({
      at: clock.now(),
      about: [`Lianmai ${platform.appVersion}`, ...device],
      roomId,
      figures: [...open].flatMap(([name, statistics]) => statistics ? [[name(), statistics]] : []),
      lines: lines.value,
    })
  }

  return {
    lines,
    codes,
    note,
    join,
    diagnose,
    clear() {
      lines.value = []
    },
  }
})
