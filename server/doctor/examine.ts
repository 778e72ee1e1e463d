import type { Check } from './Check'
import type { Finding, Outcome } from './Finding'
import type { Settings, World } from './World'
import { CHECKS } from './checks'
import { text, unknown } from './Finding'

/** Of one check; a question to the network gives up earlier. All run at once, so this bounds the whole. */
export const CHECK_MS = 8000
/** Shorter values are no secrets, and would be cut out of ordinary words. */
const SECRET_MIN = 6
const SECRET_NAME = /(?:KEY|KEY_BACKUP|SECRET|SECRET_ID|TOKEN)$/

/** Looks at everything, at once. Never rejects; nothing that is found repeats a secret. */
export async function examine(world: World, checks: readonly Check[] = CHECKS): Promise<readonly Finding[]> {
  const secrets = secretsOf(world.settings)
  return Promise.all(checks.map(async ({ look, ...subject }) => {
    const outcome = await inTime(world, async () => look(world))
    return { ...subject, ...withoutSecrets(outcome, secrets) }
  }))
}

async function inTime({ clock }: World, look: () => Promise<Outcome>): Promise<Outcome> {
  return new Promise((resolve) => {
    const stopWaiting = clock.after(CHECK_MS, () => resolve(unknown(text(`${CHECK_MS / 1000} 秒没有结果`, `No result within ${CHECK_MS / 1000} s`))))
    look()
      .catch((error: unknown) => unknown(text(`检查本身出错（${nameOf(error)}）`, `The check itself failed (${nameOf(error)})`)))
      .then(resolve)
      .finally(stopWaiting)
  })
}

function secretsOf({ values }: Settings): string[] {
  return Object.entries(values).flatMap(([name, value]) => SECRET_NAME.test(name) && typeof value === 'string' && value.length >= SECRET_MIN ? [value] : [])
}

function withoutSecrets(outcome: Outcome, secrets: readonly string[]): Outcome {
  const clean = (words: string) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), words)
  const { found } = outcome
  const cleaned = { ...outcome, found: text(clean(found.zh), clean(found.en)) }
  return 'fix' in outcome && outcome.fix !== null ? { ...cleaned, fix: text(clean(outcome.fix.zh), clean(outcome.fix.en)) } as Outcome : cleaned
}

const nameOf = (error: unknown): string => error instanceof Error ? error.name : typeof error
