/** The simulator over our own server's door. The web has cameras and players of its own: it never simulates. */
import type { SessionAccess } from '../withSession'
import type { HttpRequest } from '@/src/adapters/http/httpRequest'
import type { KeyValue } from '@/src/ports/KeyValue'
import type { Platform } from '@/src/ports/Platform'
import type { Simulator } from '@/src/ports/Simulator'
import * as v from 'valibot'
import { SimulatedStream, SimulatorOffer } from '@/shared/protocol/simulator'
import { parseAnswer } from '@/src/adapters/http/httpRequest'
import { withSession } from '../withSession'

const KEY = 'simulator'

export interface SimulatorOptions extends SessionAccess {
  readonly request: HttpRequest
  readonly keyValue: KeyValue
  readonly platform: Pick<Platform, 'isDevTools'>
}

export function createSimulator({ request, keyValue, platform: { isDevTools }, ...access }: SimulatorOptions): Simulator {
  let areTagsMissing = isDevTools

  const set = (roomId: string, isOn: boolean) => withSession(access, async token =>
    void parseAnswer(SimulatedStream, await request({ method: 'POST', path: `/api/rooms/${encodeURIComponent(roomId)}/simulated-stream`, token, body: { isOn } })))

  return {
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
