import type { Database } from '../database/createDatabase'
import type { MediaProvider } from '../media/MediaProvider'
import { Router } from 'express'
import { sql } from 'kysely'

export interface HealthRoutesOptions {
  readonly version: string
  readonly db: Database
  readonly media: Pick<MediaProvider, 'figures' | 'capabilities'>
  /** Streams are lent to who cannot publish: the app asks before it offers that. */
  readonly hasSimulator: boolean
  /** Messages of WeChat's can be sent: likewise. */
  readonly hasReminders: boolean
  readonly isRunning: () => boolean
}

/** For load balancers and start scripts: 200 while the server can do its work, 503 while it cannot or is about to stop. */
export function healthRoutes({ version, db, media, hasSimulator, hasReminders, isRunning }: HealthRoutesOptions): Router {
  const router = Router()
  router.get('/healthz', async (_request, response) => {
    const database = await sql`select 1`.execute(db).then(() => 'ok', () => 'down')
    const ok = database === 'ok' && isRunning()
    response.status(ok ? 200 : 503).set('Cache-Control', 'no-store').json({
      ok,
      version,
      uptimeSeconds: Math.round(process.uptime()),
      database,
      simulator: hasSimulator,
      reminders: hasReminders,
      media: { streams: media.figures().length, ...media.capabilities },
    })
  })
  return router
}
