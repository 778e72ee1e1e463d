/** The product as `npm run sandbox:tencent` runs it: server, web app, and doubles of the clouds, on free ports. */
import type { Clouds, CloudsOptions } from '@/sandbox/openClouds'
import { openClouds } from '@/sandbox/openClouds'
import { startApp } from '../../support/app'

export interface TencentApp {
  readonly clouds: Clouds
  readonly url: string
  readonly stop: () => Promise<void>
}

export async function startTencentApp({ env = {}, ...options }: CloudsOptions & { readonly env?: Record<string, string> } = {}): Promise<TencentApp> {
  const clouds = await openClouds(options)
  const app = await startApp({ ...clouds.env, ...env })
  clouds.callBack(app.url.replace('localhost', '127.0.0.1'))
  return {
    clouds,
    url: app.url,
    async stop() {
      await app.stop()
      await clouds.close()
    },
  }
}
