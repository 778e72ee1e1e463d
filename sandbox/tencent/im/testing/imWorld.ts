/** A cloud with an administrator who calls, and an application's server that hears its callbacks. */
import type { ImCloudSettings } from '../startImCloud'
import { randomBytes } from 'node:crypto'
import { createUserSigner } from '../../../../server/auth/userSig'
import { serve } from '../../../../server/testing/serve'
import { startImCloud } from '../startImCloud'

export const SDK_APP_ID = 1_400_000_000
const HOUR_MS = 3_600_000

export interface Heard {
  readonly query: URLSearchParams
  readonly body: Record<string, unknown>
}

export async function openImWorld(settings: Partial<ImCloudSettings> = {}) {
  const key = { kind: 'secret' as const, secretKey: randomBytes(32).toString('hex') }
  const token = randomBytes(16).toString('hex')
  const { sdkAppId = SDK_APP_ID } = settings
  const signer = createUserSigner({ sdkAppId, key })
  const cloud = await startImCloud({ ...settings, sdkAppId, key })
  const heard: Heard[] = []
  /** What the application answers to a callback. */
  const answers = new Map<string, unknown>()
  const application = await serve(async (request, response) => {
    let text = ''
    for await (const chunk of request)
      text += chunk
    const query = new URL(request.url!, 'http://app').searchParams
    heard.push({ query, body: JSON.parse(text) })
    response.end(JSON.stringify(answers.get(query.get('CallbackCommand')!) ?? { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 }))
  })
  cloud.callBack({ url: `${application.url}/callbacks/im`, token })

  return {
    ...cloud,
    key,
    token,
    signer,
    heard,
    answers,
    userSig: (userId: string) => signer.sign(userId, HOUR_MS),
    /** Calls as the administrator; `changes` are of the query. */
    async call(name: string, body: unknown, changes: Record<string, string> = {}): Promise<Record<string, any>> {
      const query = new URLSearchParams({ sdkappid: String(sdkAppId), identifier: 'administrator', usersig: signer.sign('administrator', HOUR_MS), random: '1', contenttype: 'json', ...changes })
      const response = await fetch(`${cloud.apiUrl}/v4/${name}?${query}`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })
      return await response.json() as Record<string, any>
    },
    async close(): Promise<void> {
      await cloud.close()
      await application.close()
    },
  }
}
