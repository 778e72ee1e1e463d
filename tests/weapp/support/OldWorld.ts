/** A server and people with old apps; time passes for all of them when a test says so. */
import type { OldApps } from './OldApp'
import type { OldPeople } from './people'
import type { TestServer, TestServerOptions } from '@/server/testing/startTestServer'
import { startTestServer } from '@/server/testing/startTestServer'
import { settled, VirtualClock } from '@/server/testing/VirtualClock'
import { createOldApps } from './OldApp'
import { createOldPeople } from './people'

const STEP_MS = 500
/** Of the phones' clocks, which are ahead. */
export const WRONG_BY_MS = 3 * 60_000 + 21

export interface OldWorld extends Pick<OldPeople, 'person'> {
  readonly apps: OldApps
  readonly server: TestServer
  /** In small steps, after each of which everything that was asked is answered. */
  readonly pass: (ms: number, stepMs?: number) => Promise<void>
  /** The server goes away and comes back at the same place. */
  readonly restart: () => Promise<void>
  readonly close: () => Promise<void>
}

export async function openOldWorld({ env, ...options }: TestServerOptions = {}): Promise<OldWorld> {
  const apps = createOldApps()
  const settings = { ...apps.env, ...env }
  const phoneClock = new VirtualClock(Date.now() + WRONG_BY_MS)
  let clock = new VirtualClock(Date.now())
  let server = await startTestServer({ ...options, clock, env: settings })
  const people = createOldPeople(() => server.origin, apps, phoneClock)

  return {
    apps,
    person: people.person,
    get server() { return server },
    async pass(ms, stepMs = STEP_MS) {
      for (let left = ms; left > 0; left -= stepMs) {
        const step = Math.min(stepMs, left)
        await clock.advance(step)
        await phoneClock.advance(step)
        await settled()
        await people.idle()
        await settled()
      }
    },
    async restart() {
      const { dataDir, url, rtmpUrl } = server
      await people.idle()
      await server.close()
      people.hangUp()
      clock = clock.later(0)
      server = await startTestServer({ ...options, clock, dataDir, env: { ...settings, PORT: new URL(url).port, RTMP_PORT: new URL(rtmpUrl!).port } })
    },
    async close() {
      await people.close()
      await server.stop()
      apps.close()
    },
  }
}
