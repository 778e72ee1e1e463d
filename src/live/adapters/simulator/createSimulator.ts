/** The simulator over our own server's door. The web has cameras and players of its own: it never simulates. */
import type { HttpRequest } from '@/src/adapters/http/httpRequest'
import type { KeyValue } from '@/src/ports/KeyValue'
import type { RoomApi } from '@/src/ports/RoomApi'
import type { SessionKeeper } from '@/src/ports/SessionKeeper'
import type { Simulator } from '@/src/ports/Simulator'
import * as v from 'valibot'
import { SimulatedStream, SimulatorOffer } from '@/shared/protocol/simulator'
import { parseAnswer } from '@/src/adapters/http/httpRequest'
import { ApiFailure } from '@/src/ports/RoomApi'

const KEY = 'simulator'

export interface SimulatorOptions {
  readonly request: HttpRequest
  readonly session: Pick<SessionKeeper, 'current'>
  readonly api: Pick<RoomApi, 'refreshSession'>
  readonly keyValue: KeyValue
}

export function createSimulator({ request, session, api, keyValue }: SimulatorOptions): Simulator {
  const isDevTools = isThisDevTools()
  let areTagsMissing = isDevTools

  async function set(roomId: string, isOn: boolean): Promise<void> {
    const call = async (token: string | undefined) =>
      parseAnswer(SimulatedStream, await request({ method: 'POST', path: `/api/rooms/${encodeURIComponent(roomId)}/simulated-stream`, token, body: { isOn } }))
    try {
      await call(session.current?.token)
    }
    catch (cause) {
      if (!(cause instanceof ApiFailure && cause.code === 'UNAUTHORIZED'))
        throw cause
      await call((await api.refreshSession()).token)
    }
  }

  return {
    isDevTools,
    areTagsMissing: () => areTagsMissing,
    noteTags: areMissing => void (areTagsMissing = areMissing),
    isOn() {
      const kept = v.safeParse(v.boolean(), keyValue.read(KEY))
      return kept.success ? kept.output : isDevTools
    },
    turn: isOn => keyValue.write(KEY, isOn),
    isOffered: () => request({ method: 'GET', path: '/healthz' }).then(health => parseAnswer(SimulatorOffer, health).simulator).catch(() => false),
    lend: roomId => set(roomId, true),
    giveBack: roomId => set(roomId, false),
  }
}

function isThisDevTools(): boolean {
  // #ifdef H5
  return false
  // #endif
  // #ifdef MP-WEIXIN

  return uni.getDeviceInfo().platform === 'devtools'
  // #endif
}
